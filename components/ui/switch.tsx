import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

/** A toggle with its label beside it. */
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
      <span className="relative inline-flex h-4.5 w-8 shrink-0">
        <input
          type="checkbox"
          role="switch"
          aria-checked={isOn}
          checked={isOn}
          onChange={(event) => onChange(event.target.checked)}
          disabled={isDisabled}
          className="peer absolute inset-0 appearance-none rounded-full border border-line-strong bg-hover transition-colors duration-100 checked:border-accent checked:bg-accent disabled:opacity-60"
        />
        <span
          aria-hidden
          className="pointer-events-none absolute top-[3px] left-[3px] size-3 rounded-full bg-muted transition-transform duration-100 peer-checked:translate-x-3.5 peer-checked:bg-accent-foreground"
        />
      </span>
      {label}
    </label>
  );
}
