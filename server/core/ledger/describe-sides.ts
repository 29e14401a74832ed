import type { LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import type { FileEntry } from "../file-tree.ts";

type Sides = Pick<LedgerEntry, "oldHash" | "newHash" | "oldMode" | "newMode">;

/** The hash and mode of each side of a ledger row. */
export function describeSides({
  before,
  after,
}: {
  before: FileEntry | undefined;
  after: FileEntry | undefined;
}): Sides {
  return {
    ...(before === undefined ? {} : { oldHash: before.contentHash, oldMode: before.mode }),
    ...(after === undefined ? {} : { newHash: after.contentHash, newMode: after.mode }),
  };
}
