import { useQuery } from "@tanstack/react-query";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { immutable } from "../review/data/immutable.ts";

/** The brief of a version, or of a comparison with the version `against`. */
export function useVersionBrief({
  generationId,
  against,
}: {
  generationId: GenerationId;
  against?: GenerationId | undefined;
}) {
  const trpc = useTRPC();
  return useQuery(
    trpc.generation.brief.queryOptions(
      against === undefined ? { generationId } : { generationId, againstGenerationId: against },
      immutable,
    ),
  );
}
