import { readContextReceipt, type ContextReceipt } from "#lib/contracts/runs/context-receipt.ts";
import type { RunEvent } from "#lib/contracts/runs/run-event.ts";
import { insertStage, stageNames, type StageName } from "#lib/contracts/runs/run-state.ts";
import type { RunMode } from "#lib/contracts/runs/run.ts";
import type { LedgerCounts } from "#lib/contracts/versions/ledger.ts";
import { followChecks, noFollowedChecks, type FollowedChecks } from "./followed-checks.ts";

export type StageView = {
  name: StageName;
  status: "pending" | "running" | "done" | "failed";
  /** ISO 8601; set while the stage runs. */
  startedAt: string | null;
  /** The total duration of ended visits, because a repair repeats writing and merging. */
  durationMs: number;
};

export type CheckView = Omit<Extract<RunEvent, { type: "check.done" }>, "type">;

/** The part of a run's state that starts again with each attempt. */
export type AttemptView = {
  mode: { name: RunMode; reason: string } | null;
  parentFileCount: number | null;
  receipt: ContextReceipt | null;
  codeSchema: { entities: number; routes: number } | null;
  stages: readonly StageView[];
  plan: readonly string[];
  /** What the model read, listed and searched, in words, oldest first. */
  lookups: readonly string[];
  repair: { round: number; reasons: readonly string[] } | null;
  /** The model proposed changes outside the allowed files. */
  hasProposals: boolean;
  /** The last result of each check, in execution order; empty in an older run's log. */
  checks: readonly CheckView[];
  /** The project's own checks, if a new failure holds the result. */
  projectChecks: FollowedChecks;
  counts: LedgerCounts | null;
};

/**
 * The current attempt of a run according to its events: its stages and what they found. A resumed run reports earlier
 * steps again, so each attempt gets a new one, and nothing is counted twice.
 */
export class FollowedAttempt {
  #stages: Map<StageName, StageView> = new Map(stageNames.map((name) => [name, pendingStage(name)]));
  readonly #lookups: string[] = [];
  readonly #checks = new Map<string, CheckView>();
  readonly #findings: Omit<AttemptView, "stages" | "lookups" | "checks"> = {
    mode: null,
    receipt: null,
    parentFileCount: null,
    codeSchema: null,
    plan: [],
    repair: null,
    hasProposals: false,
    counts: null,
    projectChecks: noFollowedChecks,
  };

  isIn(stage: StageName): boolean {
    return this.#stages.get(stage)?.status === "running";
  }

  apply({ at, event }: { at: string; event: RunEvent }): void {
    switch (event.type) {
      case "mode.chosen":
        this.#findings.mode = { name: event.mode, reason: event.reason };
        break;
      case "stage.started":
        this.#changeStage(event.stage, { status: "running", startedAt: at });
        break;
      case "stage.done":
        this.#changeStage(event.stage, {
          status: "done",
          startedAt: null,
          durationMs: (this.#stages.get(event.stage)?.durationMs ?? 0) + event.durationMs,
        });
        break;
      case "context.loaded":
        this.#findings.parentFileCount = event.parentFileCount;
        this.#findings.receipt = readContextReceipt(event.receipt);
        break;
      case "schema.extracted":
        this.#findings.codeSchema = { entities: event.entities, routes: event.routes };
        break;
      case "plan":
        this.#findings.plan = event.items;
        break;
      case "model.looked":
        this.#lookups.push(event.text);
        break;
      case "file.failed":
        this.#findings.hasProposals ||= event.code === "OUT_OF_SCOPE";
        break;
      case "repair.started":
        this.#findings.repair = { round: event.round, reasons: event.reasons };
        break;
      case "merged":
        this.#findings.counts = event.counts;
        break;
      case "check.done": {
        const { type: _, ...check } = event;
        this.#checks.set(check.check, check);
        break;
      }
      case "checks.queued":
      case "project.check":
      case "checks.judged":
        this.#findings.projectChecks = followChecks({ checks: this.#findings.projectChecks, event, at });
        break;
      case "waiting":
        for (const { name, status } of this.#stages.values())
          if (status === "running") this.#changeStage(name, { status: "pending", startedAt: null });
        break;
      case "failed":
      case "needs.review":
        this.#blameChecks();
        this.#endStages({ at, status: "failed" });
        break;
      case "cancelled":
        this.#endStages({ at, status: "failed" });
        break;
      case "succeeded":
      case "answered":
      case "planned":
        this.#endStages({ at, status: "done" });
        break;
    }
  }

  toView(): AttemptView {
    return {
      ...this.#findings,
      stages: [...this.#stages.values()],
      lookups: [...this.#lookups],
      checks: [...this.#checks.values()],
    };
  }

  #changeStage(name: StageName, change: Partial<StageView>): void {
    const stage = this.#stages.get(name) ?? pendingStage(name);
    const changed = { ...stage, ...change };
    if (this.#stages.has(name)) this.#stages.set(name, changed);
    else this.#stages = new Map(insertStage([...this.#stages.values()], changed).map((each) => [each.name, each]));
  }

  /** The stage of the checks came to its end, and what they found ended the run. */
  #blameChecks(): void {
    if (this.#findings.projectChecks.items.some(({ judged }) => judged?.isHolding === true)) {
      this.#changeStage("run-checks", { status: "failed" });
      return;
    }
    const isBehind =
      this.#stages.get("validate-result")?.status === "done" &&
      this.#stages.get("store-generation")?.status === "pending";
    if (isBehind && [...this.#checks.values()].some(({ status }) => status === "failed"))
      this.#changeStage("validate-result", { status: "failed" });
  }

  #endStages({ at, status }: { at: string; status: "done" | "failed" }): void {
    for (const stage of this.#stages.values()) {
      if (stage.status !== "running") continue;
      const elapsedMs = stage.startedAt === null ? 0 : Math.max(0, Date.parse(at) - Date.parse(stage.startedAt));
      this.#changeStage(stage.name, { status, startedAt: null, durationMs: stage.durationMs + elapsedMs });
    }
  }
}

function pendingStage(name: StageName): StageView {
  return { name, status: "pending", startedAt: null, durationMs: 0 };
}
