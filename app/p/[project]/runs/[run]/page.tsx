import { readRunParams } from "#components/project/project-params.ts";
import { RunScreen } from "#components/run/run-screen.tsx";
import { Prefetched } from "../../../../prefetched.tsx";

export default async function RunPage({ params }: { params: Promise<{ project: string; run: string }> }) {
  const { projectId, runId } = await readRunParams(params);
  return (
    <Prefetched
      load={async ({ trpc, queries }) => {
        const { parentGenerationId, generationId } = await queries.fetchQuery(trpc.run.get.queryOptions({ runId }));
        await Promise.all([
          parentGenerationId !== null &&
            queries.prefetchQuery(trpc.generation.summary.queryOptions({ generationId: parentGenerationId })),
          generationId !== null && queries.prefetchQuery(trpc.generation.get.queryOptions({ generationId })),
          generationId !== null && queries.prefetchQuery(trpc.generation.brief.queryOptions({ generationId })),
        ]);
      }}
    >
      {/* The key gives each run its own screen, so that no events of the previous run remain. */}
      <RunScreen key={runId} projectId={projectId} runId={runId} />
    </Prefetched>
  );
}
