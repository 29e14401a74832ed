import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";

/** The style of all text inputs. */
export const fieldClass =
  "w-full rounded-md border border-line-strong bg-background text-sm text-foreground placeholder:text-faint disabled:opacity-60 aria-invalid:border-negative";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input autoComplete="off" {...props} className={cn(fieldClass, "h-8 px-2.5", className)} />;
}
