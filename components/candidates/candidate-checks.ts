import { useQueries } from "@tanstack/react-query";
import type { CandidateOutput } from "#lib/contracts/runs/candidate.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { describeChecks, type ChecksWord } from "./describe-checks.ts";

const runningPollMs = 3_000;

/** The check results of each answer; empty if there are none. */
export function useCandidateChecks(items: readonly CandidateOutput[]): ReadonlyMap<GenerationId, ChecksWord> {
  const trpc = useTRPC();
  const ids = items.flatMap(({ generationId }) => generationId ?? []);
  const results = useQueries({
    queries: ids.map((generationId) =>
      trpc.generation.checks.queryOptions(
        { generationId },
        {
          refetchInterval: ({ state }) =>
            state.data?.items.some(({ status }) => status === "queued" || status === "running") === true
              ? runningPollMs
              : false,
        },
      ),
    ),
  });
  return new Map(
    ids.flatMap((generationId, index) => {
      const data = results[index]?.data;
      const word = data === undefined ? null : describeChecks(data);
      return word === null ? [] : [[generationId, word] as const];
    }),
  );
}
