import type { FilePath } from "#lib/contracts/ids.ts";
import { formatCount } from "#lib/format-count.ts";
import { isLockFile } from "#lib/contracts/versions/is-lock-file.ts";
import type { DiffSurfaceItem } from "../../../diff-surface/surface-types.ts";
import type { UnchangedText } from "../../data/unchanged-texts.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { ReviewPatch } from "../../data/review-patches.ts";

/** Too large to take in at once. */
const manyChangedLines = 2_000;

/** Lock files, bundles, source maps: generated and not read. */
const generatedPath = /\.min\.(?:js|css)$|\.(?:js|css)\.map$/;

/** Whether the file is generated, judged by its name. */
export function isGenerated(path: string): boolean {
  return isLockFile(path) || generatedPath.test(path);
}

/** Why a file of a review is initially folded; null if it is open. */
export function whyFolded({ status, path, additions, deletions }: ReviewFile): string | null {
  if (status === "kept") return "The same on both sides.";
  if (isGenerated(path)) return "Folded: written by a tool.";
  if (additions + deletions > manyChangedLines) return `Folded: ${formatCount(additions + deletions)} changed lines.`;
  return null;
}

/** Why a differing file has no visible line. */
function describeNoLines({ file: { status, oldMode, newMode }, patch }: { file: ReviewFile; patch: string }): string {
  if (patch === "") return "Nothing but white space differs.";
  if (oldMode !== undefined && newMode !== undefined && oldMode !== newMode)
    return status === "moved" ? "Moved, with another mode and the same content." : "Only the mode differs.";
  return status === "moved" ? "Moved without a change." : "Empty.";
}

/**
 * The surface's item for each file, and the note in its header: why it is initially folded, or why no line is visible.
 *
 * @param versions identifies the cached items: the two versions and the comparison options
 */
export function buildSurfaceItems({
  versions,
  files,
  patches,
  unchangedTexts,
  collapsed,
  hasFailed,
}: {
  versions: string;
  files: readonly ReviewFile[];
  patches: ReadonlyMap<FilePath, ReviewPatch>;
  /** Of the open kept files. */
  unchangedTexts: ReadonlyMap<FilePath, UnchangedText>;
  collapsed: ReadonlySet<string>;
  /** Some patches could not be loaded. */
  hasFailed: boolean;
}): { items: DiffSurfaceItem[]; notes: ReadonlyMap<string, string> } {
  const notes = new Map<string, string>();
  const items = files.map((file): DiffSurfaceItem => {
    const { path, status } = file;
    const isCollapsed = collapsed.has(path);
    const cacheKey = `${versions} ${path}`;
    const empty = (note: string): DiffSurfaceItem => {
      notes.set(path, note);
      return { id: path, type: "text", text: "", cacheKey: `${cacheKey} empty`, isCollapsed: true };
    };
    const reason = whyFolded(file);
    if (reason !== null) notes.set(path, reason);
    if (status === "kept") {
      const text = unchangedTexts.get(path);
      if (file.isBinary) return empty("Binary, the same on both sides.");
      return text === undefined
        ? empty("The same on both sides. Unfold to read it.")
        : { id: path, type: "text", ...text, cacheKey, isCollapsed };
    }
    const patch = patches.get(path);
    if (patch === undefined) return empty(hasFailed ? "Could not be loaded. The others are not affected." : "Loading.");
    if (patch.isBinary) return empty("Binary.");
    if (patch.isTooLarge) return empty("Too large to compare line by line. Open the file to read it.");
    if (patch.hunks.length === 0) return empty(describeNoLines({ file, patch: patch.patch }));
    return {
      id: path,
      type: "patch",
      patch: patch.patch,
      hunks: patch.hunks,
      cacheKey,
      colours: patch.colours,
      isCollapsed,
    };
  });
  return { items, notes };
}
