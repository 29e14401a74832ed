import { readContextReceipt, type ContextReceipt } from "#lib/contracts/runs/context-receipt.ts";
import type { LedgerCounts } from "#lib/contracts/versions/ledger.ts";
import { noUsage, type ModelUsage } from "#lib/contracts/model.ts";
import type { FileOperation } from "#lib/contracts/runs/file-operation.ts";
import type { RunEvent, StoredRunEvent } from "#lib/contracts/runs/run-event.ts";
import { insertStage, stageNames, type StageName } from "#lib/contracts/runs/run-state.ts";
import type { RunMode } from "#lib/contracts/runs/run.ts";
import { addSums, EditFragments, type EditFragment, type LineSums } from "../texts/edit-fragments.ts";
import { TextStream } from "../texts/text-stream.ts";
import { followChecks, noFollowedChecks, type FollowedChecks } from "./followed-checks.ts";

export type StageView = {
  name: StageName;
  status: "pending" | "running" | "done" | "failed";
  /** ISO 8601; set while the stage runs. */
  startedAt: string | null;
  /** The total duration of ended visits, because a repair repeats writing and merging. */
  durationMs: number;
};

export type RunFileView = {
  path: string;
  operation: FileOperation;
  /**
   * `written`: its text is complete, but the change is applied only when the model's answer is complete. `stopped`: the
   * answer ended, or the call is repeated, before it was applied.
   */
  status: "writing" | "written" | "done" | "failed" | "stopped";
  /** The source of a move. */
  previousPath?: string;
  /** Lines. Counted from the stream while the file is written, and from the change once it is applied. */
  additions: number;
  deletions: number;
  /** Why the last change to this file was refused. */
  problem: string | null;
};

export type RunEnd = Extract<
  RunEvent,
  { type: "succeeded" | "needs.review" | "answered" | "planned" | "failed" | "cancelled" }
>;

/** The state of a run's screen, derived from its events alone. */
export type RunView = {
  /** 0 before the first event. */
  lastSequence: number;
  model: string | null;
  attempt: number;
  mode: { name: RunMode; reason: string } | null;
  parentFileCount: number | null;
  receipt: ContextReceipt | null;
  codeSchema: { entities: number; routes: number } | null;
  stages: readonly StageView[];
  plan: readonly string[];
  /** What the model read, listed and searched, in words, oldest first. */
  looks: readonly string[];
  /** In the order in which they were started. */
  files: readonly RunFileView[];
  repair: { round: number; reasons: readonly string[] } | null;
  /** The model proposed changes outside the allowed files. */
  hasProposals: boolean;
  /** The last result of each check, in execution order; empty in an older run's log. */
  checks: readonly CheckView[];
  /** The project's own checks, if a new failure holds the result. */
  projectChecks: FollowedChecks;
  counts: LedgerCounts | null;
  usage: ModelUsage;
  notice:
    | { type: "retrying"; message: string; untilMs: number; pauseMs: number }
    | { type: "waiting"; untilMs: number; attempt: number; maxAttempts: number }
    | { type: "worker-lost"; attempt: number }
    | null;
  isCancelRequested: boolean;
  /** How often the request changed after it was submitted: its prompt, its parent, or its queue position. */
  queueChanges: number;
  startedAt: string | null;
  end: RunEnd | null;
  endedAt: string | null;
};

export type CheckView = Omit<Extract<RunEvent, { type: "check.done" }>, "type">;

type Attempt = Pick<
  RunView,
  | "mode"
  | "receipt"
  | "parentFileCount"
  | "codeSchema"
  | "plan"
  | "repair"
  | "hasProposals"
  | "counts"
  | "projectChecks"
> & {
  stages: Map<StageName, StageView>;
  looks: string[];
  checks: Map<string, CheckView>;
  files: Map<string, RunFileView>;
};

function beginAttempt(): Attempt {
  return {
    mode: null,
    receipt: null,
    parentFileCount: null,
    codeSchema: null,
    plan: [],
    repair: null,
    hasProposals: false,
    counts: null,
    projectChecks: noFollowedChecks,
    stages: new Map(stageNames.map((name) => [name, { name, status: "pending", startedAt: null, durationMs: 0 }])),
    looks: [],
    checks: new Map(),
    files: new Map(),
  };
}

function isUnapplied({ status }: RunFileView): boolean {
  return status === "writing" || status === "written";
}

const noLines: LineSums = { additions: 0, deletions: 0 };

/**
 * Processes a run's events one by one. Mutable, because a run can have tens of thousands of events; `toView` creates an
 * immutable snapshot for many events at once.
 */
export class RunProgress {
  /** The model's text beside its changes. Models without tools write their files here. */
  readonly modelText = new TextStream();
  /** The streaming plan. */
  readonly planText = new TextStream();
  readonly #fileTexts = new Map<string, TextStream>();
  readonly #fileEdits = new Map<string, EditFragments>();
  /** Changes of a file that were applied, before the one that streams now. */
  readonly #appliedLines = new Map<string, LineSums>();
  #attempt = beginAttempt();
  #lastSequence = 0;
  #model: string | null = null;
  #attemptNumber = 0;
  #usage: ModelUsage = noUsage;
  #notice: RunView["notice"] = null;
  #isCancelRequested = false;
  #queueChanges = 0;
  #startedAt: string | null = null;
  #end: RunEnd | null = null;
  #endedAt: string | null = null;

  get lastSequence(): number {
    return this.#lastSequence;
  }

  /** The streaming text of a file; provisional until the file is done. */
  fileText(path: string): TextStream {
    const stream = this.#fileTexts.get(path) ?? new TextStream();
    this.#fileTexts.set(path, stream);
    return stream;
  }

  /** The parts of a file that edits replace, of the latest call for it. */
  fileEdits(path: string): readonly EditFragment[] {
    return this.#fileEdits.get(path)?.fragments ?? [];
  }

  /** Applies the next event. A repeated one, for example after a reconnection, has no effect. */
  apply({ sequence, at, event }: StoredRunEvent): void {
    if (sequence <= this.#lastSequence) return;
    this.#lastSequence = sequence;
    switch (event.type) {
      case "queued":
      case "validated":
        break;
      case "base.chosen":
      case "queue.stopped":
      case "queue.moved":
      case "prompt.edited":
        this.#queueChanges += 1;
        break;
      case "turn.started":
        // Text before a further tool call is not part of the answer.
        if (this.#attempt.stages.get("answer-question")?.status === "running") this.modelText.reset();
        break;
      case "started":
        this.#model = event.model;
        this.#attemptNumber = event.attempt;
        this.#startedAt ??= at;
        // A resumed run reports earlier steps again; they must not be counted twice.
        this.#attempt = beginAttempt();
        this.#appliedLines.clear();
        this.planText.reset();
        if (this.#notice?.type === "waiting") this.#notice = null;
        break;
      case "mode.chosen":
        this.#attempt.mode = { name: event.mode, reason: event.reason };
        break;
      case "stage.started":
        this.#changeStage(event.stage, { status: "running", startedAt: at });
        this.#clearRetryNotice();
        break;
      case "stage.done":
        this.#changeStage(event.stage, {
          status: "done",
          startedAt: null,
          durationMs: (this.#attempt.stages.get(event.stage)?.durationMs ?? 0) + event.durationMs,
        });
        break;
      case "context.loaded":
        this.#attempt.parentFileCount = event.parentFileCount;
        this.#attempt.receipt = readContextReceipt(event.receipt);
        break;
      case "schema.extracted":
        this.#attempt.codeSchema = { entities: event.entities, routes: event.routes };
        break;
      case "plan.delta":
        this.#clearRetryNotice();
        this.planText.append(event.delta);
        break;
      case "plan":
        this.#attempt.plan = event.items;
        break;
      case "model.looked":
        this.#attempt.looks.push(event.text);
        break;
      case "model.text":
        this.#clearRetryNotice();
        this.modelText.append(event.delta);
        break;
      case "file.started":
        this.#clearRetryNotice();
        this.#startFile(event);
        break;
      case "file.delta":
        this.#appendToFile(event);
        break;
      case "file.done":
        this.#finishFile(event);
        break;
      case "file.failed":
        this.#changeFile({
          path: event.path,
          operation: event.operation,
          change: { status: "failed", problem: event.message },
        });
        this.#attempt.hasProposals ||= event.code === "OUT_OF_SCOPE";
        break;
      case "repair.started":
        this.#attempt.repair = { round: event.round, reasons: event.reasons };
        break;
      case "merged":
        this.#attempt.counts = event.counts;
        break;
      case "check.done": {
        const { type: _, ...check } = event;
        this.#attempt.checks.set(check.check, check);
        break;
      }
      case "checks.queued":
      case "project.check":
      case "checks.judged":
        this.#attempt.projectChecks = followChecks({ checks: this.#attempt.projectChecks, event, at });
        break;
      case "usage":
        this.#usage = event.usage;
        break;
      case "retrying":
        this.#stopUnappliedFiles();
        this.modelText.reset();
        this.planText.reset();
        this.#notice = {
          type: "retrying",
          message: event.message,
          untilMs: Date.parse(at) + event.afterMs,
          pauseMs: event.afterMs,
        };
        break;
      case "waiting":
        for (const { name, status } of this.#attempt.stages.values())
          if (status === "running") this.#changeStage(name, { status: "pending", startedAt: null });
        this.#stopUnappliedFiles();
        this.modelText.reset();
        this.#notice = {
          type: "waiting",
          untilMs: Date.parse(event.until),
          attempt: event.attempt,
          maxAttempts: event.maxAttempts,
        };
        break;
      case "worker.lost":
        this.#notice = { type: "worker-lost", attempt: event.attempt };
        break;
      case "cancel.requested":
        this.#isCancelRequested = true;
        break;
      case "succeeded":
      case "needs.review":
      case "answered":
      case "planned":
      case "failed":
      case "cancelled":
        this.#finish({ end: event, at });
        break;
    }
  }

  toView(): RunView {
    const { stages, looks, checks, files, ...attempt } = this.#attempt;
    return {
      ...attempt,
      lastSequence: this.#lastSequence,
      model: this.#model,
      attempt: this.#attemptNumber,
      stages: [...stages.values()],
      looks: [...looks],
      checks: [...checks.values()],
      files: [...files.values()],
      usage: this.#usage,
      notice: this.#notice,
      isCancelRequested: this.#isCancelRequested,
      queueChanges: this.#queueChanges,
      startedAt: this.#startedAt,
      end: this.#end,
      endedAt: this.#endedAt,
    };
  }

  #clearRetryNotice(): void {
    if (this.#notice?.type === "retrying") this.#notice = null;
  }

  #changeStage(name: StageName, change: Partial<StageView>): void {
    const { stages } = this.#attempt;
    const stage = stages.get(name) ?? { name, status: "pending", startedAt: null, durationMs: 0 };
    const changed = { ...stage, ...change };
    if (stages.has(name)) stages.set(name, changed);
    else this.#attempt.stages = new Map(insertStage([...stages.values()], changed).map((each) => [each.name, each]));
  }

  #changeFile({
    path,
    operation,
    change,
  }: {
    path: string;
    operation: FileOperation;
    change: Partial<RunFileView>;
  }): void {
    const file = this.#attempt.files.get(path) ?? {
      path,
      operation,
      status: "writing",
      additions: 0,
      deletions: 0,
      problem: null,
    };
    this.#attempt.files.set(path, { ...file, operation, ...change });
  }

  #startFile({ path, operation }: { path: string; operation: FileOperation }): void {
    const text = this.fileText(path);
    const isFurtherEdit = operation === "edit" && this.#attempt.files.get(path)?.status === "done";
    if (isFurtherEdit) text.append("\n");
    else text.reset();
    this.#fileEdits.set(path, new EditFragments());
    this.#endWriting();
    this.#changeFile({ path, operation, change: { status: "writing", problem: null } });
  }

  /** A model writes one file after another: when the next begins, the previous one is complete. */
  #endWriting(): void {
    for (const [path, file] of this.#attempt.files) {
      if (file.status === "writing") this.#attempt.files.set(path, { ...file, status: "written" });
    }
  }

  #appendToFile({ path, delta, isOld = false }: { path: string; delta: string; isOld?: boolean }): void {
    this.#appendToEdits({ path, delta, isOld });
    if (isOld) return;
    const text = this.fileText(path);
    text.append(delta);
    const file = this.#attempt.files.get(path);
    if (file?.operation === "write" && isUnapplied(file))
      this.#attempt.files.set(path, { ...file, additions: text.lineCount });
  }

  #appendToEdits({ path, delta, isOld }: { path: string; delta: string; isOld: boolean }): void {
    const file = this.#attempt.files.get(path);
    const edits = this.#fileEdits.get(path);
    if (file?.operation !== "edit" || edits === undefined || !isUnapplied(file)) return;
    edits.append({ delta, isOld });
    const sums = addSums(this.#appliedLines.get(path) ?? noLines, edits.count());
    this.#attempt.files.set(path, { ...file, ...sums });
  }

  #finishFile({ path, operation, additions, deletions }: Extract<RunEvent, { type: "file.done" }>): void {
    if (operation === "move") this.#renameMovedFile(path);
    const earlier = operation === "write" ? noLines : (this.#appliedLines.get(path) ?? noLines);
    const sums = addSums(earlier, { additions, deletions });
    this.#appliedLines.set(path, sums);
    this.#changeFile({ path, operation, change: { status: "done", problem: null, ...sums } });
  }

  /** A move starts under its old path and ends under its new one. */
  #renameMovedFile(path: string): void {
    if (this.#attempt.files.has(path)) return;
    for (const [oldPath, file] of this.#attempt.files) {
      if (file.operation !== "move" || !isUnapplied(file)) continue;
      this.#attempt.files.delete(oldPath);
      this.#attempt.files.set(path, { ...file, path, previousPath: oldPath });
      return;
    }
  }

  #stopUnappliedFiles(): void {
    for (const [path, file] of this.#attempt.files) {
      if (isUnapplied(file)) this.#attempt.files.set(path, { ...file, status: "stopped" });
    }
  }

  /** The check stage ended, and its findings ended the run. */
  #blameChecks(end: RunEnd): void {
    const isStopped = end.type === "failed" || end.type === "needs.review";
    if (isStopped && this.#attempt.projectChecks.items.some(({ judged }) => judged?.isHolding === true)) {
      this.#changeStage("run-checks", { status: "failed" });
      return;
    }
    const isBehind =
      this.#attempt.stages.get("validate-result")?.status === "done" &&
      this.#attempt.stages.get("store-generation")?.status === "pending";
    if (isStopped && isBehind && [...this.#attempt.checks.values()].some(({ status }) => status === "failed"))
      this.#changeStage("validate-result", { status: "failed" });
  }

  #finish({ end, at }: { end: RunEnd; at: string }): void {
    this.#end = end;
    this.#endedAt = at;
    this.#notice = null;
    this.#stopUnappliedFiles();
    this.#blameChecks(end);
    for (const stage of this.#attempt.stages.values()) {
      if (stage.status !== "running") continue;
      const elapsedMs = stage.startedAt === null ? 0 : Math.max(0, Date.parse(at) - Date.parse(stage.startedAt));
      this.#changeStage(stage.name, {
        status: end.type === "failed" || end.type === "cancelled" || end.type === "needs.review" ? "failed" : "done",
        startedAt: null,
        durationMs: stage.durationMs + elapsedMs,
      });
    }
  }
}
