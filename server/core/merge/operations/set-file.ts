import type { FilePath } from "#lib/contracts/ids.ts";
import type { LedgerCause } from "#lib/contracts/versions/ledger.ts";
import type { FileEntry } from "../../file-tree.ts";
import type { WorkingTree } from "../working-tree.ts";
import type { AppliedOperation } from "./operation-step.ts";

export function setFile({
  workingTree,
  path,
  entry,
  bytes,
  cause,
  counts,
  isSeen,
}: {
  workingTree: WorkingTree;
  path: FilePath;
  entry: FileEntry;
  bytes: Uint8Array;
  cause: LedgerCause;
  counts: { additions: number; deletions: number };
  isSeen: boolean;
}): AppliedOperation {
  const known = workingTree.changes.get(path);
  const origin = known === undefined ? (workingTree.parent.has(path) ? path : null) : known.origin;
  // A file that was written whole may lack something, whatever is edited in it afterwards.
  const lasting = known !== undefined && known.entry !== null && known.cause === "write" ? "write" : cause;
  return {
    status: "applied",
    workingTree: {
      ...workingTree,
      changes: new Map(workingTree.changes).set(path, { entry, origin, cause: lasting }),
      newContents: new Map(workingTree.newContents).set(entry.contentHash, bytes),
      seen: isSeen ? new Set(workingTree.seen).add(entry.contentHash) : workingTree.seen,
    },
    path,
    ...counts,
  };
}
