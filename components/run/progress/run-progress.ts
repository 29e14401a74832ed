import { readContextReceipt, type ContextReceipt } from "#lib/contracts/runs/context-receipt.ts";
import type { LedgerCounts } from "#lib/contracts/versions/ledger.ts";
import type { ModelUsage } from "#lib/contracts/model.ts";
import { noUsage } from "#lib/contracts/runs/no-usage.ts";
import type { RunEvent, StoredRunEvent } from "#lib/contracts/runs/run-event.ts";
import { insertStage, stageNames, type StageName } from "#lib/contracts/runs/run-state.ts";
import type { RunMode } from "#lib/contracts/runs/run.ts";
import { TextStream } from "../texts/text-stream.ts";
import { followChecks, noFollowedChecks, type FollowedChecks } from "./followed-checks.ts";
import { FollowedFiles, type RunFileView } from "./followed-files.ts";

export type StageView = {
  name: StageName;
  status: "pending" | "running" | "done" | "failed";
  /** ISO 8601; set while the stage runs. */
  startedAt: string | null;
  /** The total duration of ended visits, because a repair repeats writing and merging. */
  durationMs: number;
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
  lookups: readonly string[];
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
  /** What the usage does not include yet: calls in progress, and the estimated tokens of the answer so far. */
  draft: { calls: number; tokens: number };
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
  lookups: string[];
  checks: Map<string, CheckView>;
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
    lookups: [],
    checks: new Map(),
  };
}

/** The server's estimate for its requests. */
const charactersPerToken = 4;

/**
 * Processes a run's events one by one. Mutable, because a run can have tens of thousands of events; `toView` creates an
 * immutable snapshot for many events at once.
 */
export class RunProgress {
  /** The model's text beside its changes. Models without tools write their files here. */
  readonly modelText = new TextStream();
  /** The streaming plan. */
  readonly planText = new TextStream();
  readonly files = new FollowedFiles();
  #attempt = beginAttempt();
  #lastSequence = 0;
  #model: string | null = null;
  #attemptNumber = 0;
  #usage: ModelUsage = noUsage;
  /** Of the answer that is still streaming. */
  #streamedCharacters = 0;
  #callCount = 0;
  #notice: RunView["notice"] = null;
  #isCancelRequested = false;
  #queueChanges = 0;
  #startedAt: string | null = null;
  #end: RunEnd | null = null;
  #endedAt: string | null = null;

  get lastSequence(): number {
    return this.#lastSequence;
  }

  /** Takes the next event. One that was seen already, as after a reconnection, changes nothing. */
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
        this.#callCount += 1;
        // What a model says before it looks once more is no part of its answer.
        if (this.#attempt.stages.get("answer-question")?.status === "running") this.modelText.reset();
        break;
      case "started":
        this.#model = event.model;
        this.#attemptNumber = event.attempt;
        this.#startedAt ??= at;
        // A resumed run reports earlier steps again; they must not be counted twice.
        this.#attempt = beginAttempt();
        this.files.beginAttempt();
        this.planText.reset();
        this.#streamedCharacters = 0;
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
        this.#streamedCharacters += event.delta.length;
        break;
      case "plan":
        this.#attempt.plan = event.items;
        break;
      case "model.looked":
        this.#attempt.lookups.push(event.text);
        break;
      case "model.text":
        this.#clearRetryNotice();
        this.modelText.append(event.delta);
        this.#streamedCharacters += event.delta.length;
        break;
      case "file.started":
        this.#clearRetryNotice();
        this.files.start(event);
        break;
      case "file.delta":
        this.files.append(event);
        this.#streamedCharacters += event.delta.length;
        break;
      case "file.done":
        this.files.finish(event);
        break;
      case "file.failed":
        this.files.fail(event);
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
        this.#streamedCharacters = 0;
        break;
      case "retrying":
        this.files.stopUnapplied();
        this.modelText.reset();
        this.planText.reset();
        this.#streamedCharacters = 0;
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
        this.files.stopUnapplied();
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
    const { stages, lookups, checks, ...attempt } = this.#attempt;
    return {
      ...attempt,
      lastSequence: this.#lastSequence,
      model: this.#model,
      attempt: this.#attemptNumber,
      stages: [...stages.values()],
      lookups: [...lookups],
      checks: [...checks.values()],
      files: this.files.views,
      usage: this.#usage,
      draft: { calls: this.#callCount, tokens: Math.ceil(this.#streamedCharacters / charactersPerToken) },
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

  /** The stage of the checks came to its end, and what they found ended the run. */
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
    this.files.stopUnapplied();
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
