import { ChecksScreen } from "#components/checks/checks-screen.tsx";
import { readGenerationParams, readVersionQuery } from "#components/project/project-params.ts";

export default async function ChecksPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string; generation: string }>;
  searchParams: Promise<{ against?: string | string[] }>;
}) {
  const { against } = await searchParams;
  return <ChecksScreen {...await readGenerationParams(params)} against={readVersionQuery(against)} />;
}
