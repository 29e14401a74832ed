import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import { Choice, type ChoiceOption } from "../../ui/choice.tsx";
import type { Decision } from "./choices.ts";

/** The labels of the two sides. */
export type DecisionWords = {
  take: { label: string; description: string };
  old: { label: string; description: string };
  /** For a file that does not exist on the old side; defaults to `old`. */
  leaveOut?: { label: string; description: string };
  /** Null if there is no model to ask. */
  again: { label: string; description: string } | null;
};

/** One decision for a file or for many, with labelled buttons. */
export function DecisionChoice({
  label,
  words: { take, old, leaveOut = old, again },
  status,
  value,
  onChange,
  isBrief = false,
}: {
  label: string;
  words: DecisionWords;
  /** For a single file; null for many. */
  status: ReviewFile["status"] | null;
  value: Decision | null;
  onChange: (decision: Decision) => void;
  /** Without a redo by the model. */
  isBrief?: boolean;
}) {
  const options: ChoiceOption<Decision>[] = [
    { value: "old", ...(status === "added" ? leaveOut : old) },
    { value: "take", ...take },
    ...(again === null || isBrief ? [] : [{ value: "again" as const, ...again }]),
  ];
  return <Choice label={label} value={value} options={options} onChange={onChange} />;
}
