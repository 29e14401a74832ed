import { readProjectParams } from "#components/project/project-params.ts";
import { SearchHistoryScreen } from "#components/search/search-history-screen.tsx";

export default async function SearchHistoryPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ q?: string | string[] }>;
}) {
  const { projectId } = await readProjectParams(params);
  const { q } = await searchParams;
  return <SearchHistoryScreen projectId={projectId} initialQuery={typeof q === "string" ? q : ""} />;
}
