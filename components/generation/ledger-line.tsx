import type { LedgerCounts } from "#lib/contracts/versions/ledger.ts";
import { cn } from "../ui/class-names.ts";
import { formatLedger } from "./format-ledger.ts";

/** The ledger in one line, shown wherever a version is, so that users see that nothing was lost. */
export function LedgerLine({ counts, className }: { counts: LedgerCounts; className?: string }) {
  return <span className={cn("tabular-nums", className)}>{formatLedger(counts)}</span>;
}
