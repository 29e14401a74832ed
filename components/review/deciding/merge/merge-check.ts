import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { useTRPCClient } from "#lib/trpc/client.tsx";
import { LatestCheck } from "../latest-check.ts";
import type { DecidedConflict } from "./merge-choices.ts";

type MergeRequest = {
  projectId: ProjectId;
  fromGenerationId: GenerationId;
  expectedHeadGenerationId: GenerationId;
  decisions: DecidedConflict[];
};

const none: readonly ValidationIssue[] = [];

/** Checks the merge with the decisions so far, while the user decides. */
export function useMergeCheck(request: MergeRequest) {
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [check] = useState(
    () =>
      new LatestCheck((asked: MergeRequest) =>
        queryClient.fetchQuery({
          queryKey: ["checked-merge", asked],
          queryFn: () => client.generation.checkMerge.mutate(asked),
          // The same two versions and decisions always give the same result.
          staleTime: Number.POSITIVE_INFINITY,
        }),
      ),
  );
  const { result, isChecking, error } = useSyncExternalStore(check.subscribe, check.getState, check.getState);
  const ask = useEffectEvent(() => check.ask(request));
  useEffect(() => ask(), [request.decisions]);
  return {
    problems: isChecking || result === null ? none : result.problems,
    isChecking: isChecking || (result === null && error === null),
    error,
    retry: () => check.retry(),
  };
}
