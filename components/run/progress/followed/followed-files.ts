import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { FileOperation } from "#lib/contracts/runs/file-operation.ts";
import type { RunEvent } from "#lib/contracts/runs/run-event.ts";
import { addSums, EditFragments, type EditFragment, type LineSums } from "../../texts/edit-fragments.ts";
import { FileDrafts } from "../../texts/file-drafts.ts";
import { TextStream } from "../../texts/text-stream.ts";

export type RunFileView = {
  path: string;
  operation: FileOperation;
  /**
   * `written`: its text is all there, but the change is not applied yet; that happens when the model's answer is
   * complete. `stopped`: the answer ended, or the call is repeated, before it was applied.
   */
  status: "writing" | "written" | "done" | "failed" | "stopped";
  /** Where a move took it from. */
  previousPath?: string;
  /** Lines. Counted from the stream while the file is written, and from the change once it is applied. */
  additions: number;
  deletions: number;
  /** Why the last change to this file was refused. */
  problem: string | null;
};

type FileEvent<Type extends RunEvent["type"]> = Extract<RunEvent, { type: Type }>;

const noLines: LineSums = { additions: 0, deletions: 0 };

function isUnapplied({ status }: RunFileView): boolean {
  return status === "writing" || status === "written";
}

/** The files of a run according to its events: the streamed text of each, and what was applied. */
export class FollowedFiles {
  readonly #texts = new Map<string, TextStream>();
  readonly #edits = new Map<string, EditFragments>();
  /** What of a file was applied, before what streams in now. */
  readonly #appliedLines = new Map<string, LineSums>();
  readonly #drafts = new FileDrafts();
  #files = new Map<string, RunFileView>();

  /** In the order in which they were begun. */
  get views(): RunFileView[] {
    return [...this.#files.values()];
  }

  /** The text of a file as it streams in; provisional until the file is done. */
  text(path: string): TextStream {
    const stream = this.#texts.get(path) ?? new TextStream();
    this.#texts.set(path, stream);
    return stream;
  }

  /** The places of a file that its edits replace, of the newest call that was made for it. */
  edits(path: string): readonly EditFragment[] {
    return this.#edits.get(path)?.fragments ?? [];
  }

  /**
   * The run's changes to a file since the parent, so far. For a file that is being written, they include the current
   * call.
   */
  operations(path: string): ChangeOperation[] {
    return this.#drafts.list(path);
  }

  /** A resumed run reports its earlier files again, and their lines must not be counted twice. */
  beginAttempt(): void {
    this.#files = new Map();
    this.#appliedLines.clear();
    this.#drafts.dropOpen();
  }

  start({ path: named, operation, destination }: FileEvent<"file.started">): void {
    const path = destination ?? named;
    const before = this.#files.get(path);
    const text = this.text(path);
    if (operation === "edit" && before?.status === "done") text.append("\n");
    else text.reset();
    this.#edits.set(path, new EditFragments());
    this.#drafts.start({ path: named, operation, destination });
    this.#endWriting();
    if (destination !== undefined) this.#move({ from: named, to: destination });
    this.#change({ path, operation, change: { status: "writing", problem: null } });
  }

  append({ path, delta, isOld: old }: FileEvent<"file.delta">): void {
    const isOld = old === true;
    this.#drafts.append({ path, delta, isOld });
    this.#appendToEdits({ path, delta, isOld });
    if (isOld) return;
    const text = this.text(path);
    text.append(delta);
    const file = this.#files.get(path);
    if (file?.operation === "write" && isUnapplied(file)) this.#files.set(path, { ...file, additions: text.lineCount });
  }

  finish({ path, operation, additions, deletions }: FileEvent<"file.done">): void {
    if (operation === "move") this.#renameMoved(path);
    this.#drafts.apply(path);
    const earlier = operation === "write" ? noLines : (this.#appliedLines.get(path) ?? noLines);
    const sums = addSums(earlier, { additions, deletions });
    this.#appliedLines.set(path, sums);
    this.#change({ path, operation, change: { status: "done", problem: null, ...sums } });
  }

  fail({ path: named, operation, message }: FileEvent<"file.failed">): void {
    // A move is listed under its destination, but its failure is reported under its source.
    const moved = [...this.#files.values()].find((file) => file.previousPath === named && isUnapplied(file));
    const path = operation === "move" && moved !== undefined ? moved.path : named;
    this.#drafts.refuse(named);
    this.#change({ path, operation, change: { status: "failed", problem: message } });
  }

  stopUnapplied(): void {
    this.#drafts.dropOpen();
    for (const [path, file] of this.#files)
      if (isUnapplied(file)) this.#files.set(path, { ...file, status: "stopped" });
  }

  #change({ path, operation, change }: { path: string; operation: FileOperation; change: Partial<RunFileView> }): void {
    const file = this.#files.get(path) ?? {
      path,
      operation,
      status: "writing",
      additions: 0,
      deletions: 0,
      problem: null,
    };
    this.#files.set(path, { ...file, operation, ...change });
  }

  /** A model writes one file after the other: when the next begins, the one before is complete. */
  #endWriting(): void {
    for (const [path, file] of this.#files)
      if (file.status === "writing") this.#files.set(path, { ...file, status: "written" });
  }

  #appendToEdits({ path, delta, isOld }: { path: string; delta: string; isOld: boolean }): void {
    const file = this.#files.get(path);
    const edits = this.#edits.get(path);
    if (file?.operation !== "edit" || edits === undefined || !isUnapplied(file)) return;
    edits.append({ delta, isOld });
    const sums = addSums(this.#appliedLines.get(path) ?? noLines, edits.count());
    this.#files.set(path, { ...file, ...sums });
  }

  #move({ from, to }: { from: string; to: string }): void {
    const file = this.#files.get(from);
    this.#files.delete(from);
    const lines = this.#appliedLines.get(from);
    if (lines !== undefined) this.#appliedLines.set(to, lines);
    this.#files.set(to, {
      path: to,
      operation: "move",
      status: "writing",
      additions: file?.additions ?? 0,
      deletions: file?.deletions ?? 0,
      problem: null,
      previousPath: file?.previousPath ?? from,
    });
  }

  /**
   * For older runs, whose events have no destination: a move starts under its source and ends under its destination.
   */
  #renameMoved(path: string): void {
    if (this.#files.has(path)) return;
    const file = [...this.#files.values()].find((each) => each.operation === "move" && isUnapplied(each));
    if (file === undefined) return;
    this.#files.delete(file.path);
    this.#files.set(path, { ...file, path, previousPath: file.previousPath ?? file.path });
  }
}
