/** One case of a check, as its tool told it. */
export type CaseResult = {
  name: string;
  status: "passed" | "failed" | "skipped";
  /** Relative to the folder of the version. */
  path?: string;
  line?: number;
  message: string;
};
