import type { ModelUsage } from "#lib/contracts/model.ts";

/** The sum of two usages. The cost is only known if the cost of every call with tokens is. */
export function addUsage(a: ModelUsage, b: ModelUsage): ModelUsage {
  const isPriced = (usage: ModelUsage) => usage.modelCalls === 0 || usage.costUsd !== undefined;
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cachedInputTokens: a.cachedInputTokens + b.cachedInputTokens,
    modelCalls: a.modelCalls + b.modelCalls,
    durationMs: a.durationMs + b.durationMs,
    ...(isPriced(a) && isPriced(b) ? { costUsd: (a.costUsd ?? 0) + (b.costUsd ?? 0) } : {}),
  };
}
