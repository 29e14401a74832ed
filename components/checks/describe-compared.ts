import type { GenerationCheck, GenerationChecksOutput } from "#lib/contracts/versions/check.ts";
import type { BadgeTone } from "../ui/badge.tsx";

type ComparedPart = { text: string; tone: BadgeTone };

/** The check results of a version compared with another one, worst first; empty if there is nothing to say. */
export function describeCompared({
  items,
  isConfirmed,
  isGreen,
}: Pick<GenerationChecksOutput, "items" | "isConfirmed" | "isGreen">): ComparedPart[] {
  if (!isConfirmed || items.length === 0) return [];
  const left = items.filter(({ status }) => status === "queued" || status === "running").length;
  const of = (isOne: (item: GenerationCheck) => boolean) => nameChecks(items.filter(isOne));
  const parts: (Omit<ComparedPart, "text"> & { names: string | null; does: string })[] = [
    {
      names: of(({ againstParent }) => againstParent === "newly-failing"),
      does: "newly failing",
      tone: "negative",
    },
    { names: of(({ againstParent }) => againstParent === "still-failing"), does: "still failing", tone: "caution" },
    {
      names: of(({ status, againstParent }) => status === "failed" && againstParent === "unknown"),
      does: "failed",
      tone: "negative",
    },
    { names: of(({ status }) => status === "could-not-run"), does: "could not run", tone: "caution" },
    { names: of(({ againstParent }) => againstParent === "fixed"), does: "fixed", tone: "positive" },
  ];
  const said = parts.flatMap(({ names, does, tone }) => (names === null ? [] : [{ text: `${names} ${does}`, tone }]));
  if (left > 0) return [...said, { text: `${left} of ${items.length} to go`, tone: "accent" }];
  if (said.length > 0) return said;
  return isGreen ? [{ text: "all passed", tone: "positive" }] : [{ text: "not run", tone: "neutral" }];
}

function nameChecks(items: readonly GenerationCheck[]): string | null {
  const [first] = items;
  if (first === undefined) return null;
  return items.length === 1 ? first.name : `${items.length} checks`;
}
