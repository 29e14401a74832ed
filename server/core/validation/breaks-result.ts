import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";

/**
 * Whether a finding means that the parts of a result do not fit together, such as a syntax error or a missing module. A
 * possible loss is not such a finding: the user who chose the parts decided on it.
 */
export function breaksResult({ validator, severity }: ValidationIssue): boolean {
  return severity === "error" || validator === "unresolved-imports";
}
