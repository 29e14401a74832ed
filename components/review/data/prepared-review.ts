import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";

const prepareAfterMs = 250;

/**
 * Loads what the review of a new version shows first: whoever sees that it was made opens that next, and the server
 * then has its patches and their colours too. `base` is undefined as long as it is not known, or where there is none.
 */
export function usePreparedReview({ base, head }: { base: GenerationId | undefined; head: GenerationId }): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  useEffect(() => {
    if (base === undefined) return;
    const prepare = () => {
      // What cannot be loaded ahead is asked for again by the review, which says so.
      void Promise.all([
        import("./prefetch-comparison.ts").then(({ prefetchComparison }) =>
          prefetchComparison({ trpc, queries, base, head }),
        ),
        import("../../diff-surface/lazy-diff-surface.tsx").then(({ loadDiffSurface }) => loadDiffSurface()),
      ]).catch(() => undefined);
    };
    // Behind the screen that says that the version was made, which must not wait for it.
    const timer = setTimeout(prepare, prepareAfterMs);
    return () => clearTimeout(timer);
  }, [trpc, queries, base, head]);
}
