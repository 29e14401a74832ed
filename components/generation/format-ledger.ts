import type { LedgerCounts } from "#lib/contracts/versions/ledger.ts";
import { formatCount } from "#lib/format-count.ts";

/**
 * The ledger as a sentence: "15 files: 14 kept, 1 added". The first number excludes deleted files, which the version
 * does not have.
 */
export function formatLedger({ kept, modified, moved, added, deleted, total }: LedgerCounts): string {
  const parts = [
    { count: kept, word: "kept" },
    { count: modified, word: "modified" },
    { count: moved, word: "moved" },
    { count: added, word: "added" },
    { count: deleted, word: "deleted" },
  ].filter(({ count }) => count > 0);
  const files = `${formatCount(total)} ${total === 1 ? "file" : "files"}`;
  return parts.length === 0
    ? files
    : `${files}: ${parts.map(({ count, word }) => `${formatCount(count)} ${word}`).join(", ")}`;
}
