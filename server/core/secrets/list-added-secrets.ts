import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import type { LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import type { FileContents, FileTree } from "../file-tree.ts";
import { readEncodedText } from "../text-encoding.ts";
import type { SecretFinding } from "./secret-finding.ts";

/** The findings for secrets that the file's parent did not have. */
export function listAddedSecrets({
  found,
  candidate: { changes, tree, newContents },
  parentContents,
}: {
  found: ReadonlyMap<FilePath, readonly SecretFinding[]>;
  candidate: { changes: readonly LedgerEntry[]; tree: FileTree; newContents: FileContents };
  parentContents: FileContents;
}): Map<FilePath, SecretFinding[]> {
  const read = (contents: FileContents, hash: ContentHash | undefined) => {
    const bytes = hash === undefined ? undefined : contents.get(hash);
    return bytes === undefined ? "" : (readEncodedText(bytes)?.text ?? "");
  };
  const added = new Map<FilePath, SecretFinding[]>();
  for (const { path, oldHash } of changes) {
    const findings = found.get(path);
    if (findings === undefined) continue;
    const before = read(parentContents, oldHash);
    const after = read(newContents, tree.get(path)?.contentHash);
    const fresh = findings.filter(({ start, end }) => start === end || !before.includes(after.slice(start, end)));
    if (fresh.length > 0) added.set(path, fresh);
  }
  return added;
}
