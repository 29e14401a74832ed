import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";

const prepareAfterMs = 250;

/**
 * Preloads the review of a new version: users open it next, and the server then has the patches and colours cached.
 * `base` is undefined while unknown, or if there is none.
 */
export function usePreparedReview({ base, head }: { base: GenerationId | undefined; head: GenerationId }): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  useEffect(() => {
    if (base === undefined) return;
    const prepare = () => {
      // A failed preload is requested again by the review, which shows the error.
      void Promise.all([
        import("./prefetch-comparison.ts").then(({ prefetchComparison }) =>
          prefetchComparison({ trpc, queries, base, head }),
        ),
        import("../../diff-surface/lazy-diff-surface.tsx").then(({ loadDiffSurface }) => loadDiffSurface()),
      ]).catch(() => undefined);
    };
    // After the screen that announces the version, which must not wait for it.
    const timer = setTimeout(prepare, prepareAfterMs);
    return () => clearTimeout(timer);
  }, [trpc, queries, base, head]);
}
