import { regularFile, type FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { LedgerCause, LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import { hashFromBytes } from "../contents/hash-bytes.ts";
import type { Prisma } from "../prisma-client/client.ts";

/** A stored ledger row as clients and checks see it. */
export function toLedgerEntry(row: Prisma.GenerationChangeGetPayload<object>): LedgerEntry {
  return {
    path: row.path as FilePath,
    ...(row.previousPath === null ? {} : { previousPath: row.previousPath as FilePath }),
    disposition: row.disposition,
    ...(row.oldHash === null ? {} : { oldHash: hashFromBytes(row.oldHash), oldMode: fromModeColumn(row.oldMode) }),
    ...(row.newHash === null ? {} : { newHash: hashFromBytes(row.newHash), newMode: fromModeColumn(row.newMode) }),
    additions: row.additions,
    deletions: row.deletions,
    cause: row.cause as LedgerCause,
  };
}

function fromModeColumn(mode: string | null): FileMode {
  return (mode as FileMode | null) ?? regularFile;
}
