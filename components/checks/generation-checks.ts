import { useQuery } from "@tanstack/react-query";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";

const watchEveryMs = 1_500;
/** A version that was just made has no check for a moment. */
const waitEveryMs = 3_000;

/** The checks of a version, read again while one of them is not done. */
export function useGenerationChecks({ generationId }: { generationId: GenerationId }) {
  const trpc = useTRPC();
  return useQuery({
    ...trpc.generation.checks.queryOptions({ generationId }),
    refetchInterval: ({ state: { data } }) => {
      if (data === undefined || !data.isConfirmed) return false;
      if (data.items.some(({ status }) => status === "queued" || status === "running")) return watchEveryMs;
      return data.items.some(({ status }) => status === "not-run") ? waitEveryMs : false;
    },
  });
}
