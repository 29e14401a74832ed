import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

/** A box to tick, with its label beside it; a hidden label still names it. */
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
      <span className="relative flex size-4 shrink-0">
        <input
          type="checkbox"
          checked={isChecked}
          onChange={(event) => onChange(event.target.checked)}
          disabled={isDisabled}
          className="peer size-4 appearance-none rounded-sm border border-line-strong bg-background checked:border-accent checked:bg-accent disabled:opacity-60"
        />
        <Check aria-hidden className="pointer-events-none absolute inset-0.5 hidden size-3 text-accent-foreground peer-checked:block" strokeWidth={3} />
      </span>
      <span className={isLabelHidden ? "sr-only" : undefined}>{label}</span>
    </label>
  );
}
