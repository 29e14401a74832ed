import { Check, Circle, LoaderCircle, X } from "lucide-react";
import { cn } from "../../ui/class-names.ts";
import { Elapsed } from "./elapsed.tsx";
import { formatDuration } from "#lib/format-amount.ts";
import { stageWords } from "./run-phase.ts";
import type { StageView } from "./followed/followed-attempt.ts";

const icons = { pending: Circle, running: LoaderCircle, done: Check, failed: X };
const stateWords = { pending: "not started", running: "running", done: "done", failed: "stopped here" };
const colours = { pending: "text-faint", running: "text-accent", done: "text-positive", failed: "text-negative" };

/** The stages with the duration of each. */
export function RunStepper({ stages }: { stages: readonly StageView[] }) {
  return (
    <div className="@container">
      <ol
        aria-label="Stages"
        className={cn(
          "grid grid-cols-2 gap-px overflow-hidden rounded-md border bg-line @lg:grid-cols-3",
          // A column is never narrower than its label.
          stages.length > 6
            ? "@3xl:grid-cols-[repeat(7,minmax(max-content,1fr))]"
            : "@3xl:grid-cols-[repeat(6,minmax(max-content,1fr))]",
        )}
      >
        {stages.map((stage) => {
          const Icon = icons[stage.status];
          return (
            <li
              key={stage.name}
              aria-current={stage.status === "running" ? "step" : undefined}
              className={cn(
                "flex min-h-13 items-center gap-2 bg-background px-3 py-2",
                // Alone in its row, in two and in three columns.
                stages.length === 7 && "last:col-span-2 @lg:last:col-span-3 @3xl:last:col-span-1",
              )}
            >
              <Icon
                aria-hidden
                className={cn("size-4 shrink-0", colours[stage.status], stage.status === "running" && "animate-spin")}
              />
              <span className="min-w-0 flex-1">
                <span
                  className={cn("block truncate text-sm", stage.status === "pending" ? "text-faint" : "font-medium")}
                >
                  {stageWords[stage.name]}
                </span>
                {stage.status !== "pending" && (
                  <span className="block h-4 text-xs text-muted tabular-nums">
                    <StageTime stage={stage} />
                  </span>
                )}
              </span>
              <span className="sr-only">{stateWords[stage.status]}</span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function StageTime({ stage: { status, startedAt, durationMs } }: { stage: StageView }) {
  if (status === "running" && startedAt !== null) return <Elapsed startedAt={startedAt} baseMs={durationMs} />;
  if (status === "done" || status === "failed") return formatDuration(durationMs);
  return null;
}
