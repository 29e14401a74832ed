import type { DeletedFile, ValidationInput } from "../validator.ts";
import { escapePattern } from "./escape-pattern.ts";

/**
 * True if a changed file mentioned a deleted file and no longer does, and no other file mentions it: its users were
 * changed to work without it.
 */
export function isMentionDropped({
  file: { path },
  input: { changedFiles, deletedFiles, untouchedFiles },
}: {
  file: DeletedFile;
  input: ValidationInput;
}): boolean {
  const mention = mentionOf(path);
  const isStillNamed = [...changedFiles.map(({ after }) => after), ...untouchedFiles.map(({ text }) => text)].some(
    (text) => mention.test(text),
  );
  if (isStillNamed) return false;
  return [...changedFiles, ...deletedFiles].some((other) => other.path !== path && mention.test(other.before ?? ""));
}

/** A file's name with its extension; a module's also without, at the end of a quoted path. */
function mentionOf(path: string): RegExp {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const stem = name.replace(/(?<=.)\.[^.]*$/, "");
  const quotedModule = /\.[cm]?[jt]sx?$/.test(name) ? `|/${escapePattern(stem)}(?:\\.[cm]?[jt]sx?)?["'\x60]` : "";
  return new RegExp(`(?<![\\w.-])${escapePattern(name)}(?![\\w-])${quotedModule}`);
}
