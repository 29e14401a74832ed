import type { CheckStatus, ValidationIssue, ValidationSummary } from "#lib/contracts/versions/validation.ts";

type ValidationOutcome = "passed" | "warnings" | "repair" | "hold";

/**
 * The consequence of findings: any error is returned to the model; one strong or two weak signs of loss go to the user;
 * the rest is shown beside the result. `reasons` are the deciding sentences, each with its position.
 */
export function summarizeIssues(issues: readonly ValidationIssue[]): {
  outcome: ValidationOutcome;
  summary: ValidationSummary;
  reasons: string[];
} {
  const errors = issues.filter(({ severity }) => severity === "error");
  const signs = issues.filter(({ severity }) => severity === "strong" || severity === "weak");
  const isDoubtful = signs.length > 1 || signs.some(({ severity }) => severity === "strong");
  const outcome =
    errors.length > 0
      ? "repair"
      : isDoubtful
        ? "hold"
        : issues.some(({ severity }) => severity !== "info")
          ? "warnings"
          : "passed";
  const deciding = outcome === "repair" ? errors : outcome === "hold" ? signs : [];
  const status = outcome === "passed" || outcome === "warnings" ? outcome : "failed";
  return { outcome, summary: { status, issueCount: issues.length }, reasons: deciding.map(describeIssue) };
}

/** The result of one check by its own findings. Several checks together may hold a run that each alone would pass. */
export function summarizeCheck(issues: readonly ValidationIssue[]): CheckStatus {
  if (issues.some(({ severity }) => severity === "error" || severity === "strong")) return "failed";
  return issues.some(({ severity }) => severity !== "info") ? "warnings" : "passed";
}

function describeIssue({ path, line, message }: ValidationIssue): string {
  return `${path}${line === undefined ? "" : `:${line}`}: ${message}`;
}
