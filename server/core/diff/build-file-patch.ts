import { regularFile, type FileMode } from "#lib/contracts/versions/file-mode.ts";
import { limits } from "#lib/contracts/limits.ts";
import { describeEncodings, readEncodedText } from "../text-encoding.ts";
import { compareLines, type LineComparison } from "./compare-lines.ts";
import { countMarks, type LineChangeCounts } from "./count-line-changes.ts";
import { formatHunks } from "./format-hunks.ts";
import { formatPatchHeader } from "./format-patch-header.ts";
import { settleLineGroups } from "./settle-line-groups.ts";
import { splitLines } from "./split-lines.ts";

export type FilePatch = LineChangeCounts & {
  /** In git's format; empty if nothing differs, and if `isTooLarge`. */
  patch: string;
  isBinary: boolean;
  /** The patch is longer than `limits.patchCharacters`, too long to review. The counts are still correct. */
  isTooLarge: boolean;
  /** Set if a side is not UTF-8. The patch is then for display only: `git apply` would need the bytes. */
  encoding?: string;
};

/**
 * The patch of one file. `git apply` turns `before` into `after` with it, byte for byte. Exceptions: a binary file, for
 * which the patch only states that it differs; another encoding; and `ignoreWhitespace`, with which lines that differ
 * only in white space are printed as in `before` (`git apply` still accepts the patch).
 *
 * As in git, a file that becomes a link, or a link that becomes a file, is deleted and added.
 *
 * @param before null for an added file, `after` null for a deleted one; the content of a link is its target
 * @param oldMode of `before`, `newMode` of `after`; regular by default
 * @param previousPath the path of `before` if the file moved
 */
export function buildFilePatch({
  path,
  previousPath = path,
  before,
  after,
  oldMode = regularFile,
  newMode = regularFile,
  contextLines = 3,
  ignoreWhitespace = false,
}: {
  path: string;
  previousPath?: string;
  before: Uint8Array | null;
  after: Uint8Array | null;
  oldMode?: FileMode | undefined;
  newMode?: FileMode | undefined;
  contextLines?: number;
  ignoreWhitespace?: boolean;
}): FilePatch {
  if (before !== null && after !== null && (oldMode === "120000") !== (newMode === "120000")) {
    const options = { contextLines, ignoreWhitespace };
    return joinPatches(
      buildFilePatch({ path: previousPath, before, after: null, oldMode, ...options }),
      buildFilePatch({ path, before: null, after, newMode, ...options }),
    );
  }
  const oldSide = before === null ? null : readEncodedText(before);
  const newSide = after === null ? null : readEncodedText(after);
  const oldText = before === null ? "" : (oldSide?.text ?? null);
  const newText = after === null ? "" : (newSide?.text ?? null);
  const named = describeEncodings([oldSide, newSide]);
  const encoding = named === undefined ? {} : { encoding: named };
  const isSame = before !== null && after !== null && haveSameBytes(before, after);
  const isBinary = oldText === null || newText === null;
  if (oldText === null || newText === null || isSame) {
    const isAbsent = (before === null && after === null) || (isSame && previousPath === path && oldMode === newMode);
    const header = isAbsent
      ? ""
      : formatPatchHeader({
          path,
          previousPath,
          before,
          after,
          oldMode,
          newMode,
          similarity: isSame ? 100 : 0,
          body: isSame ? "none" : "binary",
        });
    return { patch: header, additions: 0, deletions: 0, isBinary, isTooLarge: false, ...encoding };
  }

  const oldLines = splitLines(oldText);
  const newLines = splitLines(newText);
  const oldKeys = ignoreWhitespace ? oldLines.map(removeWhitespace) : oldLines;
  const newKeys = ignoreWhitespace ? newLines.map(removeWhitespace) : newLines;
  const comparison = settleLineGroups({
    before: oldKeys,
    after: newKeys,
    comparison: compareLines({ before: oldKeys, after: newKeys }),
  });
  const counts = { additions: countMarks(comparison.added), deletions: countMarks(comparison.removed) };
  const hunks = formatHunks({ before: oldLines, after: newLines, comparison, contextLines });
  if (hunks.length > limits.patchCharacters) return { patch: "", ...counts, isBinary, isTooLarge: true, ...encoding };
  const isShown =
    hunks !== "" || (before === null) !== (after === null) || previousPath !== path || oldMode !== newMode;
  const similarity = measureSimilarity({
    lines: oldLines,
    comparison,
    sizeBefore: before?.length ?? 0,
    sizeAfter: after?.length ?? 0,
  });
  const header = isShown
    ? formatPatchHeader({
        path,
        previousPath,
        before,
        after,
        oldMode,
        newMode,
        similarity,
        body: hunks === "" ? "none" : "hunks",
      })
    : "";
  return { patch: header + hunks, ...counts, isBinary, isTooLarge: false, ...encoding };
}

function joinPatches(one: FilePatch, other: FilePatch): FilePatch {
  return {
    patch: one.patch + other.patch,
    additions: one.additions + other.additions,
    deletions: one.deletions + other.deletions,
    isBinary: one.isBinary || other.isBinary,
    isTooLarge: one.isTooLarge || other.isTooLarge,
    ...(one.encoding === undefined && other.encoding === undefined
      ? {}
      : { encoding: [one.encoding, other.encoding].filter((name) => name !== undefined).join(" → ") }),
  };
}

function haveSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Keeps the final line feed: a patch must distinguish a last line with an ending from one without. */
function removeWhitespace(line: string): string {
  return line.replace(/[\s\uFEFF]+/g, "") + (line.endsWith("\n") ? "\n" : "");
}

/** The kept share of the larger side, in per cent; 100 only for equal files. */
function measureSimilarity({
  lines,
  comparison,
  sizeBefore,
  sizeAfter,
}: {
  lines: string[];
  comparison: LineComparison;
  sizeBefore: number;
  sizeAfter: number;
}): number {
  let keptBytes = 0;
  lines.forEach((line, index) => {
    if (comparison.removed[index] === 0) keptBytes += Buffer.byteLength(line);
  });
  return Math.min(99, Math.floor((100 * keptBytes) / Math.max(sizeBefore, sizeAfter, 1)));
}
