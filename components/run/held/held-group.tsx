"use client";

import { useId, type ReactNode } from "react";
import { Choice, type ChoiceOption } from "../../ui/choice.tsx";

export type GroupDecision = "keep-parent" | "accept";

const options: readonly ChoiceOption<GroupDecision>[] = [
  { value: "keep-parent", label: "Keep old", description: "All files of this group stay as they were." },
  { value: "accept", label: "Take new", description: "All changes of this group are taken." },
];

/** Files that belong together, with one decision for all of them. */
export function HeldGroup({
  cause,
  count,
  decision,
  onDecide,
  children,
}: {
  cause: string;
  count: number;
  /** Null where the files are decided on differently. */
  decision: GroupDecision | null;
  onDecide: (decision: GroupDecision) => void;
  children: ReactNode;
}) {
  const headingId = useId();
  return (
    <section aria-labelledby={headingId} className="overflow-hidden rounded-md border">
      <header className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-b bg-surface py-1 pr-2 pl-3">
        <h3 id={headingId} className="min-w-0 flex-1 basis-60 text-sm">
          {cause}{" "}
          <span className="text-muted">
            {count} {count === 1 ? "file" : "files"}
          </span>
        </h3>
        <Choice label={`Decision on all: ${cause}`} value={decision} options={options} onChange={onDecide} />
      </header>
      <ul aria-label={cause}>{children}</ul>
    </section>
  );
}
