/** One case of a check, as reported by its tool. */
export type CaseResult = {
  name: string;
  status: "passed" | "failed" | "skipped";
  /** Relative to the folder of the version. */
  path?: string;
  line?: number;
  message: string;
};
