"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleAlert, CircleSlash } from "lucide-react";
import { useRouter } from "next/navigation";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { RunFailure, RunOutput } from "#lib/contracts/run.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { generationHref, runHref } from "../project/project-href.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { Link } from "../ui/link.tsx";
import { HeldChanges } from "./held-changes.tsx";
import { failureTitle, isMendedByPrompt, isMendedInSettings } from "./failure-titles.ts";
import { usePromptDraft } from "./prompt-draft.ts";

/** What became of a run that made no version: what happened, what was kept, what to do next. */
export function RunStopped({
  run,
  failure,
  parent,
}: {
  run: RunOutput;
  /** Null for a run that was cancelled. */
  failure: RunFailure | null;
  parent: Pick<GenerationOutput, "generationId" | "version" | "isHead"> | null;
}) {
  const Icon = failure === null ? CircleSlash : CircleAlert;
  const reasons = failure?.details?.["reasons"];
  return (
    <section aria-labelledby="run-stopped" className={`flex flex-col gap-3 rounded-md border p-3 ${failure === null ? "" : "border-negative/50"}`}>
      <div className="flex flex-wrap items-start gap-3">
        <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${failure === null ? "text-muted" : "text-negative"}`} />
        <div className="min-w-48 flex-1">
          <h2 id="run-stopped" className="font-semibold">
            {failure === null ? "You cancelled this run." : failureTitle(failure.code)}
          </h2>
          {failure !== null && <p className="mt-1 max-h-60 overflow-y-auto text-sm break-words whitespace-pre-wrap">{failure.message}</p>}
          {parent !== null && <p className="mt-1 text-sm text-muted">{describeKept(parent)}</p>}
          {parent === null && failure === null && <p className="mt-1 text-sm text-muted">No version was made.</p>}
          {failure !== null && <p className="mt-1 font-mono text-xs text-faint">{failure.code}</p>}
        </div>
        <StoppedActions run={run} failure={failure} parent={parent} />
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
          <HeldChanges run={run} candidate={run.holds} />
        </div>
      )}
    </section>
  );
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function describeKept(parent: Pick<GenerationOutput, "version" | "isHead">): string {
  return parent.isHead ? `v${parent.version} is unchanged and still the active version.` : `v${parent.version} is unchanged. The active version is not touched either.`;
}

function StoppedActions({ run, failure, parent }: { run: RunOutput; failure: RunFailure | null; parent: Pick<GenerationOutput, "generationId"> | null }) {
  const router = useRouter();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [, setDraft] = usePromptDraft(parent === null ? "new" : run.projectId);
  const retry = useMutation(
    trpc.run.retry.mutationOptions({
      onSuccess: ({ projectId, runId }) => {
        void queryClient.invalidateQueries({ queryKey: trpc.project.pathKey() });
        void queryClient.invalidateQueries({ queryKey: trpc.run.list.pathKey() });
        router.push(runHref({ projectId, runId }));
      },
    }),
  );
  const editHref = parent === null ? "/new" : `${generationHref({ projectId: run.projectId, generationId: parent.generationId })}?iterate=1`;
  const mayRetry = failure === null || failure.isRetryable;
  const isPromptFirst = !mayRetry || (failure !== null && isMendedByPrompt(failure.code));
  return (
    <div className="flex flex-wrap gap-2">
      {mayRetry && (
        <Button look={isPromptFirst ? "secondary" : "primary"} isPending={retry.isPending || retry.isSuccess} onClick={() => retry.mutate({ runId: run.runId })}>
          Retry
        </Button>
      )}
      <Link href={editHref} onClick={() => setDraft(run.prompt)} className={buttonClass({ look: isPromptFirst ? "primary" : "secondary" })}>
        Edit prompt
      </Link>
      {failure !== null && isMendedInSettings(failure.code) && (
        <Link href="/settings" className={buttonClass()}>
          Models
        </Link>
      )}
      {retry.error !== null && <ErrorState error={retry.error} />}
    </div>
  );
}
