import { CandidatesScreen } from "#components/candidates/candidates-screen.tsx";
import { readRunParams } from "#components/project/project-params.ts";
import { Prefetched } from "../../../../prefetched.tsx";

/**
 * Named by the run of any of its candidates; a segment `run` would be the page of that run, with its place in the
 * thread.
 */
export default async function CandidatesPage({ params }: { params: Promise<{ project: string; candidate: string }> }) {
  const { projectId, runId } = await readRunParams(
    params.then(({ project, candidate }) => ({ project, run: candidate })),
  );
  return (
    <Prefetched load={({ trpc, queries }) => queries.prefetchQuery(trpc.run.candidates.queryOptions({ runId }))}>
      <CandidatesScreen projectId={projectId} runId={runId} />
    </Prefetched>
  );
}
