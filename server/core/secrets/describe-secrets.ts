import type { FilePath } from "#lib/contracts/ids.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import type { SecretFinding } from "./secret-finding.ts";

/** Warnings that name file, line and kind of each secret, but never the secret. */
export function describeSecrets(found: ReadonlyMap<FilePath, readonly SecretFinding[]>): ValidationIssue[] {
  return [...found].flatMap(([path, findings]) =>
    findings.map(({ kind, line }): ValidationIssue => ({
      validator: "secrets",
      severity: "warning",
      path,
      line,
      message: `${path} holds what looks like a secret (${kind}). Models are not shown it unless you allow the file. If it is real, replace it where it is used and keep it out of the project: every version keeps its files.`,
    })),
  );
}
