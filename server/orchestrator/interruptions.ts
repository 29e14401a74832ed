/** Abort reason: the user cancelled the run, so it ends as cancelled. */
export class RunCancelled extends Error {
  constructor() {
    super("The run was cancelled.");
    this.name = "RunCancelled";
  }
}

/** Abort reason: this worker stops or lost the job, so another worker continues the run. */
export class WorkerStopping extends Error {
  constructor() {
    super("The worker is stopping; the run goes on with another.");
    this.name = "WorkerStopping";
  }
}
