import { firstVersions } from "#components/history/first-versions.ts";
import { HistoryScreen } from "#components/history/history-screen.tsx";
import { readProjectParams } from "#components/project/project-params.ts";
import { Prefetched } from "../../../prefetched.tsx";

export default async function HistoryPage({ params }: { params: Promise<{ project: string }> }) {
  const { projectId } = await readProjectParams(params);
  return (
    <Prefetched load={({ trpc, queries }) => queries.prefetchQuery(trpc.generation.list.queryOptions({ projectId, ...firstVersions }))}>
      <HistoryScreen projectId={projectId} />
    </Prefetched>
  );
}
