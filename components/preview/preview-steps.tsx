import { Check, Circle, LoaderCircle } from "lucide-react";
import type { PreviewStep } from "#lib/contracts/versions/preview-state.ts";
import { Elapsed } from "../run/progress/elapsed.tsx";
import { cn } from "../ui/class-names.ts";
import { listStepStates, stepWords } from "./preview-words.ts";

const icons = { done: Check, running: LoaderCircle, pending: Circle };
const stateWords = { done: "done", running: "in progress", pending: "not started" };
const colours = { done: "text-positive", running: "text-accent", pending: "text-faint" };

/** The progress of a starting preview. */
export function PreviewSteps({ step, startedAt }: { step: PreviewStep | null; startedAt: string }) {
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p className="tabular-nums">
        {step === null ? "Waits for its turn" : "Starting"} · <Elapsed startedAt={startedAt} />
      </p>
      <ol aria-label="Steps" className="flex flex-col gap-1">
        {listStepStates(step).map(({ step: each, state }) => {
          const Icon = icons[state];
          return (
            <li
              key={each}
              aria-current={state === "running" ? "step" : undefined}
              className="flex min-h-6 items-center gap-2"
            >
              <Icon
                aria-hidden
                className={cn("size-4 shrink-0", colours[state], state === "running" && "animate-spin")}
              />
              <span className={state === "pending" ? "text-faint" : undefined}>{stepWords[each]}</span>
              <span className="sr-only">, {stateWords[state]}</span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
