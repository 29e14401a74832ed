import type { SkippedEdit } from "#server/core/edits/skipped-edit.ts";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import type { RunProposals } from "#lib/contracts/runs/proposal.ts";
import type { UnreadableProposal } from "#server/core/change-set/codecs/text-proposal.ts";
import type { OperationFailure } from "#server/core/change-set/operation-failure.ts";
import { readEncodedText } from "#server/core/text-encoding.ts";
import { comparePaths, type FileContents, type FileEntry } from "#server/core/file-tree.ts";
import { applyOperation, hashesNeededBy } from "#server/core/merge/operations/apply-operation.ts";
import { findEntry, knownPaths, listPaths, markSeen, type WorkingTree } from "#server/core/merge/working-tree.ts";
import { resolveExistingPath, resolveNamedPath, type ResolvedPath } from "#server/core/merge/resolve-path.ts";
import { AppliedChanges } from "#server/core/proposals/applied-changes.ts";
import { ProposalLedger } from "#server/core/proposals/proposal-ledger.ts";
import { listNamedPaths, type Proposal } from "#server/core/proposals/proposal.ts";
import { summarizeProposals } from "#server/core/proposals/summarize-proposals.ts";
import { refuseWithheld } from "#server/core/secrets/refuse-withheld.ts";
import { loadCurrentContents } from "./context/load-current-contents.ts";
import type { GenerationStore } from "./ports.ts";

type AppliedChange = { path: FilePath; additions: number; deletions: number };

/** `unchanged`: the requested change is already there, or nothing was requested. */
type ApplyResult =
  | { status: "applied"; change: AppliedChange; skipped: readonly SkippedEdit[] }
  | { status: "unchanged"; reason: string }
  | { status: "failed"; failures: OperationFailure[] };

/** How a change was sent: by a tool, or written as text. */
type ProposalOrigin = Pick<Proposal, "source" | "name">;

const harmlessCodes: ReadonlySet<OperationFailure["code"]> = new Set(["NO_CHANGE", "ALREADY_APPLIED"]);

/** An operation outside the run's scope, with the reason why it was not applied. */
export type ProposedOperation = { operation: ChangeOperation; reason: string };

/** The number of edit rounds per file before the model is asked to write it whole. */
const maxFailedEdits = 4;

/** The ledger's name for a part of the request without any change. */
const notDoneName = "not done:";

/** Rewriting a longer file costs more, and loses more, than it fixes. */
const maxWholeFileLines = 400;

/**
 * The model's working state: the parent with the applied operations, whose contents are read on demand, and the ledger
 * of all proposals.
 */
export class Workspace {
  readonly #generations: GenerationStore;
  readonly #operations: ChangeOperation[] = [];
  readonly #proposals = new ProposalLedger();
  readonly #applied = new AppliedChanges();
  readonly #outOfScope: ProposedOperation[] = [];
  readonly #failedEdits = new Map<FilePath, { count: number; last: string }>();
  readonly #wholeFilePaths = new Set<FilePath>();
  readonly #notDone = new Set<string>();
  readonly #withheld: Set<string>;
  #tree: WorkingTree;

  constructor({
    start,
    generations,
    withheld = [],
  }: {
    start: WorkingTree;
    generations: GenerationStore;
    /** Files with secrets that the model is not shown. */
    withheld?: Iterable<FilePath>;
  }) {
    this.#generations = generations;
    this.#withheld = new Set(withheld);
    this.#tree = start;
  }

  get operations(): ChangeOperation[] {
    return [...this.#operations];
  }

  get seen(): ReadonlySet<ContentHash> {
    return this.#tree.seen;
  }

  /** Everything that the model sent, with its outcome. */
  get proposals(): RunProposals {
    return summarizeProposals(this.#proposals);
  }

  /** Why open proposals were not applied. */
  get unresolved(): OperationFailure[] {
    return this.#proposals.open.flatMap(({ failures }) => failures);
  }

  /** Operations that would write a placeholder over code: never applied by a run, but possibly shown to the user. */
  get elided(): ChangeOperation[] {
    return this.#proposals.open.flatMap(({ proposal: { operation }, failures }) =>
      operation !== null && failures.every(({ code }) => code === "ELISION") ? [operation] : [],
    );
  }

  get outOfScope(): ProposedOperation[] {
    return [...this.#outOfScope];
  }

  get wholeFilePaths(): FilePath[] {
    return [...this.#wholeFilePaths];
  }

  /** All current files, sorted by path. */
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

  /** Resolves a path as an edit does. */
  resolve(text: string): ResolvedPath {
    return resolveExistingPath({ text, paths: knownPaths(this.#tree) });
  }

  /** Marks the start of the model's next turn: from here on the model knows what was not applied. */
  beginTurn(): void {
    this.#proposals.beginTurn();
  }

  /** Applies a change and records its outcome in the ledger. A change that was applied before is a repetition. */
  async apply(operation: ChangeOperation, origin: ProposalOrigin = textOrigin(operation)): Promise<ApplyResult> {
    const proposal: Proposal = {
      ...origin,
      type: operation.type,
      paths: listNamedPaths(operation).map((text) => this.#resolveOrKeep({ text, type: operation.type })),
      operation,
    };
    const path = proposal.paths[0] ?? "";
    const hash = this.find(path as FilePath)?.contentHash ?? null;
    const fresh = this.#applied.withoutRepetitions({ operation, path, hash });
    if (fresh === null) {
      const reason = `${path}: the same change was applied before.`;
      this.#proposals.recordWithoutEffect({ proposal, reason });
      return { status: "unchanged", reason };
    }
    const contents = await this.#generations.loadContents(
      hashesNeededBy({ workingTree: this.#tree, operation: fresh }),
    );
    const operationIndex = this.#operations.length;
    const refusal = refuseWithheld({ operation: fresh, path, operationIndex, withheld: this.#withheld });
    const result =
      refusal === null
        ? applyOperation({ workingTree: this.#tree, operation: fresh, operationIndex, contents })
        : { status: "failed" as const, failures: [refusal] };
    if (result.status === "failed") return this.#refuse({ proposal, operation: fresh, failures: result.failures });
    this.#tree = result.workingTree;
    this.#operations.push(fresh);
    if (fresh.type === "move" && this.#withheld.has(path)) this.#withheld.add(result.path);
    this.#applied.add({ operation: fresh, path, hash });
    const skipped = result.skipped ?? [];
    this.#proposals.recordApplied({ proposal: { ...proposal, paths: [...proposal.paths, result.path] }, skipped });
    return {
      status: "applied",
      change: { path: result.path, additions: result.additions, deletions: result.deletions },
      skipped,
    };
  }

  /**
   * Records a change that is not applied because of its form: it stays open until another one makes it good.
   *
   * @param path as written; null if none could be read
   * @param operation set if the form says what it would do
   * @param content what it contains for a file, if no more is known
   * @param sent the complete original text
   * @param report what the model needs to send it again
   */
  refuseUnread({
    source,
    name,
    type,
    path,
    operation = null,
    content,
    sent,
    message,
    report,
  }: ProposalOrigin &
    Pick<Proposal, "type" | "content" | "sent"> & {
      path: string | null;
      operation?: ChangeOperation | null;
      message: string;
      report: string;
    }): OperationFailure {
    const failure: OperationFailure = {
      code: "UNREADABLE",
      path: path ?? "",
      operationIndex: this.#operations.length,
      message,
      report,
    };
    this.#proposals.recordOpen({
      proposal: {
        source,
        name,
        type,
        paths: path === null ? [] : [this.#resolveOrKeep({ text: path, type })],
        operation,
        content,
        sent,
      },
      failures: [failure],
    });
    return failure;
  }

  /**
   * Records a part of the request that the model says it did not do, in the user's words. It stays open whatever
   * follows, because no later change proves that it was done. A part that is named again is the same one.
   */
  leaveOpen({ part, source }: { part: string; source: Proposal["source"] }): void {
    if (this.#notDone.has(part)) return;
    this.#notDone.add(part);
    const proposal: Proposal = {
      source,
      name: notDoneName,
      type: null,
      paths: [],
      operation: null,
      content: part,
    };
    const message = `"${part}"`;
    const operationIndex = this.#operations.length;
    this.#proposals.recordOpen({
      proposal,
      failures: [{ code: "NOT_DONE", path: "", operationIndex, message, report: message }],
    });
  }

  /** Records an unreadable change of a text answer. */
  refuseText({ kind, path, toolName, reason, advice }: UnreadableProposal): OperationFailure {
    const name = toolName ?? (kind === "call" ? "call" : "block");
    const report = `${reason} ${advice}`;
    return this.refuseUnread({ source: "text", name, type: null, path, message: reason, report });
  }

  async #refuse({
    proposal,
    operation,
    failures,
  }: {
    proposal: Proposal;
    operation: ChangeOperation;
    failures: OperationFailure[];
  }): Promise<ApplyResult> {
    const reason = failures.map(({ message }) => message).join(" ");
    const outOfScope = failures.find(({ code }) => code === "OUT_OF_SCOPE");
    if (outOfScope !== undefined) {
      this.#outOfScope.push({ operation, reason: outOfScope.message });
      this.#proposals.recordRefused({ proposal, reason });
      return { status: "failed", failures };
    }
    if (failures.every(({ code }) => code === "NO_CHANGE")) {
      this.#proposals.recordWithoutEffect({ proposal, reason });
      return { status: "unchanged", reason };
    }
    if (failures.every(({ code }) => harmlessCodes.has(code))) {
      this.#proposals.recordPresent({ proposal, reason });
      return { status: "unchanged", reason };
    }
    const mayBeWrittenWhole = operation.type === "edit" && !this.#withheld.has(proposal.paths[0] ?? "");
    const told = mayBeWrittenWhole ? await this.#askForWholeFile({ operation, failures }) : failures;
    this.#proposals.recordOpen({ proposal: { ...proposal, operation }, failures: told });
    return { status: "failed", failures: told };
  }

  /** All current paths, sorted. */
  listFilePaths(): FilePath[] {
    return listPaths(this.#tree).sort(comparePaths);
  }

  #resolveOrKeep({ text, type }: { text: string; type: Proposal["type"] }): string {
    const paths = knownPaths(this.#tree);
    const resolved = type === "edit" ? resolveExistingPath({ text, paths }) : resolveNamedPath({ text, paths });
    return resolved.status === "valid" ? resolved.path : text;
  }

  /**
   * Edits that fail repeatedly, or twice in the same way, will not match the next time either: the model is shown a
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
    const text = bytes === null ? null : (readEncodedText(bytes)?.text ?? null);
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

  /** The current bytes of a file; null if there is none. */
  async read(path: FilePath): Promise<Uint8Array | null> {
    const entry = this.find(path);
    return entry === undefined ? null : ((await this.readAll([entry])).get(entry.contentHash) ?? null);
  }

  /** The current text of a file, and its text in the parent; null if there is none. */
  async readStates(named: string): Promise<{ now: string | null; before: string | null }> {
    const resolved = this.resolve(named);
    if (resolved.status !== "valid") return { now: null, before: null };
    const { path } = resolved;
    const bytes = await this.read(path);
    const parent = this.#tree.parent.get(path);
    const parentBytes =
      parent === undefined
        ? undefined
        : (await this.#generations.loadContents([parent.contentHash])).get(parent.contentHash);
    return {
      now: bytes === null ? null : (readEncodedText(bytes)?.text ?? null),
      before: parentBytes === undefined ? null : (readEncodedText(parentBytes)?.text ?? null),
    };
  }

  async readAll(entries: FileEntry[]): Promise<FileContents> {
    return loadCurrentContents({
      workingTree: this.#tree,
      generations: this.#generations,
      hashes: entries.map(({ contentHash }) => contentHash),
    });
  }

  /** Records that the model has been shown the whole current file, and returns its text; null if it is not text. */
  async readWhole(path: FilePath): Promise<string | null> {
    const bytes = await this.read(path);
    const text = bytes === null ? null : (readEncodedText(bytes)?.text ?? null);
    if (text !== null) this.#tree = markSeen({ workingTree: this.#tree, path });
    return text;
  }
}

function textOrigin(operation: ChangeOperation): ProposalOrigin {
  return { source: "text", name: operation.type };
}
