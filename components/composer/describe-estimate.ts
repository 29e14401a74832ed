import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { formatCost, formatDuration } from "#lib/format-amount.ts";

/** Fewer runs do not predict the next one. */
const leastRuns = 2;

/** The duration and cost of a model's runs that made a version; null if there are too few. */
export function describeEstimate({
  runs,
  modelId,
}: {
  runs: readonly RunOutput[];
  modelId: string | undefined;
}): string | null {
  const alike = runs.filter(
    ({ kind, status, model, endedAt }) =>
      kind === "generate" && status === "SUCCEEDED" && model === modelId && endedAt !== null,
  );
  if (alike.length < leastRuns) return null;
  const durations = alike.map(({ usage }) => usage.durationMs);
  const costs = alike.flatMap(({ usage }) => (usage.costUsd === undefined ? [] : [usage.costUsd]));
  const time = describeRange(durations, formatDuration);
  return `The last ${alike.length} runs with this model took ${time}${costs.length === alike.length ? `, ${describeRange(costs, formatCost)}` : ""}.`;
}

function describeRange(amounts: readonly number[], format: (amount: number) => string): string {
  const least = format(Math.min(...amounts));
  const most = format(Math.max(...amounts));
  return least === most ? least : `${least} to ${most}`;
}
