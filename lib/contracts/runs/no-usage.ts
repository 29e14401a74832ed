import type { ModelUsage } from "../model.ts";

export const noUsage: ModelUsage = {
  inputTokens: 0,
  outputTokens: 0,
  cachedInputTokens: 0,
  modelCalls: 0,
  durationMs: 0,
};
