import { firstVersions } from "#components/history/first-versions.ts";
import { HistoryScreen } from "#components/history/history-screen.tsx";
import { readProjectParams } from "#components/project/project-params.ts";
import { activeRunsPage } from "#components/run/active-runs-page.ts";
import { Prefetched } from "../../../prefetched.tsx";

export default async function HistoryPage({ params }: { params: Promise<{ project: string }> }) {
  const { projectId } = await readProjectParams(params);
  return (
    <Prefetched
      load={({ trpc, queries }) =>
        Promise.all([
          queries.prefetchQuery(trpc.generation.list.queryOptions({ projectId, ...firstVersions })),
          queries.prefetchQuery(trpc.run.list.queryOptions({ projectId, ...activeRunsPage })),
        ])
      }
    >
      <HistoryScreen projectId={projectId} />
    </Prefetched>
  );
}
