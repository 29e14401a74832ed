import type { RunId } from "#lib/contracts/ids.ts";
import { isEndOfRun, type StoredRunEvent } from "#lib/contracts/runs/run-event.ts";
import { isActive } from "#lib/contracts/runs/run-state.ts";
import type { Container } from "#server/container.ts";
import { listRunEvents } from "#server/store/runs/run-events.ts";
import { getRun } from "#server/store/runs/runs.ts";

const batchSize = 500;

/** Should a notification be lost, the next poll is this soon. */
const fallbackPollMs = 2_000;

/**
 * The events of a run after `afterSequence`, then live, without gap or duplicate; ends with the run. Subscribes before
 * the first read, so that no event falls between the two.
 *
 * @throws AppError RUN_NOT_FOUND
 */
export async function* watchRun({
  container,
  ownerId,
  runId,
  afterSequence,
  signal,
}: {
  container: Pick<Container, "database" | "notifications">;
  ownerId: string;
  runId: RunId;
  afterSequence: number;
  signal: AbortSignal;
}): AsyncGenerator<StoredRunEvent> {
  const wake = createWake(signal);
  const unsubscribe = container.notifications.subscribe({
    channel: "graft_run_event",
    listener: (payload) => {
      if (payload === null || payload === runId) wake.notify();
    },
  });
  try {
    const { status } = await getRun({ database: container.database, ownerId, runId });
    let mayGoOn = isActive(status);
    let sequence = afterSequence;
    while (!signal.aborted) {
      const events = await listRunEvents({
        database: container.database,
        runId,
        afterSequence: sequence,
        limit: batchSize,
      });
      for (const stored of events) {
        yield stored;
        sequence = stored.sequence;
        if (isEndOfRun(stored.event)) mayGoOn = false;
      }
      if (events.length === batchSize) continue;
      if (!mayGoOn) return;
      await wake.wait(fallbackPollMs);
    }
  } finally {
    unsubscribe();
  }
}

/** A latch: a notification that arrives while nobody waits is not lost. */
function createWake(signal: AbortSignal): { notify(): void; wait(timeoutMs: number): Promise<void> } {
  let isSet = false;
  let release: (() => void) | null = null;
  return {
    notify() {
      isSet = true;
      release?.();
    },
    async wait(timeoutMs) {
      if (!isSet && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs);
          release = () => {
            clearTimeout(timer);
            resolve();
          };
          signal.addEventListener("abort", release, { once: true });
        });
        if (release !== null) signal.removeEventListener("abort", release);
        release = null;
      }
      isSet = false;
    },
  };
}
