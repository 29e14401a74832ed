import { ArrowDown, ArrowUp, Columns2, Rows3, Search } from "lucide-react";
import type { DiffView } from "../../diff-surface/surface-types.ts";
import { Button } from "../../ui/button.tsx";
import { KeyHint } from "../../ui/keys/key-hint.tsx";
import type { StepWords } from "./deciding-model.ts";
import { describeTarget, type DecisionTarget } from "./decision-target.ts";

/** The current target of the keys, and buttons that step through what is open or was found. */
export function DecidingToolbar({
  target,
  stepCount,
  stepWords: [one, many],
  onStepFinding,
  view,
  onToggleView,
  onFind,
  onHelp,
}: {
  target: DecisionTarget;
  stepCount: number;
  stepWords: StepWords;
  onStepFinding: (by: 1 | -1) => void;
  view: DiffView;
  /** Null if there is only room for one column. */
  onToggleView: (() => void) | null;
  onFind: () => void;
  onHelp: () => void;
}) {
  const other = view === "split" ? "Unified" : "Split";
  return (
    <div className="flex min-h-10 items-center gap-x-3 border-b px-3 py-1 text-sm">
      <div
        role="group"
        aria-label="What the keys decide on"
        className="flex min-w-0 flex-1 items-center gap-1.5 text-muted"
      >
        <span className="flex shrink-0 items-center gap-1 max-md:hidden">
          <KeyHint name="a" /> take <KeyHint name="r" /> keep old:
        </span>
        <span className="min-w-0 truncate text-foreground">{describeTarget(target)}</span>
      </div>
      {stepCount > 0 && (
        <div role="group" aria-label={many} className="flex shrink-0 items-center">
          <span className="pr-1 text-caution">{stepCount === 1 ? `1 ${one}` : `${stepCount} ${many}`}</span>
          <Button
            size="icon-sm"
            look="ghost"
            aria-label={`Previous ${one}`}
            title={`Previous ${one} (Shift+F8)`}
            onClick={() => onStepFinding(-1)}
          >
            <ArrowUp aria-hidden />
          </Button>
          <Button
            size="icon-sm"
            look="ghost"
            aria-label={`Next ${one}`}
            title={`Next ${one} (F8)`}
            onClick={() => onStepFinding(1)}
          >
            <ArrowDown aria-hidden />
          </Button>
        </div>
      )}
      <div className="flex shrink-0 items-center">
        {onToggleView !== null && (
          <Button size="icon-sm" look="ghost" aria-label={other} title={other} onClick={onToggleView}>
            {view === "split" ? <Rows3 aria-hidden /> : <Columns2 aria-hidden />}
          </Button>
        )}
        <Button size="icon-sm" look="ghost" aria-label="Find" title="Find" onClick={onFind}>
          <Search aria-hidden />
        </Button>
        <Button size="icon-sm" look="ghost" aria-label="Keys" title="Keys" onClick={onHelp}>
          ?
        </Button>
      </div>
    </div>
  );
}
