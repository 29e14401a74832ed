import type { LedgerCounts } from "#lib/contracts/ledger.ts";
import type { RunStatus } from "#lib/contracts/run-state.ts";
import { formatLedger } from "../../generation/format-ledger.ts";

export type MadeVersion = { version: number; counts: LedgerCounts; isBranch: boolean };

/**
 * What a toast or a notification says of the end of a run; null for one that goes on, and for one that a person
 * stopped: they know.
 */
export function describeRunEnd({ status, made }: { status: RunStatus; made: MadeVersion | null }): string | null {
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
