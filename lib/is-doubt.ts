import type { ValidationIssue } from "./contracts/versions/validation.ts";

/** True for a finding that needs a decision; warnings and notes are only shown. */
export function isDoubt({ severity }: Pick<ValidationIssue, "severity">): boolean {
  return severity === "error" || severity === "strong" || severity === "weak";
}
