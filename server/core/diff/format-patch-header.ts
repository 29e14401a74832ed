import type { FileMode } from "#lib/contracts/versions/file-mode.ts";

/**
 * The lines of a git patch above its hunks. `body` says what follows: hunks, nothing (a pure move, an empty file), or
 * the statement that the file is binary.
 */
export function formatPatchHeader({
  path,
  previousPath,
  before,
  after,
  oldMode,
  newMode,
  similarity,
  body,
}: {
  path: string;
  previousPath: string;
  before: Uint8Array | null;
  after: Uint8Array | null;
  oldMode: FileMode;
  newMode: FileMode;
  /** Per cent. */
  similarity: number;
  body: "hunks" | "none" | "binary";
}): string {
  const oldPath = before === null ? path : previousPath;
  const newPath = after === null ? oldPath : path;
  const lines = [`diff --git ${quotePath(`a/${oldPath}`)} ${quotePath(`b/${newPath}`)}`];
  if (before === null) lines.push(`new file mode ${newMode}`);
  if (after === null) lines.push(`deleted file mode ${oldMode}`);
  // git only learns from the modes that a renamed file was a link, and otherwise refuses to put a directory in its
  // place.
  const isRenamedLink = oldMode === "120000" && oldPath !== newPath;
  if (before !== null && after !== null && (oldMode !== newMode || isRenamedLink))
    lines.push(`old mode ${oldMode}`, `new mode ${newMode}`);
  if (oldPath !== newPath)
    lines.push(
      `similarity index ${similarity}%`,
      `rename from ${quotePath(oldPath)}`,
      `rename to ${quotePath(newPath)}`,
    );
  const oldSide = before === null ? "/dev/null" : quotePath(`a/${oldPath}`);
  const newSide = after === null ? "/dev/null" : quotePath(`b/${newPath}`);
  if (body === "hunks") lines.push(`--- ${terminatePath(oldSide)}`, `+++ ${terminatePath(newSide)}`);
  if (body === "binary") lines.push(`Binary files ${oldSide} and ${newSide} differ`);
  return lines.map((line) => `${line}\n`).join("");
}

const escapes: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\v": "\\v",
  "\f": "\\f",
  "\r": "\\r",
  '"': '\\"',
  "\\": "\\\\",
};

/**
 * Git's C-style quoting with `core.quotePath=false`: letters of every script stay readable. ` b/` and ` /` in a path
 * are quoted too, because git looks for them to find the end of the first path in the `diff --git` line.
 */
function quotePath(path: string): string {
  const quoted = path.replace(
    // oxlint-disable-next-line no-control-regex -- control characters are what must be quoted
    /[\x00-\x1f\x7f"\\]/g,
    (character) => escapes[character] ?? `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`,
  );
  return quoted === path && !/ b?\//.test(path) ? path : `"${quoted}"`;
}

/** Readers may take a space in the two path lines for the path's end; git then terminates the path with a tab. */
function terminatePath(path: string): string {
  return path.includes(" ") && !path.startsWith('"') ? `${path}\t` : path;
}
