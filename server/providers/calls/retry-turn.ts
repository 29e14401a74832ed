import type { SkippablePause } from "#server/orchestrator/skippable-pause.ts";
import type { Clock } from "../clock.ts";
import { ModelFailure } from "./model-failure.ts";

const maxTries = 3;
const firstPauseMs = 500;
/** After a longer requested wait the run is queued again, so that it occupies no worker while it waits. */
const maxPauseMs = 60_000;
/** Calls with the same requested wait must not all repeat at the same moment. */
const spreadMs = 500;

/**
 * Makes a call up to three times while its failure may be transient. Pauses have full jitter, or are what the provider
 * requested, up to 60 s. The user can end a pause early.
 *
 * @throws the last ModelFailure; the signal's reason when aborted
 */
export async function retryTurn<Result>({
  attempt,
  signal,
  skippablePause,
  clock,
  onRetry,
}: {
  attempt: () => Promise<Result>;
  signal: AbortSignal;
  skippablePause: SkippablePause | undefined;
  clock: Clock;
  onRetry: (retry: { failure: ModelFailure; afterMs: number }) => void;
}): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ModelFailure) || error.retry !== "now" || tries >= maxTries) throw error;
      const afterMs = choosePauseMs({ failure: error, tries, clock });
      if (afterMs > maxPauseMs + spreadMs) throw error;
      const skipped = skippablePause?.begin();
      onRetry({ failure: error, afterMs });
      await pause({ clock, ms: afterMs, signal, skipped });
    }
  }
}

async function pause({
  clock,
  ms,
  signal,
  skipped,
}: {
  clock: Clock;
  ms: number;
  signal: AbortSignal;
  skipped: AbortSignal | undefined;
}): Promise<void> {
  if (skipped === undefined) return clock.sleep({ ms, signal });
  await clock.sleep({ ms, signal: AbortSignal.any([signal, skipped]) }).catch((error: unknown) => {
    signal.throwIfAborted();
    if (!skipped.aborted) throw error;
  });
}

function choosePauseMs({ failure, tries, clock }: { failure: ModelFailure; tries: number; clock: Clock }): number {
  if (failure.retryAfterMs !== undefined) return Math.round(failure.retryAfterMs + clock.random() * spreadMs);
  return Math.round(clock.random() * firstPauseMs * 2 ** tries);
}
