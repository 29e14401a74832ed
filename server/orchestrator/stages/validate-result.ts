import type { FilePath } from "#lib/contracts/ids.ts";
import type { CheckStatus, ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { summarizeCheck, summarizeIssues } from "#server/core/validation/summarize-issues.ts";
import { sortIssues } from "#server/core/validation/apply-validators.ts";
import type { ValidationInput } from "#server/core/validation/validator.ts";
import { applyRules } from "../rules/apply-rules.ts";
import { findAddedSecrets } from "../context/find-added-secrets.ts";
import { loadValidationInput } from "../rules/load-validation-input.ts";
import type { RunDependencies } from "../ports.ts";
import type { Candidate } from "./merge-changes.ts";

/** The run's log has the first findings; the version has them all. */
const maxReportedIssues = 20;

declare const validated: unique symbol;

/** A candidate whose findings allow it to be stored. Only `validateResult` creates one. */
export type ValidatedCandidate = Candidate & { issues: ValidationIssue[]; readonly [validated]: true };

type ValidationResult =
  | { status: "valid"; candidate: ValidatedCandidate; issues: ValidationIssue[]; reasons: string[] }
  | { status: "repairable"; candidate: Candidate; issues: ValidationIssue[]; reasons: string[]; report: string }
  | { status: "held"; candidate: Candidate; issues: ValidationIssue[]; reasons: string[] };

/** Checks the changes against the parent: errors are returned to the model, signs of loss go to the user. */
export async function validateResult({
  candidate,
  dependencies,
}: {
  candidate: Candidate;
  dependencies: RunDependencies;
}): Promise<ValidationResult> {
  const { merged, parent, request } = candidate;
  const input = await loadValidationInput({
    merged,
    parent,
    parentContents: candidate.parentContents,
    prompt: request.prompt,
    sourceParser: dependencies.sourceParser,
    loadContents: (hashes) => dependencies.generations.loadContents(hashes),
  });
  const issues = [
    ...sortIssues(await runChecks({ input, candidate, dependencies })),
    ...checkScope({ candidate, dependencies }),
    ...(await checkSecrets({ candidate, dependencies })),
  ];
  dependencies.events.append({ type: "validated", issueCount: issues.length });
  const { outcome, reasons } = summarizeIssues(issues);
  if (outcome === "repair") return { status: "repairable", candidate, issues, reasons, report: describeIssues(issues) };
  if (outcome === "hold") return { status: "held", candidate, issues, reasons };
  return { status: "valid", candidate: { ...candidate, issues } as ValidatedCandidate, issues, reasons };
}

/** Runs and reports each rule. */
async function runChecks({
  input,
  candidate,
  dependencies,
}: {
  input: ValidationInput;
  candidate: Candidate;
  dependencies: RunDependencies;
}): Promise<ValidationIssue[]> {
  const results = await applyRules({ threads: dependencies.threads, input, signal: dependencies.signal });
  return results.flatMap(({ validator, isSkipped, issues: ofRule, durationMs }) => {
    const issues = ofRule.map((issue): ValidationIssue =>
      isAccepted({ candidate, path: issue.path }) ? { ...issue, severity: "warning" } : issue,
    );
    reportCheck({
      check: validator,
      status: isSkipped ? "skipped" : summarizeCheck(issues),
      durationMs,
      issues,
      dependencies,
    });
    return issues;
  });
}

/** Changes outside the allowed scope were dropped before: this only reports them. */
function checkScope({
  candidate,
  dependencies,
}: {
  candidate: Candidate;
  dependencies: RunDependencies;
}): ValidationIssue[] {
  const issues = describeOutOfScope(candidate);
  const { include, locked } = candidate.request.scope;
  if (include !== null || locked.length > 0)
    reportCheck({ check: "scope", status: summarizeCheck(issues), durationMs: 0, issues, dependencies });
  return issues;
}

/** Reports secrets that the result adds. They come from the model, because the project's own are withheld from it. */
async function checkSecrets({
  candidate: { merged, parentContents },
  dependencies,
}: {
  candidate: Candidate;
  dependencies: RunDependencies;
}): Promise<ValidationIssue[]> {
  const startedAt = performance.now();
  const { secrets } = dependencies;
  const issues = await findAddedSecrets({ secrets, candidate: merged, parentContents });
  const durationMs = performance.now() - startedAt;
  reportCheck({ check: "secrets", status: summarizeCheck(issues), durationMs, issues, dependencies });
  return issues;
}

function reportCheck({
  check,
  status,
  durationMs,
  issues,
  dependencies,
}: {
  check: string;
  status: CheckStatus;
  durationMs: number;
  issues: ValidationIssue[];
  dependencies: RunDependencies;
}): void {
  dependencies.events.append({
    type: "check.done",
    check,
    status,
    durationMs: Math.round(durationMs),
    issueCount: issues.length,
    issues: issues.slice(0, maxReportedIssues),
  });
}

/** The user accepted the file as the earlier run left it. */
function isAccepted({
  candidate: { accepted, start, merged },
  path,
}: {
  candidate: Candidate;
  path: FilePath;
}): boolean {
  return accepted.has(path) && start.changes.get(path)?.entry?.contentHash === merged.tree.get(path)?.contentHash;
}

function describeOutOfScope({ outOfScope }: Candidate): ValidationIssue[] {
  return outOfScope.map(({ operation, reason }) => ({
    validator: "scope",
    severity: "warning",
    path: (operation.type === "move" ? operation.source : operation.path) as FilePath,
    message: `Proposed, not applied: ${reason}`,
  }));
}

function describeIssues(issues: ValidationIssue[]): string {
  const errors = issues.filter(({ severity }) => severity === "error");
  const lines = errors.map(
    ({ path, line, message, forModel = message, excerpt }) =>
      `- ${path}${line === undefined ? "" : `:${line}`}: ${forModel}${excerpt === undefined ? "" : `\n  ${excerpt}`}`,
  );
  return `Your changes were applied, but checks found problems. Mend these with further edits; do not send the operations that are fine again.\n${lines.join("\n")}`;
}
