import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { comparisonLooks, statusLooks } from "./check-words.ts";

/** The first line of a check's row: its name, its result, and the button that shows its log. */
export function CheckHead({
  check: { name, command, status, againstParent },
  detail,
  isLogOpen,
  onLogToggle,
}: {
  check: {
    name: string;
    command: string;
    status: keyof typeof statusLooks;
    againstParent: keyof typeof comparisonLooks;
  };
  detail: string;
  isLogOpen: boolean;
  /** Null if the check has no log. */
  onLogToggle: (() => void) | null;
}) {
  const look = statusLooks[status];
  const comparison = comparisonLooks[againstParent];
  return (
    <div className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1">
      <span className="font-medium" title={command}>
        {name}
      </span>
      <Badge tone={look.tone}>{look.word}</Badge>
      {comparison !== null && <Badge tone={comparison.tone}>{comparison.word}</Badge>}
      <span className="flex-1 text-muted tabular-nums">{detail}</span>
      {onLogToggle !== null && (
        <Button size="sm" look="ghost" aria-expanded={isLogOpen} aria-label={`Log of ${name}`} onClick={onLogToggle}>
          Log
        </Button>
      )}
    </div>
  );
}
