import { applyValidators, type RuleResult } from "#server/core/validation/apply-validators.ts";
import type { ValidationInput } from "#server/core/validation/validator.ts";

export type TimedRuleResult = RuleResult & { durationMs: number };

/** Runs each rule separately and measures its duration. */
export function timeValidators(input: ValidationInput): TimedRuleResult[] {
  const results: TimedRuleResult[] = [];
  let startedAt = performance.now();
  for (const result of applyValidators(input)) {
    const endedAt = performance.now();
    results.push({ ...result, durationMs: endedAt - startedAt });
    startedAt = endedAt;
  }
  return results;
}
