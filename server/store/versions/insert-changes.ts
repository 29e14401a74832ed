import { regularFile, type FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import type { Transaction } from "../database.ts";
import { Prisma } from "../prisma-client/client.ts";

/** Rows per statement. Building a statement takes a few milliseconds, so other work of the process runs between two. */
const rowsPerStatement = 1_000;

/**
 * Stores the rows of a ledger that are not `kept`. One JSON parameter instead of `createMany`, which plans each value
 * separately: for 20,000 files it blocked the process for 12 s.
 */
export async function insertChanges({
  transaction,
  generationId,
  changes,
}: {
  transaction: Transaction;
  generationId: GenerationId;
  changes: readonly LedgerEntry[];
}): Promise<void> {
  for (let start = 0; start < changes.length; start += rowsPerStatement) {
    const rows = JSON.stringify(changes.slice(start, start + rowsPerStatement).map(toRow));
    await transaction.$executeRaw(Prisma.sql`
      INSERT INTO "GenerationChange"
        ("generationId", path, "previousPath", disposition, "oldHash", "newHash", "oldMode", "newMode", additions, deletions, cause)
      SELECT ${generationId}, path, "previousPath", disposition, decode("oldHash", 'hex'), decode("newHash", 'hex'),
        "oldMode", "newMode", additions, deletions, cause
      FROM jsonb_to_recordset(${rows}::jsonb) AS row(path text, "previousPath" text, disposition "Disposition",
        "oldHash" text, "newHash" text, "oldMode" text, "newMode" text, additions int, deletions int, cause text)`);
  }
}

function toRow(change: LedgerEntry) {
  if (change.disposition === "kept") throw new TypeError(`A kept path is no change: ${change.path}`);
  return { ...change, oldMode: toModeColumn(change.oldMode), newMode: toModeColumn(change.newMode) };
}

function toModeColumn(mode: FileMode | undefined): string | null {
  return mode === undefined || mode === regularFile ? null : mode;
}
