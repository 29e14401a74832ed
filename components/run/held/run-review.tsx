"use client";

import { ShieldAlert } from "lucide-react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { RunCandidate, RunOutput } from "#lib/contracts/runs/run.ts";
import { isDoubt } from "#lib/is-doubt.ts";
import { LedgerLine } from "../../generation/ledger-line.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { Link } from "../../ui/link.tsx";
import { useEditPrompt } from "../../composer/edit-prompt.ts";
import { DiscardButton } from "./discard-button.tsx";
import { HeldChecks } from "./held-checks.tsx";
import { TakeAnywayButton } from "./take-anyway-button.tsx";
import { HeldReview } from "../../review/deciding/held/held-review.tsx";

/** A held result that may have lost something, or is incomplete: each file with its findings. It is not a version. */
export function RunReview({
  run,
  candidate,
  reason,
  parent,
}: {
  run: RunOutput;
  candidate: RunCandidate;
  reason: string;
  parent: Pick<GenerationOutput, "generationId" | "version" | "isHead"> | null;
}) {
  const { href, put } = useEditPrompt(run);
  const isDoubtful = candidate.issues.some(isDoubt);
  const isCutOff = run.failure?.code === "OUTPUT_TRUNCATED";
  const failsChecks = candidate.checks?.some(({ isHolding }) => isHolding) === true;
  return (
    <section aria-labelledby="run-review" className="flex flex-col gap-3 rounded-md border border-caution/60 p-3">
      <div className="flex flex-wrap items-start gap-3">
        <ShieldAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-caution" />
        <div className="min-w-48 flex-1">
          <h2 id="run-review" className="font-semibold">
            {failsChecks
              ? "Needs your decision: a check fails that passed before"
              : isDoubtful
                ? "Needs your decision: code may have been lost"
                : isCutOff
                  ? "Needs your decision: the answer was cut off"
                  : "Needs your decision: not every proposed change was applied"}
          </h2>
          {(failsChecks || !isDoubtful || candidate.isPartial) && <p className="mt-1 text-sm break-words">{reason}</p>}
          <p className="mt-1 text-sm text-muted">
            {parent === null ? "No version was made." : `No version was made; v${parent.version} is unchanged.`} Decide
            on each file, or change the prompt and run it again.
          </p>
          <LedgerLine counts={candidate.counts} className="mt-1 block text-sm text-muted" />
        </div>
        <Link href={href} onClick={() => put(run.prompt)} className={buttonClass()}>
          Edit prompt
        </Link>
        {failsChecks && <TakeAnywayButton run={run} candidate={candidate} />}
        <DiscardButton runId={run.runId} />
      </div>
      {candidate.checks !== undefined && <HeldChecks runId={run.runId} checks={candidate.checks} />}
      <HeldReview run={run} candidate={candidate} />
    </section>
  );
}
