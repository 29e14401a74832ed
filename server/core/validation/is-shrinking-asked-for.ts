import { isRemovalAskedFor } from "./is-removal-asked-for.ts";
import { nameFile } from "./loss/name-file.ts";
import type { ChangedFile } from "./validator.ts";

/** A heading of prose names what stands under it. */
const heading = /^(?:#{1,6}\s+|=+\s+)(.+?)\s*#*$/gm;

/** True where the prompt asks that a file, or a section of it that is gone, be removed or made shorter. */
export function isShrinkingAskedFor({ file, prompt }: { file: ChangedFile; prompt: string }): boolean {
  const headings = [...(file.before ?? "").matchAll(heading)].flatMap(([line, title]) =>
    title === undefined || file.after.includes(line) ? [] : [title],
  );
  return isRemovalAskedFor({ prompt, names: [...nameFile(file.path), ...headings] });
}
