import type { FilePath } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";

export type ParsedFilePath = { status: "valid"; path: FilePath } | { status: "invalid"; reason: string };

/**
 * Characters that are invisible or change the writing direction, so that two names look alike: Unicode's property, and
 * the interlinear annotation anchors.
 */
const invisible = /[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/u;

/** Where an invisible character belongs to an emoji: the presentation selector, and the joiner between two of them. */
const emojiSequence =
  /(?:[0-9#]\uFE0F(?=\u20E3)|\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?(?:\u200D(?=\p{Extended_Pictographic}))?)/gu;

/** Windows treats a device name as the device, even with an extension or with leading spaces. */
const windowsReserved = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00B9\u00B2\u00B3]) *(\..*)?$/i;

/** `.git` in NTFS short-name and stream spellings; git itself refuses these. */
const gitDirectory = /^(\.git|git~\d+)([ .]*|:.*)$/i;

/**
 * A project path: relative, `/` separated, well-formed NFC, and a valid name on every common file system and in git.
 * Doubtful names are refused with the reason.
 */
export function parseFilePath(text: string): ParsedFilePath {
  const refuse = (reason: string): ParsedFilePath => ({ status: "invalid", reason });
  if (text === "") return refuse("The path is empty.");
  if (!text.isWellFormed()) return refuse("The path holds characters that are not text.");
  if (text.normalize("NFC") !== text) return refuse("The path is not in Unicode's composed form (NFC).");
  if (Buffer.byteLength(text) > limits.pathBytes) return refuse(`The path is longer than ${limits.pathBytes} bytes.`);
  // oxlint-disable-next-line no-control-regex -- control characters are what this looks for
  if (/[\u0000-\u001F\u007F-\u009F\u2028\u2029]/.test(text)) return refuse("The path holds control characters.");
  if (invisible.test(text) && invisible.test(text.replaceAll(emojiSequence, "")))
    return refuse("The path holds invisible characters.");
  if (/[\\<>:"|?*]/.test(text)) return refuse('The path holds one of \\ < > : " | ? *.');
  if (text.startsWith("/")) return refuse("The path is not relative to the project.");
  const segments = text.split("/");
  if (segments.length > limits.pathDepth) return refuse(`The path is deeper than ${limits.pathDepth} directories.`);
  for (const segment of segments) {
    const reason = findSegmentFault(segment);
    if (reason !== null) return refuse(reason);
  }
  return { status: "valid", path: text as FilePath };
}

function findSegmentFault(segment: string): string | null {
  if (segment === "") return "The path has an empty segment.";
  if (segment === "." || segment.startsWith("..")) return "The path has a segment that leads elsewhere.";
  if (Buffer.byteLength(segment) > 255) return "A name in the path is longer than 255 bytes.";
  if (/[. ]$/.test(segment) || segment.startsWith(" "))
    return "A name in the path starts with a space, or ends with one or with a dot.";
  if (windowsReserved.test(segment)) return `The name ${segment} is reserved on Windows.`;
  if (gitDirectory.test(segment) || gitDirectory.test(segment.normalize("NFKC")))
    return "A .git directory cannot be part of a project.";
  return null;
}

/**
 * Two paths with the same key are one file on a file system that ignores case, composes characters or skips invisible
 * ones.
 */
export function collisionKey(path: string): string {
  // oxlint-disable-next-line no-control-regex -- ASCII is folded the short way
  if (/^[\u0000-\u007F]*$/.test(path)) return path.toLowerCase();
  return path
    .normalize("NFKC")
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, "")
    .toUpperCase()
    .toLowerCase()
    .normalize("NFKC");
}

/**
 * Each path that cannot be in one tree with an earlier one, in order: equal except for case, or a file where the other
 * needs a directory. Without the second path of each pair nothing collides.
 */
export function* listPathCollisions(paths: readonly FilePath[]): Generator<[kept: FilePath, colliding: FilePath]> {
  const files = new Map<string, FilePath>();
  const distinct: FilePath[] = [];
  for (const path of paths) {
    const key = collisionKey(path);
    const other = files.get(key);
    if (other !== undefined) yield [other, path];
    else {
      files.set(key, path);
      distinct.push(path);
    }
  }
  const directories = new Map<string, { spelling: string; path: FilePath }>();
  for (const path of distinct) {
    const other = findDirectoryCollision({ path, files, directories });
    if (other !== null) yield [other, path];
  }
}

/** Records the directories of `path`, unless one of them is a file or a differently spelled directory. */
function findDirectoryCollision({
  path,
  files,
  directories,
}: {
  path: FilePath;
  files: ReadonlyMap<string, FilePath>;
  directories: Map<string, { spelling: string; path: FilePath }>;
}): FilePath | null {
  const unknown: { key: string; spelling: string }[] = [];
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    const spelling = path.slice(0, end);
    const key = collisionKey(spelling);
    const known = directories.get(key);
    if (known !== undefined && known.spelling === spelling) break;
    const other = files.get(key) ?? known?.path;
    if (other !== undefined) return other;
    unknown.push({ key, spelling });
  }
  for (const { key, spelling } of unknown) directories.set(key, { spelling, path });
  return null;
}
