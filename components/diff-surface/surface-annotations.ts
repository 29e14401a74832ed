import { parsePatchFiles, type CodeViewItem, type FileContents, type FileDiffMetadata } from "@pierre/diffs";
import type { DiffSide } from "#lib/contracts/comparisons/review-comment.ts";
import type { DiffSurfaceItem, HunkActions, LineNote } from "./surface-types.ts";
import { joinTypeChange } from "./header/join-type-change.ts";
import { findLastChange } from "./hunks/parse-hunks.ts";
import { putBounded } from "./colours/put-bounded.ts";

/** Wrapped in an object: the library's types distribute over a union. */
export type Mark = { content: { type: "hunk"; hunk: number } | { type: "note"; note: LineNote } };

/**
 * The annotations of one file's lines: notes, and a bar for each hunk that has one. Notes come first: the library
 * identifies an annotation by its index, so an open form keeps its state when a hunk becomes current.
 */
export function listMarks({
  item: { id, isCollapsed },
  barred,
  notes,
}: {
  item: DiffSurfaceItem;
  /** Hunks with a bar. */
  barred: HunkActions["old"];
  notes: readonly LineNote[];
}): Mark[] {
  // The library would render them invisibly, but focusable.
  if (isCollapsed) return [];
  const marks = notes.flatMap((note): Mark[] => (note.id === id ? [{ content: { type: "note", note } }] : []));
  for (const hunk of barred.get(id) ?? []) marks.push({ content: { type: "hunk", hunk } });
  return marks;
}

/** The library re-renders an item only if its version changes, so the version includes everything visible. */
function toVersion({
  item: { cacheKey, isCollapsed },
  marks,
}: {
  item: DiffSurfaceItem;
  marks: readonly Mark[];
}): number {
  const keys = marks.map(({ content }) => (content.type === "note" ? content.note.key : String(content.hunk)));
  const visible = `${cacheKey} ${isCollapsed} ${keys.join(",")}`;
  let version = 0;
  for (let index = 0; index < visible.length; index += 1) version = (version * 31 + visible.charCodeAt(index)) | 0;
  return version;
}

/** Objects passed to the library, by cache key: it compares identity, and a patch is parsed once per tab. */
const given = { patches: new Map<string, FileDiffMetadata>(), texts: new Map<string, FileContents>() };

export function toCodeViewItem({ item, marks }: { item: DiffSurfaceItem; marks: Mark[] }): CodeViewItem<Mark>[] {
  const { id, cacheKey, isCollapsed: collapsed } = item;
  const version = toVersion({ item, marks });
  if (item.type === "text") {
    const file = given.texts.get(cacheKey) ?? { name: id, contents: item.text, cacheKey };
    putBounded({ map: given.texts, key: cacheKey, value: file });
    return [{ id, type: "file", collapsed, file, annotations: listFileAnnotations(marks), version }];
  }
  const fileDiff = given.patches.get(cacheKey) ?? parsePatch(item);
  if (fileDiff === undefined) return [];
  putBounded({ map: given.patches, key: cacheKey, value: fileDiff });
  const annotations = marks.flatMap((mark): { side: DiffSide; lineNumber: number; metadata: Mark }[] => {
    const { content } = mark;
    if (content.type === "note") return [{ side: content.note.side, lineNumber: content.note.line, metadata: mark }];
    const hunk = item.hunks[content.hunk];
    if (hunk === undefined) return [];
    const { side, line } = findLastChange(hunk);
    return [{ side, lineNumber: line, metadata: mark }];
  });
  return [{ id, type: "diff", collapsed, fileDiff, annotations, version }];
}

function parsePatch({ patch, cacheKey }: DiffSurfaceItem & { type: "patch" }): FileDiffMetadata | undefined {
  const fileDiff = parsePatchFiles(joinTypeChange(patch))[0]?.files[0];
  return fileDiff === undefined
    ? undefined
    : { ...fileDiff, cacheKey, isPartial: fileDiff.isPartial && !coversFile(fileDiff) };
}

/** The number of unchanged lines after a change, if there are enough. */
const contextLines = 3;

/**
 * Whether the hunks show all lines: nothing is folded before them, and the lines after the last change are fewer than
 * the context.
 */
function coversFile({ hunks }: FileDiffMetadata): boolean {
  const last = hunks.at(-1)?.hunkContent.at(-1);
  const trailing = last === undefined ? 0 : last.type === "context" ? last.lines : 0;
  return last !== undefined && hunks.every(({ collapsedBefore }) => collapsedBefore === 0) && trailing < contextLines;
}

/** A file that is equal on both sides has no hunks, and its lines count as the new side's. */
function listFileAnnotations(marks: readonly Mark[]): { lineNumber: number; metadata: Mark }[] {
  return marks.flatMap((mark) =>
    mark.content.type === "note" && mark.content.note.side === "additions"
      ? [{ lineNumber: mark.content.note.line, metadata: mark }]
      : [],
  );
}
