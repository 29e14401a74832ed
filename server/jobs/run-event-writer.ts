import type { RunEvent } from "#lib/contracts/runs/run-event.ts";
import type { RunEventLog } from "#server/orchestrator/ports.ts";
import { createStreamedTextBound } from "./bound-streamed-text.ts";

/**
 * A crash loses at most this much streamed text; ten writes a second keep the log small. The first text after a pause
 * is stored at once, so that users see the start of an answer without delay.
 */
const flushIntervalMs = 100;

type FileDelta = Extract<RunEvent, { type: "file.delta" }>;

function isOfSameText(one: FileDelta, other: FileDelta): boolean {
  return one.path === other.path && one.isOld === other.isOld;
}

/**
 * Collects a run's events and stores them in order, at most ten times a second. Consecutive texts of the same file
 * become one event, and the streamed text of a run is bounded. When a write fails, its events stay for the next write;
 * `flush` throws the error.
 */
export function createRunEventWriter({
  store,
}: {
  store: (events: RunEvent[]) => Promise<void>;
}): RunEventLog & { stop(): void } {
  let pending: RunEvent[] = [];
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let lastWriteMs = -flushIntervalMs;
  const bound = createStreamedTextBound();

  const write = async () => {
    const events = pending;
    if (events.length === 0) return;
    pending = [];
    try {
      await store(events);
    } catch (error) {
      pending = [...events, ...pending];
      throw error;
    }
  };

  const schedule = () => {
    timer ??= setTimeout(
      () => {
        timer = null;
        lastWriteMs = performance.now();
        writing = writing.then(write).catch(() => schedule());
      },
      Math.max(0, lastWriteMs + flushIntervalMs - performance.now()),
    );
  };

  return {
    append(appended) {
      const event = bound(appended);
      if (event === null) return;
      const last = pending.at(-1);
      if (event.type === "file.delta" && last?.type === "file.delta" && isOfSameText(last, event))
        pending[pending.length - 1] = { ...last, delta: last.delta + event.delta };
      else if ((event.type === "model.text" || event.type === "plan.delta") && last?.type === event.type)
        pending[pending.length - 1] = { ...last, delta: last.delta + event.delta };
      else pending.push(event);
      schedule();
    },
    async flush() {
      await writing;
      const written = write();
      writing = written.catch(() => undefined);
      await written;
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
