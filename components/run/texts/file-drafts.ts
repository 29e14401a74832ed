import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { FileOperation } from "#lib/contracts/runs/file-operation.ts";
import { EditFragments } from "./edit-fragments.ts";

type DraftCall = {
  operation: FileOperation;
  /** The path in the call; for a move, the source. */
  path: string;
  destination: string | undefined;
  content: string[];
  edits: EditFragments;
  isApplied: boolean;
};

/**
 * A run's changes to each file, collected from the stream. Good enough for a preview before they are applied: an edit's
 * flags are not in the stream, so a draft may fail to apply where the change itself succeeds.
 */
export class FileDrafts {
  /** Keyed by the path of the file after all of its calls. */
  readonly #calls = new Map<string, DraftCall[]>();

  start({
    path,
    operation,
    destination,
  }: {
    path: string;
    operation: FileOperation;
    destination: string | undefined;
  }): void {
    // The events of older runs do not contain the destination of a move.
    if (operation === "move" && destination === undefined) return;
    const calls = this.#calls.get(path) ?? [];
    this.#calls.delete(path);
    this.#calls.set(destination ?? path, [
      ...calls,
      { operation, path, destination, content: [], edits: new EditFragments(), isApplied: false },
    ]);
  }

  append({ path, delta, isOld }: { path: string; delta: string; isOld: boolean }): void {
    const call = this.#calls.get(path)?.at(-1);
    if (call === undefined || call.isApplied) return;
    call.edits.append({ delta, isOld });
    if (!isOld) call.content.push(delta);
  }

  /** The first open call for the file was applied. */
  apply(path: string): void {
    const call = this.#calls.get(path)?.find(({ isApplied }) => !isApplied);
    if (call !== undefined) call.isApplied = true;
  }

  /** The first open call that names the path was refused. */
  refuse(path: string): void {
    for (const [at, calls] of this.#calls) {
      const refused = calls.find((call) => !call.isApplied && call.path === path);
      if (refused === undefined) continue;
      const rest = calls.filter((call) => call !== refused);
      this.#calls.delete(at);
      this.#calls.set(refused.destination === at ? path : at, rest);
      return;
    }
  }

  /** The model repeats a call that was not applied, or never completed it. */
  dropOpen(): void {
    for (const [at, calls] of this.#calls) {
      const applied = calls.filter(({ isApplied }) => isApplied);
      if (applied.length < calls.length) this.#calls.set(at, applied);
    }
  }

  /** The operations that make the file from its version in the parent. */
  list(path: string): ChangeOperation[] {
    return (this.#calls.get(path) ?? []).flatMap(toOperations);
  }
}

function toOperations({ operation, path, destination, content, edits }: DraftCall): ChangeOperation[] {
  switch (operation) {
    case "write":
      return [{ type: "write", path, content: content.join("") }];
    case "edit":
      return edits.fragments.length === 0 ? [] : [{ type: "edit", path, edits: [...edits.fragments] }];
    case "delete":
      return [{ type: "delete", path }];
    case "move":
      return destination === undefined ? [] : [{ type: "move", source: path, destination }];
  }
}
