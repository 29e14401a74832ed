"use client";

import { useId } from "react";
import type { ChoiceOption } from "./choice.tsx";

/** Radio buttons with a description each. */
export function ChoiceList<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: readonly ChoiceOption<Value>[];
  onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset className="flex flex-col text-sm">
      <legend className="pb-1 font-medium">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="flex min-h-7 cursor-pointer items-start gap-2 py-1">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
            className="mt-0.5 size-4 shrink-0 accent-accent"
          />
          <span>
            {option.label}
            <span className="block text-muted">{option.description}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
