import type { BriefStep } from "#lib/contracts/comparisons/brief.ts";

/** The prompt that requests the planned steps that a version left undone. */
export function writeStepsPrompt(plan: readonly BriefStep[]): string {
  const undone = plan.filter(({ isDone }) => !isDone);
  const steps = undone.map(({ step }, index) => `${index + 1}. ${step}`);
  return `Do the planned ${undone.length === 1 ? "step that was" : "steps that were"} not done:\n${steps.join("\n")}`;
}
