import { useId } from "react";
import type { SpendingLimits } from "#lib/contracts/model.ts";
import { formatUsd } from "#lib/format-usd.ts";
import { cn } from "../ui/class-names.ts";
import { Input } from "../ui/input.tsx";
import { readLimit } from "./read-limit.ts";

const labels: Readonly<Record<keyof SpendingLimits, string>> = {
  runUsd: "Limit for a run",
  dayUsd: "Limit for 24 hours",
};
const variables: Readonly<Record<keyof SpendingLimits, string>> = {
  runUsd: "GRAFT_RUN_LIMIT_USD",
  dayUsd: "GRAFT_DAY_LIMIT_USD",
};

/**
 * A field for an amount in US dollars. `hostUsd` is the host's limit; `tooLow` says why a valid amount is not enough.
 */
export function LimitField({
  limit,
  value,
  hostUsd,
  tooLow = null,
  onChange,
  autoFocus,
}: {
  limit: keyof SpendingLimits;
  value: string;
  hostUsd: number | null;
  tooLow?: string | null;
  onChange: (value: string) => void;
  autoFocus?: boolean;
}) {
  const problem = readLimit(value) === undefined ? "Type an amount above 0, such as 0.50, or leave it empty." : tooLow;
  const note = hostUsd === null ? null : `At most ${formatUsd(hostUsd)}, which ${variables[limit]} sets.`;
  const inputId = useId();
  const noteId = useId();
  return (
    <div className="flex w-60 max-w-full flex-col gap-1">
      <label htmlFor={inputId} className="text-xs font-medium text-muted">
        {labels[limit]}
      </label>
      <div className="relative w-36">
        <span aria-hidden className="absolute top-1.5 left-2.5 text-sm text-muted">
          $
        </span>
        <Input
          id={inputId}
          inputMode="decimal"
          placeholder="No limit"
          className="pl-6"
          value={value}
          autoFocus={autoFocus}
          aria-invalid={problem !== null}
          aria-describedby={problem === null && note === null ? undefined : noteId}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      {(problem ?? note) !== null && (
        <p id={noteId} className={cn("text-xs", problem === null ? "text-muted" : "text-negative")}>
          {problem ?? note}
        </p>
      )}
    </div>
  );
}
