import type { ChangeOperation, ChangeSet } from "#lib/contracts/change-set.ts";
import type { EditConflict } from "#lib/contracts/edit-plan.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import type { LedgerEntry } from "#lib/contracts/ledger.ts";
import { decodeText } from "../file-content.ts";
import type { FileContents, FileTree } from "../file-tree.ts";
import { mergeTexts } from "./merge-texts.ts";

export type RebasedChanges =
  | { status: "rebased"; changeSet: ChangeSet }
  | { status: "conflicted"; conflicts: EditConflict[] };

type RebasedChange = { operations: ChangeOperation[]; conflict?: undefined } | { conflict: EditConflict };

const nothing: RebasedChange = { operations: [] };

/**
 * Carries changes that were made on one version over to another, as a change set for that one. What it has already is
 * left out; where both changed the same text, the two are merged line by line. One conflict, and nothing is carried
 * over.
 *
 * @param changes the ledger's entries that are not kept
 * @param contents holds what `findRebaseHashes` names
 */
export function rebaseChanges({
  changes,
  head,
  contents,
}: {
  changes: readonly LedgerEntry[];
  head: FileTree;
  contents: FileContents;
}): RebasedChanges {
  const results = changes.map((change) => rebaseChange({ change, head, contents }));
  const conflicts = results.flatMap(({ conflict }) => conflict ?? []);
  if (conflicts.length > 0) return { status: "conflicted", conflicts };
  return {
    status: "rebased",
    changeSet: { operations: results.flatMap((result) => (result.conflict === undefined ? result.operations : [])) },
  };
}

/** The contents of both sides and of the head, for every path that the changes name. */
export function findRebaseHashes({
  changes,
  head,
}: {
  changes: readonly LedgerEntry[];
  head: FileTree;
}): Set<ContentHash> {
  return new Set(
    changes.flatMap(({ path, previousPath, oldHash, newHash }) =>
      [oldHash, newHash, head.get(previousPath ?? path)?.contentHash].flatMap((hash) => hash ?? []),
    ),
  );
}

function rebaseChange({
  change,
  head,
  contents,
}: {
  change: LedgerEntry;
  head: FileTree;
  contents: FileContents;
}): RebasedChange {
  const { path, previousPath, disposition, oldHash, newHash } = change;
  const source = previousPath ?? path;
  const there = head.get(source);
  const fail = (reason: EditConflict["reason"]): RebasedChange => ({ conflict: { path, reason, places: [] } });
  const write = (hash: ContentHash | undefined): ChangeOperation =>
    buildWrite({ path, bytes: (hash === undefined ? undefined : contents.get(hash)) ?? new Uint8Array() });

  if (head.get(path)?.contentHash === newHash && (disposition === "added" || !head.has(source) || source === path))
    return nothing;
  if (disposition === "added") return head.has(path) ? fail("added-there") : { operations: [write(newHash)] };
  if (disposition === "deleted")
    return there?.contentHash === oldHash ? { operations: [{ type: "delete", path }] } : fail("changed-there");
  if (there === undefined) return fail("gone-there");
  if (source !== path && head.has(path)) return fail("added-there");

  const move: ChangeOperation[] = source === path ? [] : [{ type: "move", source, destination: path }];
  if (newHash === oldHash) return { operations: move };
  if (there.contentHash === newHash) return { operations: move };
  if (there.contentHash === oldHash) return { operations: [...move, write(newHash)] };
  const [base, ours, theirs] = [oldHash, newHash, there.contentHash].map((hash) =>
    decodeText((hash === undefined ? undefined : contents.get(hash)) ?? new Uint8Array()),
  );
  if (typeof base !== "string" || typeof ours !== "string" || typeof theirs !== "string") return fail("binary");
  const merge = mergeTexts({ base, ours, theirs });
  if (merge.status === "conflicted")
    return { conflict: { path, reason: "changed-on-both-sides", places: merge.conflicts } };
  return { operations: [...move, { type: "write", path, content: merge.text, encoding: "utf8" }] };
}

function buildWrite({ path, bytes }: { path: FilePath; bytes: Uint8Array }): ChangeOperation {
  const text = decodeText(bytes);
  return text === null
    ? { type: "write", path, content: Buffer.from(bytes).toString("base64"), encoding: "base64" }
    : { type: "write", path, content: text, encoding: "utf8" };
}
