import { useId } from "react";
import { cn } from "../ui/class-names.ts";
import { Input } from "../ui/input.tsx";

/** An amount in US dollars. `problem` is what is wrong with it, or null; `note` says what else bounds it. */
export function LimitField({ label, value, note, problem, onChange, autoFocus }: { label: string; value: string; note: string | null; problem: string | null; onChange: (value: string) => void; autoFocus?: boolean }) {
  const inputId = useId();
  const noteId = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={inputId} className="text-xs font-medium text-muted">
        {label}
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
