"use client";

import { useId } from "react";
import { cn } from "./class-names.ts";

export type ChoiceOption<Value extends string> = { value: Value; label: string; description: string };

/** A choice among a few visible options: radio buttons, so arrow keys move between them. */
export function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
  className,
}: {
  label: string;
  /** Null if nothing is chosen. */
  value: Value | null;
  options: readonly ChoiceOption<Value>[];
  onChange: (value: Value) => void;
  className?: string;
}) {
  const name = useId();
  return (
    <fieldset className={cn("inline-flex shrink-0 overflow-hidden rounded-md border border-line-strong", className)}>
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          title={option.description}
          className="relative flex h-7 cursor-pointer items-center border-line-strong px-2.5 text-sm whitespace-nowrap not-first-of-type:border-l hover:bg-hover has-checked:bg-accent has-checked:text-accent-foreground has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent has-checked:has-focus-visible:outline-accent-foreground"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
