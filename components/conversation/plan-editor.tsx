"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Check, Plus, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, type KeyboardEvent, type ReactNode } from "react";
import { flushSync } from "react-dom";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { findPlanPaths } from "#lib/contracts/runs/plan-paths.ts";
import { runHref } from "#lib/hrefs.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { DiscardButton } from "../run/held/discard-button.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { useDraftText } from "../ui/hooks/draft-text.ts";
import { TextArea } from "../ui/text-area.tsx";
import {
  addStep,
  changeStep,
  cutStep,
  draftPlan,
  formatDraft,
  listPlannedFiles,
  moveItem,
  parseDraft,
  readSteps,
  type DraftStep,
} from "./plan-draft.ts";

/** A waiting plan: the user can change, move, remove and add steps before accepting it. A reload keeps the edits. */
export function PlanEditor({ run }: { run: RunOutput }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [stored, setStored] = useDraftText(`graft.plan.${run.runId}`);
  const steps = parseDraft(stored) ?? draftPlan(run.plan);
  const accept = useMutation(
    trpc.run.acceptPlan.mutationOptions({
      onSuccess: ({ projectId, runId }) => {
        void queryClient.invalidateQueries({ queryKey: trpc.project.pathKey() });
        void queryClient.invalidateQueries({ queryKey: trpc.run.list.pathKey() });
        router.push(runHref({ projectId, runId }));
      },
    }),
  );
  const files = listPlannedFiles(steps);
  const wanted = readSteps(steps);
  return (
    <section aria-labelledby="plan-to-accept" className="flex flex-col gap-3 rounded-md border border-caution/50 p-3">
      <div>
        <h2 id="plan-to-accept" className="font-semibold">
          Accept this plan
        </h2>
        <p className="mt-1 text-sm text-muted">
          Nothing has changed yet. Edit, move or remove steps; only the files that they name may change. Other changes
          that the model proposes are shown and not applied.
        </p>
      </div>
      <StepList steps={steps} onChange={(next) => setStored(formatDraft(next))} />
      {accept.error !== null && <ErrorState error={accept.error} />}
      <div className="flex flex-wrap items-center gap-2 border-t pt-3">
        <Button
          look="primary"
          disabled={files.length === 0}
          isPending={accept.isPending || accept.isSuccess}
          onClick={() => accept.mutate({ runId: run.runId, steps: wanted })}
        >
          {!accept.isPending && !accept.isSuccess && <Check aria-hidden />}
          Accept and start
        </Button>
        <DiscardButton runId={run.runId} />
        <p className="min-w-0 text-sm break-words text-muted">
          {files.length === 0
            ? "Name at least one file in a step."
            : `May change: ${files.slice(0, 8).join(", ")}${files.length > 8 ? ` and ${files.length - 8} more` : ""}`}
        </p>
      </div>
    </section>
  );
}

/** The steps in order. Moving, cutting or adding one focuses a step's text, because the pressed button may be gone. */
function StepList({
  steps,
  onChange,
}: {
  steps: readonly DraftStep[];
  onChange: (steps: readonly DraftStep[]) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  const changeAndFocus = ({ next, index }: { next: readonly DraftStep[]; index: number }) => {
    flushSync(() => onChange(next));
    list.current?.querySelectorAll<HTMLTextAreaElement>("textarea")[index]?.focus({ preventScroll: false });
  };
  return (
    <>
      <ol ref={list} className="flex flex-col gap-2">
        {steps.map((step, index) => (
          <PlanStep
            key={step.id}
            text={step.text}
            index={index}
            count={steps.length}
            onTextChange={(text) => onChange(changeStep({ steps, id: step.id, text }))}
            onMove={(by) =>
              changeAndFocus({
                next: moveItem({ items: steps, from: index, by }),
                index: Math.min(Math.max(index + by, 0), steps.length - 1),
              })
            }
            onCut={() =>
              changeAndFocus({ next: cutStep({ steps, id: step.id }), index: Math.min(index, steps.length - 2) })
            }
          />
        ))}
      </ol>
      <Button
        size="sm"
        look="ghost"
        className="self-start"
        onClick={() => changeAndFocus({ next: addStep(steps), index: steps.length })}
      >
        <Plus aria-hidden />
        Add a step
      </Button>
    </>
  );
}

function PlanStep({
  text,
  index,
  count,
  onTextChange,
  onMove,
  onCut,
}: {
  text: string;
  index: number;
  /** The number of steps in the plan. */
  count: number;
  onTextChange: (text: string) => void;
  onMove: (by: 1 | -1) => void;
  onCut: () => void;
}) {
  const moveByKey = (event: KeyboardEvent) => {
    const by = ({ ArrowUp: -1, ArrowDown: 1 } as const)[event.key];
    if (by === undefined || !event.altKey) return;
    event.preventDefault();
    onMove(by);
  };
  return (
    <li className="flex items-start gap-2">
      <span aria-hidden className="w-5 shrink-0 pt-1.5 text-right text-sm text-muted tabular-nums">
        {index + 1}
      </span>
      <div className="min-w-0 flex-1">
        <TextArea
          aria-label={`Step ${index + 1}`}
          value={text}
          rows={1}
          className="min-h-8! w-full py-1.5! text-sm"
          onChange={(event) => onTextChange(event.target.value)}
          onKeyDown={moveByKey}
        />
        {findPlanPaths(text).length === 0 && (
          <p className="mt-0.5 text-xs text-caution">Names no file, so it allows no change.</p>
        )}
      </div>
      <div className="flex shrink-0">
        <StepButton label={`Move step ${index + 1} up`} isDisabled={index === 0} onPress={() => onMove(-1)}>
          <ArrowUp aria-hidden />
        </StepButton>
        <StepButton label={`Move step ${index + 1} down`} isDisabled={index === count - 1} onPress={() => onMove(1)}>
          <ArrowDown aria-hidden />
        </StepButton>
        <StepButton label={`Cut step ${index + 1}`} isDisabled={count === 1} onPress={onCut}>
          <X aria-hidden />
        </StepButton>
      </div>
    </li>
  );
}

function StepButton({
  label,
  isDisabled,
  onPress,
  children,
}: {
  label: string;
  isDisabled: boolean;
  onPress: () => void;
  children: ReactNode;
}) {
  return (
    <Button size="icon-sm" look="ghost" aria-label={label} title={label} disabled={isDisabled} onClick={onPress}>
      {children}
    </Button>
  );
}
