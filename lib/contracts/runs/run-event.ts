import type { ContextReceipt } from "./context-receipt.ts";
import type { FileOperation } from "./file-operation.ts";
import type { FilePath, GenerationId, RunId } from "../ids.ts";
import type { LedgerCounts } from "../versions/ledger.ts";
import type { ModelUsage } from "../model.ts";
import type { RunCandidate, RunFailure, RunMode } from "./run.ts";
import type { RunStatus, StageName } from "./run-state.ts";
import type { CandidateCheck } from "../versions/check.ts";
import type { CheckStatus, ValidationIssue } from "../versions/validation.ts";

export type JudgedCheck = Pick<
  CandidateCheck,
  "name" | "status" | "againstParent" | "newFailureCount" | "durationMs" | "reason" | "isHolding"
> & { flakyCount: number };

/** The events that a run reports while it works. Append-only; every view of a run is derived from them. */
export type RunEvent =
  | { type: "queued" }
  | { type: "started"; model: string; attempt: number }
  | { type: "mode.chosen"; mode: RunMode; reason: string }
  | { type: "stage.started"; stage: StageName }
  | { type: "stage.done"; stage: StageName; durationMs: number }
  | { type: "context.loaded"; parentFileCount: number; receipt: ContextReceipt }
  | { type: "schema.extracted"; entities: number; routes: number }
  /** Plan text that arrived since the last event. */
  | { type: "plan.delta"; delta: string }
  | { type: "plan"; items: string[] }
  | { type: "turn.started"; turn: number }
  /** A read, list or search by the model, in words. */
  | { type: "model.looked"; text: string }
  | { type: "model.text"; delta: string }
  /** `destination`: the new path of a moved file. Older runs have none. */
  | { type: "file.started"; path: string; operation: FileOperation; destination?: string }
  /**
   * Text that arrived for a file since the last event, at most ten events a second. `isOld`: the text that an edit
   * replaces.
   */
  | { type: "file.delta"; path: string; delta: string; isOld?: true }
  | { type: "file.done"; path: FilePath; operation: FileOperation; additions: number; deletions: number }
  | { type: "file.failed"; path: string; operation: FileOperation; code: string; message: string }
  | { type: "repair.started"; round: number; reasons: string[] }
  | { type: "merged"; counts: LedgerCounts }
  | { type: "validated"; issueCount: number }
  /** One check of a result. Older runs do not have this event. `issues` are the first of `issueCount`. */
  | {
      type: "check.done";
      check: string;
      status: CheckStatus;
      durationMs: number;
      issueCount: number;
      issues: ValidationIssue[];
    }
  /**
   * The project's checks of the candidate are scheduled. `parentNames` are checks that run on the parent first, because
   * it has no result.
   */
  | { type: "checks.queued"; names: string[]; parentNames: string[] }
  /** One of them started or ended. `reason`: why it could not run, or the limit that ended it. */
  | {
      type: "project.check";
      name: string;
      status: "running" | CandidateCheck["status"];
      durationMs?: number;
      reason?: string;
    }
  /** All of them ended and were compared with the parent's. */
  | { type: "checks.judged"; checks: JudgedCheck[] }
  | { type: "usage"; usage: ModelUsage }
  | { type: "retrying"; code: string; message: string; afterMs: number }
  /** Requeued until the provider answers again, at an ISO 8601 time; `attempt` is the number of the next attempt. */
  | { type: "waiting"; code: string; until: string; attempt: number; maxAttempts: number }
  | { type: "worker.lost"; attempt: number }
  | { type: "cancel.requested" }
  /** A queued run got its parent: the version of the run before it, or one that the user chose. */
  | { type: "base.chosen"; parentGenerationId: GenerationId }
  /**
   * The run that this one is queued behind ended without a version. This one keeps waiting until the user chooses a
   * parent.
   */
  | { type: "queue.stopped"; afterRunId: RunId; status: RunStatus }
  | { type: "queue.moved" }
  | { type: "prompt.edited"; previousPrompt: string }
  | {
      type: "succeeded";
      generationId: GenerationId;
      version: number;
      counts: LedgerCounts;
      isBranch: boolean;
      summary: string;
    }
  | { type: "needs.review"; candidate: RunCandidate; reason: string }
  /** A question was answered; the answer is stored on the run. */
  | { type: "answered" }
  /** A plan waits for the user to accept it. */
  | { type: "planned" }
  | { type: "failed"; failure: RunFailure }
  | { type: "cancelled"; finishedPaths: FilePath[] };

/** `sequence` starts at 1 and has no gaps within a run. */
export type StoredRunEvent = { sequence: number; at: string; event: RunEvent };

const endTypes: ReadonlySet<RunEvent["type"]> = new Set([
  "succeeded",
  "needs.review",
  "answered",
  "planned",
  "failed",
  "cancelled",
]);

/** True for the last event of a run. */
export function isEndOfRun(event: RunEvent): boolean {
  return endTypes.has(event.type);
}
