import type { DeletedFile, ValidationInput } from "../validator.ts";
import { escapePattern } from "./escape-pattern.ts";

/**
 * True where a file of the change named a deleted file and no longer does, and no other file names it: whoever used it
 * was changed to do without.
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

/** The name of a file with its ending; a module's also without, where it ends a quoted path. */
export function mentionOf(path: string): RegExp {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const stem = name.replace(/(?<=.)\.[^.]*$/, "");
  const quotedModule = /\.[cm]?[jt]sx?$/.test(name) ? `|/${escapePattern(stem)}(?:\\.[cm]?[jt]sx?)?["'\x60]` : "";
  return new RegExp(`(?<![\\w.-])${escapePattern(name)}(?![\\w-])${quotedModule}`);
}
