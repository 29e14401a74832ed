import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";
import { fieldClass } from "./input.tsx";

/** A text field that grows with its text up to a limit, then scrolls. */
export function TextArea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      {...props}
      className={cn(fieldClass, "field-sizing-content max-h-96 min-h-20 resize-none px-2.5 py-2", className)}
    />
  );
}
