"use client";

import { useQuery } from "@tanstack/react-query";
import type { CheckId, CheckStatus } from "#lib/contracts/versions/check.ts";
import type { GenerationId, RunId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";

const watchEveryMs = 1_500;

/** The output of a check as plain text; while it runs, the output so far. */
export function CheckLog({
  of,
  checkId,
  name,
  status,
}: {
  of: { generationId: GenerationId } | { runId: RunId };
  checkId: CheckId;
  name: string;
  status: CheckStatus;
}) {
  const trpc = useTRPC();
  const log = useQuery({
    ...trpc.check.log.queryOptions({ ...of, checkId }),
    refetchInterval: status === "running" ? watchEveryMs : false,
    // Another result of the same version has another log.
    refetchOnMount: "always",
  });
  if (log.data === undefined)
    return log.error === null ? (
      <Skeleton className="h-40 w-full" />
    ) : (
      <ErrorState error={log.error} onRetry={() => void log.refetch()} />
    );
  return (
    <pre
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and keys scroll what has the focus
      tabIndex={0}
      role="region"
      aria-label={`What ${name} printed`}
      className="max-h-80 min-h-16 overflow-auto rounded-sm border bg-surface p-2 font-mono text-xs break-words whitespace-pre-wrap"
    >
      {log.data.log === "" ? "It printed nothing." : log.data.log}
    </pre>
  );
}
