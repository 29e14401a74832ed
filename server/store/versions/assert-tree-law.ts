import { AppError, type AppErrorCode } from "#lib/errors.ts";
import type { FileTree } from "#server/core/file-tree.ts";
import { findTreeFault, type TreeFault } from "#server/core/find-tree-fault.ts";
import type { NewGeneration } from "#server/orchestrator/ports.ts";
import { loadBlobs } from "../contents/blobs.ts";
import type { Transaction } from "../database.ts";

const codes: Record<TreeFault["rule"], AppErrorCode> = {
  collision: "NAME_COLLISION",
  path: "INVALID_PATH",
  link: "INVALID_PATH",
  limit: "INPUT_TOO_LARGE",
};

/**
 * Refuses a generation whose tree no file system could hold. All writers pass through this check.
 *
 * @throws AppError NAME_COLLISION, INVALID_PATH, INPUT_TOO_LARGE
 */
export async function assertTreeLaw({
  transaction,
  generation: { tree, changes, newContents },
  parentTree,
}: {
  transaction: Transaction;
  generation: NewGeneration;
  parentTree: FileTree;
}): Promise<void> {
  const changedPaths = changes.map(({ path }) => path);
  const linkHashes = changedPaths.flatMap((path) => {
    const entry = tree.get(path);
    return entry?.mode === "120000" && !newContents.has(entry.contentHash) ? [entry.contentHash] : [];
  });
  const contents = new Map([...newContents, ...(await loadBlobs({ transaction, hashes: linkHashes }))]);
  const fault = findTreeFault({ parent: parentTree, tree, changedPaths, contents });
  if (fault === null) return;
  const { message, ...details } = fault;
  throw new AppError({
    code: codes[fault.rule],
    message: `${message} Nothing was stored, and every version is as it was.`,
    details,
  });
}
