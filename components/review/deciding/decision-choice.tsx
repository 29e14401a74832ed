import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import { Choice, type ChoiceOption } from "../../ui/choice.tsx";
import type { Decision } from "./choices.ts";

/** What the two sides are called where a person decides. */
export type DecisionWords = {
  take: { label: string; description: string };
  old: { label: string; description: string };
  /** For a file that is not there on the old side; as `old` where it is absent. */
  leaveOut?: { label: string; description: string };
  /** Null where there is nobody to ask. */
  again: { label: string; description: string } | null;
  /** What F8 goes through, one and many of them. */
  stop?: readonly [one: string, many: string];
};

/** One decision for a file or for many, each with its word. */
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
  /** Of the one file; null for many. */
  status: ReviewFile["status"] | null;
  value: Decision | null;
  onChange: (decision: Decision) => void;
  /** Without asking again. */
  isBrief?: boolean;
}) {
  const options: ChoiceOption<Decision>[] = [
    { value: "old", ...(status === "added" ? leaveOut : old) },
    { value: "take", ...take },
    ...(again === null || isBrief ? [] : [{ value: "again" as const, ...again }]),
  ];
  return <Choice label={label} value={value} options={options} onChange={onChange} />;
}
