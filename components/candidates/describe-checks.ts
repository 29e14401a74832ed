import type { GenerationChecksOutput } from "#lib/contracts/versions/check.ts";

export type ChecksWord = { text: string; tone: "positive" | "negative" | "neutral" };

/** A version's check results compared with its parent; null if no check was started. */
export function describeChecks({
  items,
  isGreen,
}: Pick<GenerationChecksOutput, "items" | "isGreen">): ChecksWord | null {
  const started = items.filter(({ status }) => status !== "not-run");
  if (started.length === 0) return null;
  if (isGreen) return { text: "all passed", tone: "positive" };
  if (started.some(({ status }) => status === "queued" || status === "running"))
    return { text: "running", tone: "neutral" };
  const count = (comparison: "newly-failing" | "still-failing") =>
    started.filter(({ againstParent }) => againstParent === comparison).length;
  if (count("newly-failing") > 0) return { text: `${count("newly-failing")} newly failing`, tone: "negative" };
  if (count("still-failing") > 0) return { text: `${count("still-failing")} still failing`, tone: "negative" };
  const passedCount = started.filter(({ status }) => status === "passed").length;
  return { text: `${passedCount} of ${items.length} passed`, tone: "neutral" };
}
