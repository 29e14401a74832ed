import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { FilePath } from "#lib/contracts/ids.ts";

/** A stored file; `text` is null if it is binary. */
export type OriginalFile = { path: FilePath; text: string | null };

/**
 * The operations that turn the stored file into the edited one: nothing, a move, new text, or both. Without an original
 * it is a new file.
 */
export function buildOperations({
  original,
  path,
  text,
}: {
  original: OriginalFile | null;
  path: string;
  text: string | null;
}): ChangeOperation[] {
  if (original === null) return [{ type: "write", path, content: text ?? "" }];
  const move: ChangeOperation[] =
    path === original.path ? [] : [{ type: "move", source: original.path, destination: path }];
  return text === null || text === original.text ? move : [...move, { type: "write", path, content: text }];
}
