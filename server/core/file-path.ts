import type { FilePath } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";

export type ParsedFilePath = { status: "valid"; path: FilePath } | { status: "invalid"; reason: string };

/** Ranges of code points that are drawn as nothing or turn the direction of what follows. */
const invisibleRanges: readonly (readonly [first: number, last: number])[] = [
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0xe0000, 0xe01ef],
];
const windowsReserved = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00B9\u00B2\u00B3])(\..*)?$/i;

/** `.git` as NTFS shortens it, and as it streams: git itself refuses these spellings. */
const gitDirectory = /^(\.git|git~\d+)([ .]*|:.*)$/i;

/**
 * A project path: relative, `/` separated, well-formed NFC, and a name that every common file system and git accept. An
 * allow-list in spirit: what is doubtful is refused, with the reason.
 */
export function parseFilePath(text: string): ParsedFilePath {
  const refuse = (reason: string): ParsedFilePath => ({ status: "invalid", reason });
  if (text === "") return refuse("The path is empty.");
  if (!text.isWellFormed()) return refuse("The path holds characters that are not text.");
  if (text.normalize("NFC") !== text) return refuse("The path is not in Unicode's composed form (NFC).");
  if (Buffer.byteLength(text) > limits.pathBytes) return refuse(`The path is longer than ${limits.pathBytes} bytes.`);
  // oxlint-disable-next-line no-control-regex -- control characters are what this looks for
  if (/[\u0000-\u001F\u007F-\u009F\u2028\u2029]/.test(text)) return refuse("The path holds control characters.");
  if ([...text].some(isInvisible)) return refuse("The path holds invisible characters.");
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

function isInvisible(character: string): boolean {
  const codePoint = character.codePointAt(0) ?? 0;
  return invisibleRanges.some(([first, last]) => codePoint >= first && codePoint <= last);
}

function findSegmentFault(segment: string): string | null {
  if (segment === "") return "The path has an empty segment.";
  if (segment === "." || segment.startsWith("..")) return "The path has a segment that leads elsewhere.";
  if (Buffer.byteLength(segment) > 255) return "A name in the path is longer than 255 bytes.";
  if (/[. ]$/.test(segment) || segment.startsWith(" "))
    return "A name in the path starts with a space, or ends with one or with a dot.";
  if (windowsReserved.test(segment)) return `${segment} is a reserved name on Windows.`;
  if (gitDirectory.test(segment) || gitDirectory.test(segment.normalize("NFKC")))
    return "A .git directory cannot be part of a project.";
  return null;
}

/** Two paths with one key are one file on a file system that ignores case or composes characters. */
export function collisionKey(path: string): string {
  return path.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");
}

/** Two paths that cannot stand in one tree: equal but for case, or a file where the other needs a directory. */
export function findPathCollision(paths: readonly FilePath[]): [FilePath, FilePath] | null {
  const files = new Map<string, FilePath>();
  for (const path of paths) {
    const key = collisionKey(path);
    const other = files.get(key);
    if (other !== undefined) return [other, path];
    files.set(key, path);
  }
  const directories = new Map<string, { spelling: string; path: FilePath }>();
  for (const path of paths) {
    for (let end = path.indexOf("/"); end !== -1; end = path.indexOf("/", end + 1)) {
      const spelling = path.slice(0, end);
      const key = collisionKey(spelling);
      const file = files.get(key);
      if (file !== undefined) return [file, path];
      const known = directories.get(key);
      if (known === undefined) directories.set(key, { spelling, path });
      else if (known.spelling !== spelling) return [known.path, path];
    }
  }
  return null;
}
