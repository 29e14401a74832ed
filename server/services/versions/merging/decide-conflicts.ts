import type { z } from "zod";
import type { generationMergeInput } from "#lib/contracts/versions/generation.ts";
import { regularFile } from "#lib/contracts/versions/file-mode.ts";
import type { HunkDecision } from "#lib/contracts/comparisons/hunk-decision.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { AppError } from "#lib/errors.ts";
import { resolveHunk } from "#lib/resolve-hunk.ts";
import { describeContent } from "#server/core/file-content.ts";
import { comparePaths, type FileContents, type FileEntry, type FileTree } from "#server/core/file-tree.ts";
import { encodeTextAs, readEncodedText, type EncodedText, type TextEncoding } from "#server/core/text-encoding.ts";
import { mergeEncodings } from "#server/core/merge/merge-contents.ts";
import { listMergeParts, type MergePart } from "#server/core/merge/list-merge-parts.ts";
import type { MergeConflict, TreeMerge } from "#server/core/merge/merge-trees.ts";

type Decision = NonNullable<z.infer<typeof generationMergeInput>["decisions"]>[number];

/**
 * The tree of a merge with the user's decisions on its conflicts. `contents` has the texts of the conflicts' sides.
 *
 * @throws AppError MERGE_CONFLICT if a conflict is undecided or a decision does not match it; INPUT_TOO_LARGE
 */
export function decideConflicts({
  merge,
  decisions,
  contents,
}: {
  merge: TreeMerge;
  decisions: readonly Decision[];
  contents: FileContents;
}): { tree: FileTree; newContents: FileContents } {
  const byPath = new Map(decisions.map((decision) => [decision.path, decision]));
  const entries = new Map<FilePath, FileEntry>(merge.tree);
  const newContents = new Map<ContentHash, Uint8Array>(merge.newContents);
  const open: FilePath[] = [];
  for (const conflict of merge.conflicts) {
    const { path } = conflict;
    const decision = byPath.get(path);
    if (decision === undefined) {
      open.push(path);
    } else if ("take" in decision) {
      const chosen = decision.take === "theirs" ? conflict.theirs : conflict.ours;
      if (chosen === null) entries.delete(path);
      else entries.set(path, chosen);
    } else {
      const bytes = resolveFile({ conflict, hunks: decision.hunks, contents });
      const entry = { ...describeContent(bytes), mode: (conflict.ours ?? conflict.theirs)?.mode ?? regularFile };
      entries.set(path, entry);
      newContents.set(entry.contentHash, bytes);
    }
  }
  if (open.length > 0) throw conflicted(open);
  return { tree: new Map([...entries].sort(([a], [b]) => comparePaths(a, b))), newContents };
}

/**
 * A conflicting file with its hunks to decide on. Null unless both sides have text there and agree on the file's type:
 * such a file is taken whole from one side.
 */
export function listConflictParts({
  conflict: { reason, base, ours, theirs },
  contents,
}: {
  conflict: MergeConflict;
  contents: FileContents;
}): MergePart[] | null {
  if (reason === "same-place" || ours?.mode !== theirs?.mode || ours?.mode === "120000") return null;
  const sides = readSides({ base, ours, theirs, contents });
  return sides === null
    ? null
    : listMergeParts({ base: sides.base?.text ?? null, ours: sides.ours.text, theirs: sides.theirs.text });
}

type Sides = { base: EncodedText | null; ours: EncodedText; theirs: EncodedText };

/** The texts of a conflict; null if a side is not text, or if the two have different encodings. */
function readSides({
  base,
  ours,
  theirs,
  contents,
}: Pick<MergeConflict, "base" | "ours" | "theirs"> & { contents: FileContents }):
  | (Sides & { encoding: TextEncoding })
  | null {
  const read = (entry: FileEntry | null) => {
    const bytes = entry === null ? undefined : contents.get(entry.contentHash);
    return bytes === undefined ? null : readEncodedText(bytes);
  };
  const [from, left, right] = [read(base), read(ours), read(theirs)];
  if (left === null || right === null) return null;
  const encoding = mergeEncodings({ base: from, ours: left, theirs: right });
  return encoding === null ? null : { base: from, ours: left, theirs: right, encoding };
}

function resolveFile({
  conflict,
  hunks,
  contents,
}: {
  conflict: MergeConflict;
  hunks: readonly HunkDecision[];
  contents: FileContents;
}): Uint8Array {
  const parts = listConflictParts({ conflict, contents });
  if (parts === null || parts.filter(({ type }) => type === "conflict").length !== hunks.length)
    throw conflicted([conflict.path]);
  const decisions = hunks.values();
  const texts = parts.map((part) => {
    if (part.type === "merged") return part.text;
    const { value: decision } = decisions.next();
    if (decision === undefined) throw conflicted([conflict.path]);
    return resolveHunk({ ...part, decision });
  });
  const bytes = encodeResolved({ conflict, text: texts.join(""), contents });
  if (bytes.length <= limits.textFileBytes) return bytes;
  throw new AppError({
    code: "INPUT_TOO_LARGE",
    message: `${conflict.path} would become larger than the limit of 1 MiB for a text file. Nothing was merged.`,
    details: { limit: "textFileBytes", path: conflict.path },
  });
}

/** @throws AppError INVALID_INPUT if the file's encoding lacks a character of a text that the user wrote */
function encodeResolved({
  conflict,
  text,
  contents,
}: {
  conflict: MergeConflict;
  text: string;
  contents: FileContents;
}): Uint8Array {
  const encoding = readSides({ ...conflict, contents })?.encoding ?? "UTF-8";
  const encoded = encodeTextAs({ text, encoding });
  if (encoded.status === "encoded") return encoded.bytes;
  throw new AppError({
    code: "INVALID_INPUT",
    message: `${conflict.path} is ${encoding} text, which has no ${JSON.stringify(encoded.character)}. Nothing was merged. Write the character in another way.`,
    details: { path: conflict.path },
  });
}

function conflicted(paths: FilePath[]): AppError {
  return new AppError({
    code: "MERGE_CONFLICT",
    message: `Both versions changed ${paths.length === 1 ? paths[0] : `${paths.length} files`} differently. Nothing was merged. Decide on each.`,
    details: { paths },
  });
}
