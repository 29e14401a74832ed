import type { ChangeOperation, TextEdit } from "#lib/contracts/runs/change-set.ts";
import type { ContentHash } from "#lib/contracts/ids.ts";
import { hashContent } from "../content-hash.ts";
import { encodeText } from "../file-content.ts";

type Applied = { hashBefore: ContentHash | null };

/** A change of one file, by the hash of its arguments: a run may write many large files. */
type ChangeKey = ContentHash;

/**
 * The changes that a run has applied, so that repetitions are recognised. After a cut or a repair, models send
 * everything again, and half of all real edits also match their own result.
 */
export class AppliedChanges {
  readonly #applied = new Map<ChangeKey, Applied>();

  /**
   * The new part of an operation; null if all of it was applied before. An equal change is applied again only if its
   * file is back to its state before the first time.
   *
   * @param path the resolved path of the file that the operation names
   * @param hash of the file's current content; null if the file does not exist
   */
  withoutRepetitions({
    operation,
    path,
    hash,
  }: {
    operation: ChangeOperation;
    path: string;
    hash: ContentHash | null;
  }): ChangeOperation | null {
    const isRepetition = (key: ChangeKey) => {
      const known = this.#applied.get(key);
      return known !== undefined && known.hashBefore !== hash;
    };
    // An existing file was written after its deletion, so this is a new deletion.
    if (operation.type === "delete" && hash !== null) return operation;
    if (operation.type !== "edit") return isRepetition(keyOf({ operation, path })) ? null : operation;
    const keys = new Set<ChangeKey>();
    const edits = operation.edits.filter((edit) => {
      const key = keyOfEdit({ edit, path });
      if (keys.has(key) || isRepetition(key)) return false;
      keys.add(key);
      return true;
    });
    if (edits.length === 0) return null;
    return edits.length === operation.edits.length ? operation : { ...operation, edits };
  }

  /** Records an operation that was applied to a file with the content `hash`; null if there was no file. */
  add({ operation, path, hash }: { operation: ChangeOperation; path: string; hash: ContentHash | null }): void {
    const keys =
      operation.type === "edit"
        ? operation.edits.map((edit) => keyOfEdit({ edit, path }))
        : [keyOf({ operation, path })];
    for (const key of keys) this.#applied.set(key, { hashBefore: hash });
  }
}

function keyOf({
  operation,
  path,
}: {
  operation: Exclude<ChangeOperation, { type: "edit" }>;
  path: string;
}): ChangeKey {
  switch (operation.type) {
    case "write":
      return toKey(["write", path, operation.encoding ?? "utf8", operation.content]);
    case "delete":
      return toKey(["delete", path]);
    case "move":
      return toKey(["move", path, operation.destination]);
  }
}

/** Includes the position: two hunks with the same text under two headings are two changes. */
function keyOfEdit({ edit, path }: { edit: TextEdit; path: string }): ChangeKey {
  const { oldText, newText, replaceAll, nearLine, within, isAtEnd } = edit;
  return toKey(["edit", path, oldText, newText, replaceAll === true, nearLine, within, isAtEnd === true]);
}

function toKey(parts: readonly unknown[]): ChangeKey {
  return hashContent(encodeText(JSON.stringify(parts)));
}
