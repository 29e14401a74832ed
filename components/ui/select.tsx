import { ChevronsUpDown } from "lucide-react";
import { useId, type RefObject } from "react";
import { cn } from "./class-names.ts";

export type SelectOption<Value extends string> = {
  value: Value;
  label: string;
  /** Rendered after the label. */
  description?: string | undefined;
  isDisabled?: boolean | undefined;
};

/**
 * A native select for a short list, with the platform's keys, type-ahead and touch UI. `label` is its name, visible
 * unless `isLabelHidden`. `placeholder` is shown until an option is chosen.
 */
export function Select<Value extends string>({
  label,
  isLabelHidden = false,
  value,
  options,
  onChange,
  isDisabled = false,
  placeholder = "",
  fieldRef,
  className,
}: {
  label: string;
  isLabelHidden?: boolean;
  value: Value | null;
  options: readonly SelectOption<Value>[];
  onChange: (value: Value) => void;
  isDisabled?: boolean;
  placeholder?: string;
  fieldRef?: RefObject<HTMLSelectElement | null>;
  className?: string;
}) {
  const id = useId();
  return (
    <div className={cn("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={id} className={isLabelHidden ? "sr-only" : "text-xs font-medium text-muted"}>
        {label}
      </label>
      <div className="relative">
        <select
          ref={fieldRef}
          id={id}
          value={value ?? ""}
          disabled={isDisabled}
          onChange={(event) => onChange(event.target.value as Value)}
          className="h-8 w-full min-w-0 appearance-none truncate rounded-md border border-line-strong bg-background pr-7 pl-2.5 text-sm text-foreground hover:bg-hover disabled:opacity-60"
        >
          {value === null && (
            <option value="" disabled>
              {placeholder}
            </option>
          )}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.isDisabled === true}>
              {option.description === undefined ? option.label : `${option.label} · ${option.description}`}
            </option>
          ))}
        </select>
        <ChevronsUpDown
          aria-hidden
          className="pointer-events-none absolute top-1/2 right-2 size-3.5 -translate-y-1/2 text-muted"
        />
      </div>
    </div>
  );
}
