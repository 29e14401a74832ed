import { prefetchComparison } from "#components/review/data/prefetch-comparison.ts";
import { ParentReviewScreen } from "#components/review/review-screen.tsx";
import { readGenerationParams } from "#components/project/project-params.ts";
import { AddressState } from "#components/ui/hooks/address-state.tsx";
import { Prefetched } from "../../../../../prefetched.tsx";

export default async function ReviewPage({ params }: { params: Promise<{ project: string; generation: string }> }) {
  const place = await readGenerationParams(params);
  return (
    <Prefetched
      load={async ({ trpc, queries }) => {
        const { parentGenerationIds } = await queries.fetchQuery(
          trpc.generation.summary.queryOptions({ generationId: place.generationId }),
        );
        if (parentGenerationIds[0] !== undefined)
          await prefetchComparison({ trpc, queries, base: parentGenerationIds[0], head: place.generationId });
      }}
    >
      <AddressState>
        <ParentReviewScreen key={place.generationId} {...place} />
      </AddressState>
    </Prefetched>
  );
}
