import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { FileOperation } from "#lib/contracts/runs/file-operation.ts";
import { EditFragments } from "./edit-fragments.ts";

type DraftCall = {
  operation: FileOperation;
  /** As the call names it: of a move, where from. */
  path: string;
  destination: string | undefined;
  content: string[];
  edits: EditFragments;
  isApplied: boolean;
};

/**
 * What a run does to each file, put together from the stream: good enough to be shown before it is applied. A flag of
 * an edit is not in the stream, so a draft may fit less well than the change itself.
 */
export class FileDrafts {
  /** By the path that the file has once all of its calls are applied. */
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
    // Where a move leads is not known of runs from before it was told.
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

  /** The first call of a file that is still open was applied. */
  apply(path: string): void {
    const call = this.#calls.get(path)?.find(({ isApplied }) => !isApplied);
    if (call !== undefined) call.isApplied = true;
  }

  /** The first call that is still open and names a path was refused. */
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

  /** What was not applied is sent again, or never was sent whole. */
  dropOpen(): void {
    for (const [at, calls] of this.#calls) {
      const applied = calls.filter(({ isApplied }) => isApplied);
      if (applied.length < calls.length) this.#calls.set(at, applied);
    }
  }

  /** The operations that give the file what it has, from the parent on. */
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
