import { CandidatesScreen } from "#components/candidates/candidates-screen.tsx";
import { readRunParams } from "#components/project/project-params.ts";
import { Prefetched } from "../../../../prefetched.tsx";

/** Addressed by the run of any candidate. A path segment `run` would match the page of that run instead. */
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
