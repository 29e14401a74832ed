import type { QueryClient } from "@tanstack/react-query";
import type { TRPCOptionsProxy } from "@trpc/tanstack-react-query";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { AppRouter } from "#server/trpc/root.ts";
import { firstPatchPage } from "./patch-pages.ts";

/**
 * The first data of a review: its two versions, its files with viewed marks, the brief and checks above them, and the
 * patches that fill a screen.
 */
export async function prefetchComparison({
  trpc,
  queries,
  base,
  head,
}: {
  trpc: TRPCOptionsProxy<AppRouter>;
  queries: QueryClient;
  base: GenerationId;
  head: GenerationId;
}): Promise<void> {
  const comparison = { generationId: head, againstGenerationId: base };
  await Promise.all([
    ...[base, head].map((generationId) =>
      queries.prefetchQuery(trpc.generation.summary.queryOptions({ generationId })),
    ),
    queries.prefetchQuery(trpc.generation.diff.queryOptions(comparison)),
    queries.prefetchQuery(
      trpc.generation.fileDiffs.queryOptions({ ...comparison, ignoreWhitespace: false, ...firstPatchPage }),
    ),
    queries.prefetchQuery(trpc.generation.brief.queryOptions(comparison)),
    queries.prefetchQuery(trpc.generation.checks.queryOptions(comparison)),
    queries.prefetchQuery(trpc.review.viewed.queryOptions(comparison)),
  ]);
}
