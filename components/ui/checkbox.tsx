"use client";

import { Checkbox as BaseCheckbox } from "@base-ui/react/checkbox";
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
      <BaseCheckbox.Root
        checked={isChecked}
        onCheckedChange={(next) => onChange(next)}
        disabled={isDisabled}
        className="flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-background data-checked:border-accent data-checked:bg-accent data-disabled:opacity-60"
      >
        <BaseCheckbox.Indicator>
          <Check aria-hidden className="size-3 text-accent-foreground" strokeWidth={3} />
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      <span className={isLabelHidden ? "sr-only" : undefined}>{label}</span>
    </label>
  );
}
