import { isFileTidyingAskedFor, isFolderTidyingAskedFor, isRemovalAskedFor } from "./is-removal-asked-for.ts";
import { nameFile } from "./loss/name-file.ts";
import type { ChangedFile } from "./validator.ts";

/** A prose heading names the text below it. */
const heading = /^(?:#{1,6}\s+|=+\s+)(.+?)\s*#*$/gm;

/** True if the prompt requests that a file, or a removed section of it, be removed or shortened. */
export function isShrinkingAskedFor({ file, prompt }: { file: ChangedFile; prompt: string }): boolean {
  const headings = [...(file.before ?? "").matchAll(heading)].flatMap(([line, title]) =>
    title === undefined || file.after.includes(line) ? [] : [title],
  );
  const place = { prompt, path: file.path };
  return (
    isFileTidyingAskedFor(place) ||
    isFolderTidyingAskedFor(place) ||
    isRemovalAskedFor({ prompt, names: [...nameFile(file.path), ...headings] })
  );
}
