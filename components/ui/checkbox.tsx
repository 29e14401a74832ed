import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

/** A checkbox with its label beside it; a hidden label still names it. */
export function Checkbox({
  label,
  isLabelHidden = false,
  isChecked,
  onChange,
  isDisabled = false,
  className,
}: {
  label: ReactNode;
  isLabelHidden?: boolean;
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
  isDisabled?: boolean;
  className?: string;
}) {
  return (
    <label className={cn("inline-flex min-h-6 min-w-6 items-center gap-2 text-sm", className)}>
      <input
        type="checkbox"
        checked={isChecked}
        onChange={(event) => onChange(event.target.checked)}
        disabled={isDisabled}
        // Lists have hundreds of these, so the tick is a background and not an element.
        className="size-4 shrink-0 appearance-none rounded-sm border border-line-strong bg-background bg-center bg-no-repeat checked:border-accent checked:bg-accent checked:bg-(image:--tick) disabled:opacity-60"
      />
      <span className={isLabelHidden ? "sr-only" : undefined}>{label}</span>
    </label>
  );
}
