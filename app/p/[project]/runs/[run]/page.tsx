import { readRunParams } from "#components/project/project-params.ts";
import { RunScreen } from "#components/run/run-screen.tsx";
import { Prefetched } from "../../../../prefetched.tsx";

export default async function RunPage({ params }: { params: Promise<{ project: string; run: string }> }) {
  const { projectId, runId } = await readRunParams(params);
  return (
    <Prefetched load={({ trpc, queries }) => queries.prefetchQuery(trpc.run.get.queryOptions({ runId }))}>
      {/* Another run starts with a screen of its own: nothing of the former one's events is carried over. */}
      <RunScreen key={runId} projectId={projectId} runId={runId} />
    </Prefetched>
  );
}
