"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { RunId } from "#lib/contracts/ids.ts";
import type { DecisionsCheck, FileDecision } from "#lib/contracts/run.ts";
import { useTRPCClient } from "#lib/trpc/client.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { IssueItem } from "../../validation/issue-list.tsx";

/** Checks on the server what these decisions come to. Each set of decisions is checked once and remembered. */
export function useDecisionCheck({ runId, decisions }: { runId: RunId; decisions: readonly FileDecision[] | null }) {
  const client = useTRPCClient();
  return useQuery({
    queryKey: ["checked-decisions", runId, decisions],
    queryFn: ({ signal }) => client.run.checkDecisions.mutate({ runId, decisions: [...(decisions ?? [])] }, { signal }),
    enabled: decisions !== null,
    placeholderData: keepPreviousData,
    // What an ended run holds does not change any more.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The result as it would be saved: what it holds, and which of its parts do not fit together. */
export function DecisionCheck({
  check,
  isChecking,
  error,
  onRetry,
  takenCount,
  totalCount,
}: {
  check: DecisionsCheck | undefined;
  isChecking: boolean;
  error: Error | null;
  onRetry: () => void;
  takenCount: number;
  totalCount: number;
}) {
  if (error !== null) return <ErrorState error={error} onRetry={onRetry} />;
  const problems = check?.problems ?? [];
  return (
    <section aria-label="Result" className="rounded-md border">
      <p role="status" className="flex min-h-10 items-center px-3 text-sm">
        {`Result: ${takenCount} of ${totalCount} ${totalCount === 1 ? "change" : "changes"} taken, `}
        {check === undefined || isChecking ? "checking…" : describeProblems(problems.length)}
      </p>
      {problems.length > 0 && (
        <ul aria-label="Problems of the result" className="border-t">
          {problems.map((issue, index) => (
            <IssueItem key={index} issue={{ ...issue, message: `${issue.path}: ${issue.message}` }} />
          ))}
        </ul>
      )}
    </section>
  );
}

function describeProblems(count: number): string {
  return count === 0
    ? "checked: it fits together."
    : `checked: ${count} ${count === 1 ? "problem" : "problems"}. Take or keep these files alike, or save all the same.`;
}
