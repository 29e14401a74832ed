import type { ModelUsage } from "#lib/contracts/model.ts";
import { noUsage } from "#lib/contracts/runs/no-usage.ts";
import type { RunEvent, StoredRunEvent } from "#lib/contracts/runs/run-event.ts";
import { TextStream } from "../texts/text-stream.ts";
import { FollowedAttempt, type AttemptView } from "./followed/followed-attempt.ts";
import { FollowedFiles, type RunFileView } from "./followed/followed-files.ts";

export type RunEnd = Extract<
  RunEvent,
  { type: "succeeded" | "needs.review" | "answered" | "planned" | "failed" | "cancelled" }
>;

/** The state of a run's screen, derived from its events alone. */
export type RunView = AttemptView & {
  /** 0 before the first event. */
  lastSequence: number;
  model: string | null;
  attempt: number;
  /** In the order in which they were started. */
  files: readonly RunFileView[];
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
  #attempt = new FollowedAttempt();
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
    this.#attempt.apply({ at, event });
    switch (event.type) {
      case "base.chosen":
      case "queue.stopped":
      case "queue.moved":
      case "prompt.edited":
        this.#queueChanges += 1;
        break;
      case "turn.started":
        this.#callCount += 1;
        // What a model says before it looks once more is no part of its answer.
        if (this.#attempt.isIn("answer-question")) this.modelText.reset();
        break;
      case "started":
        this.#model = event.model;
        this.#attemptNumber = event.attempt;
        this.#startedAt ??= at;
        // A resumed run reports earlier steps again; they must not be counted twice.
        this.#attempt = new FollowedAttempt();
        this.files.beginAttempt();
        this.planText.reset();
        this.#streamedCharacters = 0;
        if (this.#notice?.type === "waiting") this.#notice = null;
        break;
      case "stage.started":
        this.#clearRetryNotice();
        break;
      case "plan.delta":
        this.#clearRetryNotice();
        this.planText.append(event.delta);
        this.#streamedCharacters += event.delta.length;
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
        this.#end = event;
        this.#endedAt = at;
        this.#notice = null;
        this.files.stopUnapplied();
        break;
    }
  }

  toView(): RunView {
    return {
      ...this.#attempt.toView(),
      lastSequence: this.#lastSequence,
      model: this.#model,
      attempt: this.#attemptNumber,
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
}
