import { prefetchComparison } from "#components/review/data/prefetch-comparison.ts";
import { ReviewScreen } from "#components/review/review-screen.tsx";
import { SinceAncestorScreen } from "#components/review/versions/since-ancestor-screen.tsx";
import { readCompareParams } from "#components/project/project-params.ts";
import { AddressState } from "#components/ui/hooks/address-state.tsx";
import { Prefetched } from "../../../../prefetched.tsx";

export default async function ComparePage({ params }: { params: Promise<{ project: string; range: string }> }) {
  const { projectId, base, head, isSinceAncestor } = await readCompareParams(params);
  if (isSinceAncestor) return <SinceAncestorScreen projectId={projectId} base={base} head={head} />;
  return (
    <Prefetched load={({ trpc, queries }) => prefetchComparison({ trpc, queries, base, head })}>
      <AddressState>
        <ReviewScreen key={`${base}...${head}`} projectId={projectId} base={base} head={head} />
      </AddressState>
    </Prefetched>
  );
}
