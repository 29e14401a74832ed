import type { ChangeOperation } from "#lib/contracts/change-set.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import type { OperationFailure } from "#server/core/change-set/operation-failure.ts";
import { decodeText } from "#server/core/file-content.ts";
import { comparePaths } from "#server/core/file-tree.ts";
import type { FileContents, FileEntry, FileTree } from "#server/core/file-tree.ts";
import { applyOperation, findEntry, hashesNeededBy, listPaths, markSeen, openWorkingTree } from "#server/core/merge/working-tree.ts";
import type { WorkingTree } from "#server/core/merge/working-tree.ts";
import type { GenerationStore } from "./ports.ts";

export type AppliedChange = { path: FilePath; additions: number; deletions: number };

export type ApplyResult = { status: "applied"; change: AppliedChange } | { status: "failed"; failures: OperationFailure[] };

/** The change that a failed operation asked for is there already, or it asked for none: nothing is left to mend. */
const harmlessCodes: ReadonlySet<OperationFailure["code"]> = new Set(["ALREADY_APPLIED", "NO_CHANGE"]);

/**
 * What the model works on: the parent with the operations that succeeded so far, contents read when they are needed.
 * Failures stay until a later operation on the same path succeeds.
 */
export class Workspace {
  readonly #generations: GenerationStore;
  readonly #operations: ChangeOperation[] = [];
  readonly #unresolved = new Map<string, OperationFailure[]>();
  readonly #outOfScope: OperationFailure[] = [];
  readonly #changedPaths = new Set<FilePath>();
  #tree: WorkingTree;

  constructor({
    parent,
    seen,
    scopeInclude,
    generations,
  }: {
    parent: FileTree;
    seen: ReadonlySet<ContentHash>;
    scopeInclude: string[] | null;
    generations: GenerationStore;
  }) {
    this.#generations = generations;
    this.#tree = openWorkingTree({ parent, seen, scopeInclude });
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

  get outOfScope(): OperationFailure[] {
    return [...this.#outOfScope];
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

  async apply(operation: ChangeOperation): Promise<ApplyResult> {
    const contents = await this.#generations.loadContents(hashesNeededBy({ workingTree: this.#tree, operation }));
    const result = applyOperation({ workingTree: this.#tree, operation, operationIndex: this.#operations.length, contents });
    const path = operation.type === "move" ? operation.source : operation.path;
    if (result.status === "failed") {
      const outOfScope = result.failures.filter(({ code }) => code === "OUT_OF_SCOPE");
      this.#outOfScope.push(...outOfScope);
      const blocking = result.failures.filter(({ code }) => code !== "OUT_OF_SCOPE" && !harmlessCodes.has(code));
      if (blocking.length > 0) this.#unresolved.set(path, blocking);
      return { status: "failed", failures: result.failures };
    }
    this.#tree = result.workingTree;
    this.#operations.push(operation);
    this.#unresolved.delete(path);
    this.#unresolved.delete(result.path);
    this.#changedPaths.add(result.path);
    return { status: "applied", change: { path: result.path, additions: result.additions, deletions: result.deletions } };
  }

  /** The bytes of a file as it stands; null where there is none. */
  async read(path: FilePath): Promise<Uint8Array | null> {
    const entry = this.find(path);
    return entry === undefined ? null : ((await this.readAll([entry])).get(entry.contentHash) ?? null);
  }

  async readAll(entries: FileEntry[]): Promise<FileContents> {
    const own = this.#tree.newContents;
    const stored = await this.#generations.loadContents(entries.map(({ contentHash }) => contentHash).filter((hash) => !own.has(hash)));
    return new Map([...stored, ...entries.flatMap(({ contentHash }) => (own.has(contentHash) ? [[contentHash, own.get(contentHash) ?? new Uint8Array()] as const] : []))]);
  }

  /** Notes that the model has been shown the whole of a file as it stands, and gives its text; null where it is not text. */
  async readWhole(path: FilePath): Promise<string | null> {
    const bytes = await this.read(path);
    const text = bytes === null ? null : decodeText(bytes);
    if (text !== null) this.#tree = markSeen({ workingTree: this.#tree, path });
    return text;
  }
}
