import type { RunId } from "#lib/contracts/ids.ts";
import { RunCancelled, WorkerStopping } from "#server/orchestrator/interruptions.ts";
import { SkippablePause } from "#server/orchestrator/skippable-pause.ts";
import type { Notifications } from "#server/store/notifications.ts";

/**
 * What others ask of an attempt while it works: the user cancels its run or skips a pause, or its worker is to stop.
 * Listens until it is closed.
 */
export class RunSignals {
  readonly skippablePause = new SkippablePause();
  readonly #interruption = new AbortController();
  readonly #stopping: AbortSignal;
  readonly #unsubscribe: readonly (() => void)[];
  readonly #stop = () => this.#interruption.abort(new WorkerStopping());

  constructor({
    runId,
    notifications,
    readIsCancelRequested,
    stopping,
  }: {
    runId: RunId;
    notifications: Notifications;
    readIsCancelRequested: () => Promise<boolean>;
    stopping: AbortSignal;
  }) {
    this.#stopping = stopping;
    if (stopping.aborted) this.#stop();
    stopping.addEventListener("abort", this.#stop, { once: true });
    const cancelIfRequested = async () => {
      if (await readIsCancelRequested()) this.cancel();
    };
    this.#unsubscribe = [
      notifications.subscribe({
        channel: "graft_run_cancel",
        listener: (payload) => {
          if (payload === runId) this.cancel();
          // A cancellation may have been missed while the connection was lost. A failed read is repeated at the next
          // notification.
          else if (payload === null) cancelIfRequested().catch(() => undefined);
        },
      }),
      notifications.subscribe({
        channel: "graft_run_skip_pause",
        listener: (payload) => {
          if (payload === runId) this.skippablePause.skip();
        },
      }),
    ];
  }

  /** Aborts with `RunCancelled` or `WorkerStopping`, whichever comes first. */
  get interruption(): AbortSignal {
    return this.#interruption.signal;
  }

  get isWorkerStopping(): boolean {
    return this.interruption.reason instanceof WorkerStopping;
  }

  cancel(): void {
    this.#interruption.abort(new RunCancelled());
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#stopping.removeEventListener("abort", this.#stop);
  }
}
