import type { FilePath } from "../ids.ts";

/**
 * `strong` or two `weak` findings of loss hold a run for review. `error` is returned to the model. `warning` and `info`
 * are only shown; `info` raises no doubt.
 */
export type IssueSeverity = "error" | "strong" | "weak" | "warning" | "info";

/** The checks of a result: the validators, the limits of the run, the secret scan, and the project's own checks. */
export type CheckName =
  | "syntax"
  | "format-residue"
  | "elision"
  | "truncation"
  | "shrink"
  | "disproportion"
  | "lost-symbols"
  | "lost-files"
  | "schema-narrowing"
  | "binary"
  | "renames"
  | "unresolved-imports"
  | "scope"
  | "secrets"
  | "project-checks";

/** One finding of a validator about a candidate, relative to its parent. */
export type ValidationIssue = {
  validator: string;
  severity: IssueSeverity;
  path: FilePath;
  /** 1-based, in the candidate's file. */
  line?: number;
  /** A sentence for the user. */
  message: string;
  /** What the model is told instead if it has to fix the finding. */
  forModel?: string;
  /** All files of a finding that concerns several. */
  paths?: FilePath[];
  /** The text that the finding refers to, at most a few lines. */
  excerpt?: string;
};

/** The result of one check; `skipped` if nothing in the result is relevant to it. */
export type CheckStatus = "passed" | "warnings" | "failed" | "skipped";

export type ValidationSummary = { status: "passed" | "warnings" | "failed"; issueCount: number };
