import type { ValidationIssue } from "#lib/contracts/validation.ts";

export type ValidationOutcome = "passed" | "warnings" | "repair" | "review";

/**
 * What findings lead to: any error goes back to the model; one strong or two weak signs of loss go to a person; the rest is
 * shown beside the result. `reasons` are the sentences that decided.
 */
export function summarizeIssues(issues: readonly ValidationIssue[]): { outcome: ValidationOutcome; reasons: string[] } {
  const ofSeverity = (...severities: ValidationIssue["severity"][]) => issues.filter(({ severity }) => severities.includes(severity));
  const toReasons = (deciding: ValidationIssue[]) => deciding.map(({ path, line, message }) => `${path}${line === undefined ? "" : `:${line}`}: ${message}`);
  const errors = ofSeverity("error");
  if (errors.length > 0) return { outcome: "repair", reasons: toReasons(errors) };
  const signs = ofSeverity("strong", "weak");
  if (ofSeverity("strong").length > 0 || signs.length > 1) return { outcome: "review", reasons: toReasons(signs) };
  return { outcome: issues.length > 0 ? "warnings" : "passed", reasons: [] };
}
