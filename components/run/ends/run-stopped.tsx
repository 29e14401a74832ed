"use client";

import { CircleAlert, CircleSlash } from "lucide-react";
import { useState } from "react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { RunFailure, RunOutput } from "#lib/contracts/runs/run.ts";
import { Button, buttonClass, type ButtonLook } from "../../ui/button.tsx";
import { copyText } from "../../ui/text/copy-text.ts";
import { ErrorState } from "../../ui/states/error-state.tsx";
import { Link } from "../../ui/link.tsx";
import { describeRunFacts } from "../progress/describe-run-facts.ts";
import { useEditPrompt } from "../../composer/edit-prompt.ts";
import { failureTitle } from "./failure-titles.ts";
import { HeldReview } from "../../review/deciding/held/held-review.tsx";
import { RaiseLimitDialog } from "./raise-limit-dialog.tsx";
import { useRetryRun } from "./retry-run.ts";
import type { RunView } from "../progress/run-progress.ts";
import type { StoppedAction } from "#lib/errors.ts";
import { chooseStoppedActions } from "./stopped-actions.ts";
import { writeFixPrompt } from "./write-fix-prompt.ts";

type Stopped = {
  run: RunOutput;
  /** Null for a cancelled run. */
  failure: RunFailure | null;
  parent: Pick<GenerationOutput, "generationId" | "version" | "isHead"> | null;
  view: RunView;
  /** Shows the model's text; null if there is none. */
  onShowWords: (() => void) | null;
};

/** A run without a version: what happened, what was kept, what to do next. */
export function RunStopped({ run, failure, parent, view, onShowWords }: Stopped) {
  const Icon = failure === null ? CircleSlash : CircleAlert;
  const reasons = failure?.details?.["reasons"];
  const { main, quiet } = chooseStoppedActions({
    failureCode: failure?.code ?? null,
    isRetryable: failure === null || failure.isRetryable,
    hasWords: onShowWords !== null,
  });
  return (
    <section
      aria-labelledby="run-stopped"
      className={`flex flex-col gap-3 rounded-md border p-3 ${failure === null ? "" : "border-negative/50"}`}
    >
      <div className="flex flex-wrap items-start gap-3">
        <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${failure === null ? "text-muted" : "text-negative"}`} />
        <div className="min-w-48 flex-1">
          <h2 id="run-stopped" className="font-semibold">
            {failure === null ? "You cancelled this run." : failureTitle(failure)}
          </h2>
          {failure !== null && (
            <p className="mt-1 max-h-60 overflow-y-auto text-sm break-words whitespace-pre-wrap">
              {withoutTitle(failure)}
            </p>
          )}
          {parent !== null && <p className="mt-1 text-sm text-muted">{describeKept(parent)}</p>}
          {parent === null && failure === null && <p className="mt-1 text-sm text-muted">No version was made.</p>}
          {failure?.code === "BUDGET_EXCEEDED" && run.holds?.isPartial === true && (
            <p className="mt-1 text-sm text-muted">
              What it had finished is kept below. Continue there: a new run makes only what is missing, with its own
              limit.
            </p>
          )}
          {failure !== null && (
            <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
              <span className="font-mono text-faint">{failure.code}</span>
              {quiet.includes("raw-answer") && onShowWords !== null && (
                <button type="button" onClick={onShowWords} className="h-6 rounded-sm text-accent hover:underline">
                  Show raw answer
                </button>
              )}
              {quiet.includes("diagnostics") && (
                <button
                  type="button"
                  onClick={() =>
                    void copyText({ text: describeRunFacts({ run, failure, view }), done: "Diagnostics copied." })
                  }
                  className="h-6 rounded-sm text-accent hover:underline"
                >
                  Copy diagnostics
                </button>
              )}
            </div>
          )}
        </div>
        <MainActions run={run} failure={failure} actions={main} hasPrimary={run.holds?.isPartial !== true} />
      </div>
      {isTextList(reasons) && reasons.length > 3 && (
        <details className="text-sm">
          <summary className="w-fit text-muted hover:text-foreground">All {reasons.length} reasons</summary>
          <ul className="mt-1 list-disc pl-5 text-muted">
            {reasons.map((reason, index) => (
              <li key={index}>{reason}</li>
            ))}
          </ul>
        </details>
      )}
      {run.holds !== null && (
        <div className="flex flex-col gap-2">
          <h3 className="text-sm font-medium">Finished before the end, not stored as a version</h3>
          <HeldReview run={run} candidate={run.holds} />
        </div>
      )}
    </section>
  );
}

/** Some messages begin with the sentence that is the title. */
function withoutTitle(failure: RunFailure): string {
  const title = failureTitle(failure);
  return failure.message.startsWith(title) ? failure.message.slice(title.length).trimStart() : failure.message;
}

/** The spending limit at which a run stopped; null for any other end. */
function readReachedLimit(failure: RunFailure | null): { maximumUsd: number; spentUsd: number } | null {
  if (failure?.code !== "BUDGET_EXCEEDED") return null;
  const { limit, maximum, spentUsd } = failure.details ?? {};
  return limit === "runUsd" && typeof maximum === "number" && typeof spentUsd === "number"
    ? { maximumUsd: maximum, spentUsd }
    : null;
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function describeKept(parent: Pick<GenerationOutput, "version" | "isHead">): string {
  return parent.isHead
    ? `v${parent.version} is unchanged and still the active version.`
    : `v${parent.version} is unchanged. The active version is not touched either.`;
}

type Actions = Pick<Stopped, "run" | "failure"> & {
  hasPrimary: boolean;
  actions: StoppedAction[];
};

/** The helpful actions, most helpful first. If held files can be continued, that comes first. */
function MainActions({ run, failure, actions, hasPrimary }: Actions) {
  const [isRaising, setIsRaising] = useState(false);
  const retry = useRetryRun();
  const reached = readReachedLimit(failure);
  const { href, hrefForModel, put } = useEditPrompt(run);
  const toLink = ({ label, to, text, look }: { label: string; to: string; text?: string; look: ButtonLook }) => (
    <Link key={label} href={to} onClick={() => text !== undefined && put(text)} className={buttonClass({ look })}>
      {label}
    </Link>
  );
  const toElement = (action: StoppedAction, index: number) => {
    const look = hasPrimary && index === 0 ? "primary" : "secondary";
    switch (action) {
      case "raise-limit":
        return reached === null ? null : (
          <Button key="Raise limit" look={look} onClick={() => setIsRaising(true)}>
            Raise limit and continue
          </Button>
        );
      case "retry":
        return (
          <Button
            key="Retry"
            look={look}
            isPending={retry.isPending || retry.isSuccess}
            onClick={() => retry.mutate({ runId: run.runId })}
          >
            Retry
          </Button>
        );
      case "edit-prompt":
        return toLink({ label: "Edit prompt", to: href, text: run.prompt, look });
      case "fix-prompt":
        return failure === null
          ? null
          : toLink({
              label: "Fix with a prompt",
              to: href,
              text: writeFixPrompt({ prompt: run.prompt, failure }),
              look,
            });
      case "other-model":
        return toLink({ label: "Use another model", to: hrefForModel, text: run.prompt, look });
      case "settings":
        return toLink({ label: "Models", to: "/settings", look });
      case "raw-answer":
      case "diagnostics":
        return null;
    }
  };
  return (
    <div className="flex flex-wrap gap-2">
      {actions.map(toElement)}
      {retry.error !== null && <ErrorState error={retry.error} />}
      {isRaising && reached !== null && (
        <RaiseLimitDialog runId={run.runId} reached={reached} onClose={() => setIsRaising(false)} />
      )}
    </div>
  );
}
