import { readProjectParams } from "#components/project/project-params.ts";
import { RunsScreen } from "#components/run/runs-screen.tsx";
import { runsPage } from "#components/run/runs-page.ts";
import { Prefetched } from "../../../prefetched.tsx";

export default async function RunsPage({ params }: { params: Promise<{ project: string }> }) {
  const { projectId } = await readProjectParams(params);
  return (
    <Prefetched
      load={({ trpc, queries }) =>
        queries.prefetchInfiniteQuery(
          trpc.run.list.infiniteQueryOptions(
            { projectId, ...runsPage },
            { getNextPageParam: (page) => page.nextCursor },
          ),
        )
      }
    >
      <RunsScreen projectId={projectId} />
    </Prefetched>
  );
}
