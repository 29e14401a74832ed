import { structuredPatch } from "diff";
import type { FilePath } from "#lib/contracts/ids.ts";
import { decodeText } from "../file-content.ts";

export type FilePatch = { patch: string; isBinary: boolean; isTooLarge: boolean };

/** Edited lines beyond which a line diff takes seconds and nobody reads it. */
const maxEditedLines = 20_000;

/** Bytes of both sides beyond which no patch is made; a text file has at most 1 MiB, so only pairs of those reach it. */
const maxPatchBytes = 2_500_000;

/**
 * The git patch of one file; `before` null for a new file, `after` null for a deleted one. `git apply` takes it and gives
 * `after` byte for byte (unless `ignoreWhitespace`, which is for reading). Binary files have headers and no hunks.
 */
export function buildFilePatch({
  path,
  previousPath,
  before,
  after,
  contextLines,
  ignoreWhitespace,
}: {
  path: FilePath;
  previousPath?: FilePath;
  before: Uint8Array | null;
  after: Uint8Array | null;
  contextLines: number;
  ignoreWhitespace: boolean;
}): FilePatch {
  const beforeText = before === null ? "" : decodeText(before);
  const afterText = after === null ? "" : decodeText(after);
  const oldPath = previousPath ?? path;
  const header = buildHeader({ path, oldPath, isNew: before === null, isDeleted: after === null, isSame: beforeText !== null && beforeText === afterText });
  if (beforeText === null || afterText === null) {
    const names = `${before === null ? "/dev/null" : quote(`a/${oldPath}`)} and ${after === null ? "/dev/null" : quote(`b/${path}`)}`;
    return { patch: `${header}Binary files ${names} differ\n`, isBinary: true, isTooLarge: false };
  }
  if (beforeText === afterText) return { patch: header, isBinary: false, isTooLarge: false };
  if (beforeText.length + afterText.length > maxPatchBytes) return { patch: "", isBinary: false, isTooLarge: true };
  const structured = structuredPatch(oldPath, path, beforeText, afterText, undefined, undefined, {
    context: contextLines,
    maxEditLength: maxEditedLines,
    ...(ignoreWhitespace ? { comparator: isEqualButForSpace } : {}),
  });
  if (structured === undefined) return { patch: "", isBinary: false, isTooLarge: true };
  if (structured.hunks.length === 0) return { patch: "", isBinary: false, isTooLarge: false };
  const names = `--- ${before === null ? "/dev/null" : endName(quote(`a/${oldPath}`))}\n+++ ${after === null ? "/dev/null" : endName(quote(`b/${path}`))}\n`;
  const hunks = structured.hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => {
    // git counts a side without lines from the line before it.
    const range = (start: number, count: number) => `${count === 0 ? Math.max(start - 1, 0) : start}${count === 1 ? "" : `,${count}`}`;
    return `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@\n${lines.join("\n")}\n`;
  });
  return { patch: `${header}${names}${hunks.join("")}`, isBinary: false, isTooLarge: false };
}

function isEqualButForSpace(left: string, right: string): boolean {
  return left === right || left.replace(/\s+/g, "") === right.replace(/\s+/g, "");
}

function buildHeader({ path, oldPath, isNew, isDeleted, isSame }: { path: FilePath; oldPath: FilePath; isNew: boolean; isDeleted: boolean; isSame: boolean }): string {
  const lines = [`diff --git ${quote(`a/${oldPath}`)} ${quote(`b/${path}`)}`];
  if (isNew) lines.push("new file mode 100644");
  if (isDeleted) lines.push("deleted file mode 100644");
  if (path !== oldPath) lines.push(...(isSame ? ["similarity index 100%"] : []), `rename from ${quote(oldPath)}`, `rename to ${quote(path)}`);
  return `${lines.join("\n")}\n`;
}

/** As git writes a path in a header: quoted, with octal bytes, where it holds anything but plain printable characters. */
function quote(path: string): string {
  if (/^[\x20\x21\x23-\x5B\x5D-\x7E]*$/.test(path)) return path;
  const bytes = [...Buffer.from(path, "utf8")].map((byte) => (byte === 0x22 || byte === 0x5c ? `\\${String.fromCharCode(byte)}` : byte < 0x20 || byte > 0x7e ? `\\${byte.toString(8).padStart(3, "0")}` : String.fromCharCode(byte)));
  return `"${bytes.join("")}"`;
}

/** A name with a space ends with a tab, which tells git where it ends. */
function endName(name: string): string {
  return name.includes(" ") && !name.startsWith('"') ? `${name}\t` : name;
}
