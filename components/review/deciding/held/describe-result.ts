import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import type { ChoiceCounts } from "../choices.ts";

/** `Result: 18 of 34 changes taken, checked: 1 problem (app/main.py: …).` */
export function describeResult({
  counts: { taken, old, again, mixed, open },
  problems,
  isChecking,
}: {
  counts: ChoiceCounts;
  problems: readonly ValidationIssue[];
  isChecking: boolean;
}): string {
  const total = taken + old + again + mixed + open;
  const parts = [
    `${taken} of ${total} ${total === 1 ? "change" : "changes"} taken`,
    mixed === 0 ? "" : `${mixed} by lines`,
    again === 0 ? "" : `${again} asked for again`,
    open === 0 ? "" : `${open} open`,
  ].filter((part) => part !== "");
  const [first] = problems;
  const found =
    first === undefined
      ? "it fits together"
      : `${problems.length} ${problems.length === 1 ? "problem" : "problems"} (${first.path}: ${first.message})`;
  return `Result: ${parts.join(", ")}, ${isChecking ? "checking…" : `checked: ${found}`}`;
}
