import { CandidatesScreen } from "#components/candidates/candidates-screen.tsx";
import { readRunParams } from "#components/project/project-params.ts";
import { Prefetched } from "../../../../prefetched.tsx";

export default async function CandidatesPage({ params }: { params: Promise<{ project: string; run: string }> }) {
  const { projectId, runId } = await readRunParams(params);
  return (
    <Prefetched load={({ trpc, queries }) => queries.prefetchQuery(trpc.run.candidates.queryOptions({ runId }))}>
      <CandidatesScreen projectId={projectId} runId={runId} />
    </Prefetched>
  );
}
