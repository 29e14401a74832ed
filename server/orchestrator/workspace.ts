import type { ChangeOperation } from "#lib/contracts/change-set.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import type { OperationFailure } from "#server/core/change-set/operation-failure.ts";
import { decodeText } from "#server/core/file-content.ts";
import { comparePaths, type FileContents, type FileEntry } from "#server/core/file-tree.ts";
import {
  applyOperation,
  findEntry,
  hashesNeededBy,
  knownPaths,
  listPaths,
  markSeen,
  type WorkingTree,
} from "#server/core/merge/working-tree.ts";
import { resolveExistingPath, type ResolvedPath } from "#server/core/merge/resolve-path.ts";
import { loadStandingContents } from "./load-standing-contents.ts";
import type { GenerationStore } from "./ports.ts";

export type AppliedChange = { path: FilePath; additions: number; deletions: number };

export type ApplyResult =
  | { status: "applied"; change: AppliedChange }
  | { status: "failed"; failures: OperationFailure[] };

/** The change that a failed operation asked for is there already, or it asked for none: nothing is left to mend. */
const harmlessCodes: ReadonlySet<OperationFailure["code"]> = new Set(["ALREADY_APPLIED", "NO_CHANGE"]);

/** An operation outside the run's scope, with the reason why it was not applied. */
export type ProposedOperation = { operation: ChangeOperation; reason: string };

/** The rounds of edits that one file gets before the model is asked to write it whole. */
const maxFailedEdits = 4;

/** Writing a longer file anew costs more, and loses more, than it mends. */
const maxWholeFileLines = 400;

/**
 * What the model works on: the parent with the operations that succeeded so far, contents read when they are needed.
 * Failures stay until a later operation on the same path succeeds.
 */
export class Workspace {
  readonly #generations: GenerationStore;
  readonly #operations: ChangeOperation[] = [];
  readonly #unresolved = new Map<string, OperationFailure[]>();
  readonly #elided = new Map<string, ChangeOperation>();
  readonly #outOfScope: ProposedOperation[] = [];
  readonly #failedEdits = new Map<FilePath, { count: number; last: string }>();
  readonly #wholeFilePaths = new Set<FilePath>();
  readonly #changedPaths = new Set<FilePath>();
  #tree: WorkingTree;

  constructor({ start, generations }: { start: WorkingTree; generations: GenerationStore }) {
    this.#generations = generations;
    this.#tree = start;
  }

  get operations(): ChangeOperation[] {
    return [...this.#operations];
  }

  get seen(): ReadonlySet<ContentHash> {
    return this.#tree.seen;
  }

  get unresolved(): OperationFailure[] {
    return [...this.#unresolved.values()].flat();
  }

  /** Operations that would write a placeholder over code: never applied by a run, but a person may have to see them. */
  get elided(): ChangeOperation[] {
    return [...this.#elided.values()];
  }

  get outOfScope(): ProposedOperation[] {
    return [...this.#outOfScope];
  }

  get wholeFilePaths(): FilePath[] {
    return [...this.#wholeFilePaths];
  }

  get changedPaths(): FilePath[] {
    return [...this.#changedPaths];
  }

  /** All files as they stand, sorted by path. */
  listFiles(): [FilePath, FileEntry][] {
    return listPaths(this.#tree)
      .sort(comparePaths)
      .flatMap((path) => {
        const entry = this.find(path);
        return entry === undefined ? [] : [[path, entry] as [FilePath, FileEntry]];
      });
  }

  find(path: FilePath): FileEntry | undefined {
    return findEntry({ workingTree: this.#tree, path });
  }

  /** The file that a model means by a path, found as an edit finds it. */
  resolve(text: string): ResolvedPath {
    return resolveExistingPath({ text, paths: knownPaths(this.#tree) });
  }

  async apply(operation: ChangeOperation): Promise<ApplyResult> {
    const contents = await this.#generations.loadContents(hashesNeededBy({ workingTree: this.#tree, operation }));
    const result = applyOperation({
      workingTree: this.#tree,
      operation,
      operationIndex: this.#operations.length,
      contents,
    });
    const path = operation.type === "move" ? operation.source : operation.path;
    if (result.status === "failed") {
      const [outOfScope] = result.failures.filter(({ code }) => code === "OUT_OF_SCOPE");
      if (outOfScope !== undefined) this.#outOfScope.push({ operation, reason: outOfScope.message });
      const blocking = result.failures.filter(({ code }) => code !== "OUT_OF_SCOPE" && !harmlessCodes.has(code));
      if (blocking.length === 0) return { status: "failed", failures: result.failures };
      const failures =
        operation.type === "edit" ? await this.#askForWholeFile({ operation, failures: blocking }) : blocking;
      this.#unresolved.set(path, failures);
      if (blocking.every(({ code }) => code === "ELISION")) this.#elided.set(path, operation);
      else this.#elided.delete(path);
      return { status: "failed", failures };
    }
    this.#tree = result.workingTree;
    this.#operations.push(operation);
    for (const mended of [path, result.path]) {
      this.#unresolved.delete(mended);
      this.#elided.delete(mended);
    }
    this.#changedPaths.add(result.path);
    return {
      status: "applied",
      change: { path: result.path, additions: result.additions, deletions: result.deletions },
    };
  }

  /**
   * Edits that fail again and again, or twice in the same way, will not fit the next time either: the model is shown a
   * small file whole and asked to write it whole.
   */
  async #askForWholeFile({
    operation,
    failures,
  }: {
    operation: Extract<ChangeOperation, { type: "edit" }>;
    failures: OperationFailure[];
  }): Promise<OperationFailure[]> {
    const [first] = failures;
    const path = first?.path as FilePath;
    if (first === undefined || this.find(path) === undefined) return failures;
    const known = this.#failedEdits.get(path);
    const failed = { count: (known?.count ?? 0) + 1, last: JSON.stringify(operation.edits) };
    this.#failedEdits.set(path, failed);
    if (failed.count < maxFailedEdits && known?.last !== failed.last) return failures;
    const bytes = await this.read(path);
    const text = bytes === null ? null : decodeText(bytes);
    if (text === null || text.split("\n").length > maxWholeFileLines) return failures;
    this.#tree = markSeen({ workingTree: this.#tree, path });
    this.#wholeFilePaths.add(path);
    return [
      {
        ...first,
        report: `${path}: the edits of this file keep failing. Send no more edits of it: write the whole file, every line of it, with the change. The file as it stands:\n${text}`,
      },
    ];
  }

  /** The bytes of a file as it stands; null where there is none. */
  async read(path: FilePath): Promise<Uint8Array | null> {
    const entry = this.find(path);
    return entry === undefined ? null : ((await this.readAll([entry])).get(entry.contentHash) ?? null);
  }

  async readAll(entries: FileEntry[]): Promise<FileContents> {
    return loadStandingContents({
      workingTree: this.#tree,
      generations: this.#generations,
      hashes: entries.map(({ contentHash }) => contentHash),
    });
  }

  /**
   * Notes that the model has been shown the whole of a file as it stands, and gives its text; null where it is not
   * text.
   */
  async readWhole(path: FilePath): Promise<string | null> {
    const bytes = await this.read(path);
    const text = bytes === null ? null : decodeText(bytes);
    if (text !== null) this.#tree = markSeen({ workingTree: this.#tree, path });
    return text;
  }
}
