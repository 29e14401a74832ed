"use client";

import { GitBranch, ListEnd } from "lucide-react";
import type { RunKind } from "#lib/contracts/runs/run-state.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { Choice } from "../ui/choice.tsx";

export const intentWords: Record<RunKind, { label: string; submit: string; placeholder: string }> = {
  generate: {
    label: "Change",
    submit: "Iterate",
    placeholder: "What should change? Everything else stays as it is.",
  },
  plan: {
    label: "Plan first",
    submit: "Plan",
    placeholder: "What should change? You get the steps first.",
  },
  ask: { label: "Ask", submit: "Ask", placeholder: "Ask about this version. Nothing is changed." },
};

const intentOptions = [
  { value: "generate", label: intentWords.generate.label, description: "Make the change" },
  { value: "plan", label: intentWords.plan.label, description: "Show the steps first, to edit and accept" },
  { value: "ask", label: intentWords.ask.label, description: "Answer from the files, change nothing" },
] as const;

export function IntentChoice({ intent, onChange }: { intent: RunKind; onChange: (intent: RunKind) => void }) {
  return (
    <Choice label="What to do" value={intent} options={intentOptions} onChange={onChange} className="self-start" />
  );
}

const placeOptions = [
  { value: "behind", label: "After it", description: "Waits, and starts on the version that it makes" },
  { value: "beside", label: "Start beside it", description: "Starts now, and makes a branch" },
] as const;

/** When to start a prompt while a run on the same version is running. */
export function PlaceChoice({
  run,
  isBeside,
  onChange,
}: {
  /** The running run. */
  run: RunOutput;
  isBeside: boolean;
  onChange: (isBeside: boolean) => void;
}) {
  return (
    <div className="flex flex-wrap items-center gap-1.5 text-xs text-muted">
      {isBeside ? (
        <GitBranch aria-hidden className="size-3.5 shrink-0" />
      ) : (
        <ListEnd aria-hidden className="size-3.5 shrink-0" />
      )}
      <span className="min-w-0 flex-1 basis-24 truncate" title={run.prompt}>
        Running: {run.prompt}
      </span>
      <Choice
        label="When this prompt starts"
        value={isBeside ? "beside" : "behind"}
        options={placeOptions}
        onChange={(place) => onChange(place === "beside")}
      />
    </div>
  );
}
