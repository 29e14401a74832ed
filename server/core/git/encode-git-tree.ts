import type { FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { ObjectId } from "#lib/contracts/ids.ts";

export type GitTreeEntry = { name: string; mode: FileMode | "40000"; objectId: ObjectId };

/**
 * Encodes a directory as git stores it. Git sorts entries by the bytes of their names, with a `/` appended to directory
 * names.
 */
export function encodeGitTree(entries: readonly GitTreeEntry[]): Uint8Array {
  const ordered = entries
    .map((entry) => ({ ...entry, order: Buffer.from(entry.mode === "40000" ? `${entry.name}/` : entry.name, "utf8") }))
    .sort((a, b) => Buffer.compare(a.order, b.order));
  return Buffer.concat(
    ordered.flatMap(({ name, mode, objectId }) => [
      Buffer.from(`${mode} ${name}\0`, "utf8"),
      Buffer.from(objectId, "hex"),
    ]),
  );
}
