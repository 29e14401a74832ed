import { readFenceLine } from "../fences/fence-line.ts";
import { extensionOf } from "../paths/project-paths.ts";
import { isReplaceMarker, isSearchMarker } from "./search-replace.ts";
import { hasFilePartMarks, readFileTag } from "./file-tag.ts";
import { looksLikeDiff } from "./unified-diff.ts";

const gutter = /^\s*(\d+)(\s?[|│]\s?|\t|→|\s?:\s)/;
/** Files whose own lines may begin with ascending numbers. */
const numberedFile = /^(?:csv|tsv|yaml|yml|tab|dat)$/;

/**
 * Detects another format in a text that was sent as a whole file; null if it can be the file's own text. Such a text is
 * never stored, because its markers would become part of the file.
 */
export function findForeignForm({ path, body }: { path: string; body: readonly string[] }): string | null {
  const lines = body.filter((line) => line.trim() !== "");
  const [first = ""] = lines;
  const last = lines.at(-1) ?? "";
  if (!/^(?:diff|patch)$/.test(extensionOf(path)) && looksLikeDiff(body)) return "a diff of the file";
  if (/^\s*\*\*\* Begin Patch\s*$/.test(first)) return "a patch of the file";
  if (body.some(isSearchMarker) || body.some(isReplaceMarker)) return "text with the markers of search/replace blocks";
  if (hasConflictMarkers(body)) return "text with the markers of a merge conflict";
  const open = readFenceLine(first);
  const close = readFenceLine(last);
  const isWrapped =
    lines.length > 1 &&
    open !== null &&
    close !== null &&
    open.mark === close.mark &&
    close.info === "" &&
    close.length >= open.length;
  if (isWrapped) return "a text with one more fence around it";
  if (hasFilePartMarks(lines)) return "parts of a file as they are shown to a model";
  if (readFileTag(first) !== null && /^\s*<\/file>\s*$/i.test(last)) return "a text with the tags of a file around it";
  if (hasGutter({ path, lines })) return "text with a line number before each line";
  return null;
}

function hasConflictMarkers(body: readonly string[]): boolean {
  const start = body.findIndex((line) => /^<{7}(?: \S|$)/.test(line));
  const middle = body.findIndex((line, index) => index > start && /^={7}\s*$/.test(line));
  return start !== -1 && middle !== -1 && body.some((line, index) => index > middle && /^>{7}(?: \S|$)/.test(line));
}

/** Each line begins with a number, one higher than the line before, and with the same separator. */
function hasGutter({ path, lines }: { path: string; lines: readonly string[] }): boolean {
  if (lines.length < 2) return false;
  let expected: number | null = null;
  let separator: string | null = null;
  let isEqual = true;
  for (const line of lines) {
    const [, digits, mark = ""] = gutter.exec(line) ?? [];
    if (digits === undefined) return false;
    const number = Number(digits);
    // A blank line may lack its number.
    if (expected !== null && (number < expected || number > expected + 20)) return false;
    if (separator !== null && separator !== mark.trim()) isEqual = false;
    separator = mark.trim();
    expected = number + 1;
  }
  return isEqual && !(numberedFile.test(extensionOf(path)) && (separator === "" || separator === ":"));
}
