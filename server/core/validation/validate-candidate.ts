import type { ValidationIssue } from "#lib/contracts/validation.ts";
import { comparePaths } from "../file-tree.ts";
import type { ValidationInput } from "./validator.ts";
import { validators } from "./validators/registry.ts";

/** All findings about a candidate, by path and line. Work grows with the changed files. */
export function validateCandidate(input: ValidationInput): ValidationIssue[] {
  return validators
    .flatMap((validator) => validator.validate(input))
    .sort((a, b) => comparePaths(a.path, b.path) || (a.line ?? 0) - (b.line ?? 0) || comparePaths(a.validator, b.validator));
}
