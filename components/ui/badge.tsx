import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

const tones = {
  neutral: "bg-hover text-muted",
  accent: "bg-accent-surface text-accent",
  positive: "bg-positive-surface text-positive",
  negative: "bg-negative-surface text-negative",
  caution: "bg-caution-surface text-caution",
};

export type BadgeTone = keyof typeof tones;

/** A word about the element beside it. The word has the meaning, the colour repeats it. */
export function Badge({
  tone = "neutral",
  className,
  children,
}: {
  tone?: BadgeTone;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={cn(
        "inline-flex h-5 shrink-0 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap",
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
