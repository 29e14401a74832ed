import type { FilePath } from "../ids.ts";

/**
 * `strong` or two `weak` findings of loss hold a run for review; `error` goes back to the model; `warning` and `info`
 * are shown, and `info` is no doubt at all.
 */
export type IssueSeverity = "error" | "strong" | "weak" | "warning" | "info";

/** The checks of a result: the validators, the limits of the run, and the search for secrets. */
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
  | "secrets";

/** One finding of a validator about a candidate, relative to its parent. */
export type ValidationIssue = {
  validator: string;
  severity: IssueSeverity;
  path: FilePath;
  /** 1-based, in the candidate's file. */
  line?: number;
  /** A sentence for the user. */
  message: string;
  /** What the model is told instead, where it has to mend what was found. */
  forModel?: string;
  /** All files of a finding that is about several. */
  paths?: FilePath[];
  /** The text that the finding is about, at most a few lines. */
  excerpt?: string;
};

/** What one check came to; `skipped` where nothing in the result is what it is about. */
export type CheckStatus = "passed" | "warnings" | "failed" | "skipped";

export type ValidationSummary = { status: "passed" | "warnings" | "failed"; issueCount: number };
