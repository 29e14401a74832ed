import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { comparePaths } from "../file-tree.ts";
import type { ValidationInput } from "./validator.ts";
import { validators } from "./validators/registry.ts";

export type RuleResult = { validator: string; isSkipped: boolean; issues: ValidationIssue[] };

/**
 * Runs one rule after another; the work grows with the changed files. A generator, so that the caller can measure each
 * rule: core has no clock.
 */
export function* applyValidators(input: ValidationInput): Generator<RuleResult> {
  for (const validator of validators) {
    const isSkipped = !validator.applies(input);
    yield { validator: validator.name, isSkipped, issues: isSkipped ? [] : validator.validate(input) };
  }
}

/** By path and line. */
export function sortIssues(issues: readonly ValidationIssue[]): ValidationIssue[] {
  return issues.toSorted(
    (a, b) => comparePaths(a.path, b.path) || (a.line ?? 0) - (b.line ?? 0) || comparePaths(a.validator, b.validator),
  );
}
