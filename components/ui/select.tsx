"use client";

import { Select as BaseSelect } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import { cn } from "./class-names.ts";

export type SelectOption<Value extends string> = {
  value: Value;
  label: string;
  /** A second line that explains the option. */
  description?: string | undefined;
  isDisabled?: boolean | undefined;
};

/** One choice out of a short list. `label` names it; it is shown unless `isLabelHidden`. */
export function Select<Value extends string>({
  label,
  isLabelHidden = false,
  value,
  options,
  onChange,
  isDisabled = false,
  placeholder,
  className,
}: {
  label: string;
  isLabelHidden?: boolean;
  value: Value | null;
  options: SelectOption<Value>[];
  onChange: (value: Value) => void;
  isDisabled?: boolean;
  placeholder?: string;
  className?: string;
}) {
  return (
    <div className={cn("flex min-w-0 flex-col gap-1", className)}>
      <BaseSelect.Root<Value>
        value={value}
        items={options}
        disabled={isDisabled}
        onValueChange={(next) => {
          if (next !== null) onChange(next);
        }}
      >
        <BaseSelect.Label className={isLabelHidden ? "sr-only" : "text-xs font-medium text-muted"}>{label}</BaseSelect.Label>
        <BaseSelect.Trigger className="flex h-8 w-full min-w-0 items-center justify-between gap-2 rounded-md border border-line-strong bg-background pr-2 pl-2.5 text-sm select-none hover:bg-hover data-disabled:opacity-60">
          <BaseSelect.Value className="truncate data-placeholder:text-faint" placeholder={placeholder} />
          <BaseSelect.Icon>
            <ChevronsUpDown aria-hidden className="size-3.5 text-muted" />
          </BaseSelect.Icon>
        </BaseSelect.Trigger>
        <BaseSelect.Portal>
          <BaseSelect.Positioner sideOffset={4} align="start" alignItemWithTrigger={false} className="z-50 outline-none">
            <BaseSelect.Popup className="max-w-[calc(100vw-16px)] min-w-(--anchor-width) rounded-md border bg-raised shadow-raised outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
              <BaseSelect.List className="max-h-(--available-height) overflow-y-auto p-1">
                {options.map((option) => (
                  <BaseSelect.Item
                    key={option.value}
                    value={option.value}
                    disabled={option.isDisabled === true}
                    className="grid min-h-8 cursor-default grid-cols-[16px_1fr] items-center gap-x-2 rounded-sm px-2 py-1 text-sm outline-none select-none data-highlighted:bg-hover"
                  >
                    <BaseSelect.ItemIndicator className="col-start-1">
                      <Check aria-hidden className="size-4 text-accent" />
                    </BaseSelect.ItemIndicator>
                    <BaseSelect.ItemText className={cn("col-start-2", option.isDisabled === true && "text-faint")}>{option.label}</BaseSelect.ItemText>
                    {option.description !== undefined && <span className="col-start-2 max-w-80 text-xs text-faint">{option.description}</span>}
                  </BaseSelect.Item>
                ))}
              </BaseSelect.List>
            </BaseSelect.Popup>
          </BaseSelect.Positioner>
        </BaseSelect.Portal>
      </BaseSelect.Root>
    </div>
  );
}
