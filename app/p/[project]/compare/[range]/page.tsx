import { NuqsAdapter } from "nuqs/adapters/next/app";
import { ReviewScreen } from "#components/diff/review-screen.tsx";
import { readCompareParams } from "#components/project/project-params.ts";
import { Prefetched } from "../../../../prefetched.tsx";
import { prefetchComparison } from "../../../../prefetch-comparison.ts";

export default async function ComparePage({ params }: { params: Promise<{ project: string; range: string }> }) {
  const { projectId, base, head } = await readCompareParams(params);
  return (
    <Prefetched load={({ trpc, queries }) => prefetchComparison({ trpc, queries, base, head })}>
      <NuqsAdapter>
        <ReviewScreen key={`${base}...${head}`} projectId={projectId} base={base} head={head} />
      </NuqsAdapter>
    </Prefetched>
  );
}
