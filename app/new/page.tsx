import { ImportProject } from "#components/import/import-project.tsx";
import { CreateComposer } from "#components/composer/create-composer.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";

export default async function NewProjectPage({
  searchParams,
}: {
  searchParams: Promise<{ prompt?: string | string[]; focus?: string | string[] }>;
}) {
  const { prompt, focus } = await searchParams;
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-6">
      <PageTitle text="New project" />
      <h1 className="text-xl font-semibold">New project</h1>
      <CreateComposer
        initialPrompt={typeof prompt === "string" ? prompt : ""}
        isModelFocusedAtStart={focus === "model"}
      />
      <ImportProject />
    </div>
  );
}
