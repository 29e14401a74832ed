import type { ChangeOperation, ChangeSet } from "#lib/contracts/runs/change-set.ts";
import type { EditConflict } from "#lib/contracts/runs/edit-plan.ts";
import { regularFile, type FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import type { LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import { nameMode } from "#lib/contracts/runs/name-mode.ts";
import { decodeText } from "../file-content.ts";
import type { FileContents, FileTree } from "../file-tree.ts";
import { mergeModes } from "./merge-modes.ts";
import { mergeContents } from "./merge-contents.ts";

type RebasedChanges = { status: "rebased"; changeSet: ChangeSet } | { status: "conflicted"; conflicts: EditConflict[] };

type RebasedChange = { operations: ChangeOperation[]; conflict?: undefined } | { conflict: EditConflict };

const nothing: RebasedChange = { operations: [] };

/**
 * Carries the changes made on one version over to another, as a change set for the latter. Changes that it already has
 * are omitted; if both changed the same text, the two are merged by lines. A single conflict carries over nothing.
 *
 * @param changes the ledger's entries that are not kept
 * @param contents must include what `findRebaseHashes` lists
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
  const { oldMode = regularFile, newMode = regularFile } = change;
  const source = previousPath ?? path;
  const there = head.get(source);
  const fail = (reason: EditConflict["reason"]): RebasedChange => ({ conflict: { path, reason, places: [] } });

  const isThere =
    head.get(path)?.contentHash === newHash && (newHash === undefined || head.get(path)?.mode === newMode);
  if (isThere && (disposition === "added" || !head.has(source) || source === path)) return nothing;
  if (disposition === "added")
    return head.has(path)
      ? fail("added-there")
      : { operations: [buildWrite({ path, bytes: readBytes({ contents, hash: newHash }), mode: newMode, was: null })] };
  if (disposition === "deleted")
    return there?.contentHash === oldHash && there?.mode === oldMode
      ? { operations: [{ type: "delete", path }] }
      : fail("changed-there");
  if (there === undefined) return fail("gone-there");
  if (source !== path && head.has(path)) return fail("added-there");

  const isUnchanged = there.contentHash === oldHash && there.mode === oldMode;
  const mode = isUnchanged ? newMode : mergeModes({ base: oldMode, ours: newMode, theirs: there.mode });
  if (mode === null) return fail("changed-there");
  const move: ChangeOperation[] = source === path ? [] : [{ type: "move", source, destination: path }];
  const rewrite = (bytes: Uint8Array): RebasedChange => ({
    operations: [...move, buildWrite({ path, bytes, mode, was: there.mode })],
  });
  if (newHash === oldHash || there.contentHash === newHash)
    return mode === there.mode ? { operations: move } : rewrite(readBytes({ contents, hash: there.contentHash }));
  if (there.contentHash === oldHash) return rewrite(readBytes({ contents, hash: newHash }));
  if (mode === "120000") return fail("changed-there");
  const merge = mergeContents({
    base: readBytes({ contents, hash: oldHash }),
    ours: readBytes({ contents, hash: newHash }),
    theirs: readBytes({ contents, hash: there.contentHash }),
  });
  if (merge.status === "apart") return fail("binary");
  if (merge.status === "conflicted")
    return { conflict: { path, reason: "changed-on-both-sides", places: merge.conflicts } };
  return rewrite(merge.bytes);
}

function readBytes({ contents, hash }: { contents: FileContents; hash: ContentHash | undefined }): Uint8Array {
  return (hash === undefined ? undefined : contents.get(hash)) ?? new Uint8Array();
}

/** A write that gives the file `mode`. A file keeps its mode by default, so only a different one is named. */
function buildWrite({
  path,
  bytes,
  mode,
  was,
}: {
  path: FilePath;
  bytes: Uint8Array;
  mode: FileMode;
  /** The mode of the file there; null if there is none. */
  was: FileMode | null;
}): ChangeOperation {
  const text = decodeText(bytes);
  return {
    type: "write",
    path,
    ...(text === null
      ? { content: Buffer.from(bytes).toString("base64"), encoding: "base64" }
      : { content: text, encoding: "utf8" }),
    ...nameMode({ mode, was }),
  };
}
