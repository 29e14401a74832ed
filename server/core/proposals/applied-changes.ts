import type { ChangeOperation, TextEdit } from "#lib/contracts/runs/change-set.ts";
import type { ContentHash } from "#lib/contracts/ids.ts";
import { hashContent } from "../content-hash.ts";
import { encodeText } from "../file-content.ts";

type Applied = { hashBefore: ContentHash | null };

/** A change of one file, by the hash of all that it says: a run may write many large files. */
type ChangeKey = ContentHash;

/**
 * The changes that a run has made, so that one that comes again is known. After a cut or a repair, models send
 * everything once more, and half of all real edits apply to their own result.
 */
export class AppliedChanges {
  readonly #applied = new Map<ChangeKey, Applied>();

  /**
   * What of an operation is new; null where all of it was applied before. An equal change is applied again only where
   * its file is back as it was before the first time.
   *
   * @param path the file that the operation names, resolved
   * @param hash of that file as it is now; null where there is none
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
    // A file that is there again was written since it was deleted: a further deletion is meant.
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

  /** Notes an operation that was applied to a file with the content `hash`; null where there was none. */
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

/** With its place: two hunks with the same text, under two headings, are two changes. */
function keyOfEdit({ edit, path }: { edit: TextEdit; path: string }): ChangeKey {
  const { oldText, newText, replaceAll, nearLine, within, isAtEnd } = edit;
  return toKey(["edit", path, oldText, newText, replaceAll === true, nearLine, within, isAtEnd === true]);
}

function toKey(parts: readonly unknown[]): ChangeKey {
  return hashContent(encodeText(JSON.stringify(parts)));
}
