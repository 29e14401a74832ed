import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";

/**
 * Whether a finding means that parts of a result do not fit together: what does not parse or finds no module is a
 * fault, while a sign of loss is the decision of whoever chose the parts.
 */
export function breaksResult({ validator, severity }: ValidationIssue): boolean {
  return severity === "error" || validator === "unresolved-imports";
}
