import { useQuery } from "@tanstack/react-query";
import type { GenerationChecksOutput } from "#lib/contracts/versions/check.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";

const watchEveryMs = 1_500;
/** A new version has no check for a moment. */
const waitEveryMs = 3_000;
/** Polled less often, because reviewers do not wait for checks. */
const lookEveryMs = 15_000;

/** The checks of a version compared with its parent or the version `against`, refetched until all are done. */
export function useGenerationChecks({
  generationId,
  against,
}: {
  generationId: GenerationId;
  against?: GenerationId | undefined;
}) {
  const trpc = useTRPC();
  return useQuery({
    ...trpc.generation.checks.queryOptions(
      against === undefined ? { generationId } : { generationId, againstGenerationId: against },
    ),
    refetchInterval: ({ state: { data } }) => chooseRefetchMs({ checks: data, waitMs: waitEveryMs }),
  });
}

/** The same for a review. */
export function useComparedChecks({ base, head }: { base: GenerationId; head: GenerationId }) {
  const trpc = useTRPC();
  return useQuery({
    ...trpc.generation.checks.queryOptions({ generationId: head, againstGenerationId: base }),
    refetchInterval: ({ state: { data } }) => chooseRefetchMs({ checks: data, waitMs: lookEveryMs }),
  });
}

function chooseRefetchMs({
  checks,
  waitMs,
}: {
  checks: GenerationChecksOutput | undefined;
  /** If a check was not started. */
  waitMs: number;
}): number | false {
  if (checks === undefined || !checks.isConfirmed) return false;
  if (checks.items.some(({ status }) => status === "queued" || status === "running")) return watchEveryMs;
  return checks.items.some(({ status }) => status === "not-run") ? waitMs : false;
}
