"use client";

import { Switch as BaseSwitch } from "@base-ui/react/switch";
import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

/** A setting that is on or off, with its label beside it. */
export function Switch({
  label,
  isOn,
  onChange,
  isDisabled = false,
  className,
}: {
  label: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  isDisabled?: boolean;
  className?: string;
}) {
  return (
    <label className={cn("inline-flex min-h-7 items-center gap-2 text-sm whitespace-nowrap", className)}>
      <BaseSwitch.Root
        checked={isOn}
        onCheckedChange={(next) => onChange(next)}
        disabled={isDisabled}
        className="relative inline-flex h-4.5 w-8 shrink-0 rounded-full border border-line-strong bg-hover transition-colors duration-100 data-checked:border-accent data-checked:bg-accent data-disabled:opacity-60"
      >
        <BaseSwitch.Thumb className="my-auto ml-0.5 size-3 rounded-full bg-muted transition-transform duration-100 data-checked:translate-x-3.5 data-checked:bg-accent-foreground" />
      </BaseSwitch.Root>
      {label}
    </label>
  );
}
