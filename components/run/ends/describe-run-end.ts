import type { LedgerCounts } from "#lib/contracts/versions/ledger.ts";
import type { RunKind, RunStatus } from "#lib/contracts/runs/run-state.ts";
import { formatLedger } from "../../generation/format-ledger.ts";

type MadeVersion = { version: number; counts: LedgerCounts; isBranch: boolean };

/**
 * The text of a toast or notification for a run's end; null for an unfinished run and for one that the user stopped.
 */
export function describeRunEnd({
  kind,
  status,
  made,
}: {
  kind: RunKind;
  status: RunStatus;
  made: MadeVersion | null;
}): string | null {
  if (kind === "ask" && status === "SUCCEEDED") return "Your question is answered";
  if (kind === "plan" && status === "NEEDS_REVIEW") return "A plan waits for you to accept it";
  switch (status) {
    case "SUCCEEDED":
      return made === null
        ? "The run made a version"
        : `v${made.version} is stored${made.isBranch ? " as a branch" : ""}. ${formatLedger(made.counts)}`;
    case "NEEDS_REVIEW":
      return "Held for review";
    case "FAILED":
      return "The run failed";
    case "QUEUED":
    case "RUNNING":
    case "CANCELLED":
      return null;
  }
}
