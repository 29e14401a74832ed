/**
 * The state when an attempt began. Compared with the state when the next one begins, it shows why the attempt ended.
 */
export type OpenAttempt = {
  /** The number of stored steps. */
  steps: number;
  /** When the database server started, as PostgreSQL spells it. */
  serverStart: string;
  /**
   * No other run was running in its worker, or none with as many interruptions: the worker's end is attributed to this
   * run.
   */
  isAlone: boolean;
};

/**
 * The number of crashes of a run whose last attempt ended with its worker. A new step resets the count. An attempt is
 * not counted if the database server restarted too, or if another run shared its worker.
 */
export function countCrashes({
  crashes,
  last,
  now,
}: {
  crashes: number;
  last: OpenAttempt | null;
  now: Pick<OpenAttempt, "steps" | "serverStart">;
}): number {
  if (last === null) return crashes;
  if (now.steps > last.steps) return 0;
  return last.isAlone && last.serverStart === now.serverStart ? crashes + 1 : crashes;
}
