import type { StoredRunEvent } from "#lib/contracts/runs/run-event.ts";
import type { FollowedFiles } from "./followed/followed-files.ts";
import { RunProgress, type RunView } from "./run-progress.ts";
import type { TextStream } from "../texts/text-stream.ts";

export type RunConnection = "connecting" | "live" | "reconnecting" | "closed";

/** The state for the screen: the run, and whether events still arrive. */
export type RunEventState = { view: RunView; connection: RunConnection; error: unknown };

/** Background tabs get no animation frames, but their title should still update. */
const hiddenFlushMs = 500;

/** Once per frame while the page is visible. */
function scheduleFlush(flush: () => void): void {
  if (document.visibilityState === "visible") requestAnimationFrame(flush);
  else setTimeout(flush, hiddenFlushMs);
}

/**
 * Holds the events of one run for React (`useSyncExternalStore`). However many events arrive, listeners are notified
 * once per flush; texts are read from their streams, never copied into the state.
 */
export class RunEventStore {
  readonly #progress = new RunProgress();
  readonly #listeners = new Set<() => void>();
  readonly #schedule: (flush: () => void) => void;
  #state: RunEventState = { view: this.#progress.toView(), connection: "connecting", error: null };
  #connection: RunConnection = "connecting";
  #error: unknown = null;
  #isScheduled = false;

  constructor({ schedule = scheduleFlush }: { schedule?: (flush: () => void) => void } = {}) {
    this.#schedule = schedule;
  }

  get lastSequence(): number {
    return this.#progress.lastSequence;
  }

  get modelText(): TextStream {
    return this.#progress.modelText;
  }

  get planText(): TextStream {
    return this.#progress.planText;
  }

  /** The files with their texts as they stream in. */
  get files(): Pick<FollowedFiles, "text" | "edits" | "operations"> {
    return this.#progress.files;
  }

  append(event: StoredRunEvent): void {
    this.#progress.apply(event);
    this.#requestFlush();
  }

  setConnection(connection: RunConnection): void {
    if (this.#connection === connection) return;
    this.#connection = connection;
    this.#requestFlush();
  }

  /** The error if events cannot be received; `null` once they can again. */
  setError(error: unknown): void {
    this.#error = error;
    this.#requestFlush();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): RunEventState => this.#state;

  #requestFlush(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#schedule(() => {
      this.#isScheduled = false;
      this.#state = { view: this.#progress.toView(), connection: this.#connection, error: this.#error };
      for (const listener of this.#listeners) listener();
    });
  }
}
