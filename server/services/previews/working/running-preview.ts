import type { Turns } from "#server/archive/turns.ts";
import type { PreviewContainer } from "#server/container.ts";
import { logger } from "#server/logger.ts";
import type { PreviewDoor } from "#server/sandbox/preview-door.ts";
import { endPreview, notePreview, type StoredPreview } from "#server/store/previews/previews.ts";
import { keepScreenshot } from "./keep-screenshot.ts";
import type { PreviewEnd } from "./preview-ended.ts";
import { PreviewLog } from "./preview-log.ts";
import { runPreview } from "./run-preview.ts";

/** A preview that this process took, until its end is stored. */
export class RunningPreview {
  readonly preview: StoredPreview;
  readonly #container: PreviewContainer;
  readonly #port: () => number;
  readonly #screenshotTurns: Turns;
  readonly #stopping = new AbortController();
  #door: PreviewDoor | null = null;
  #usedAtMs: number;
  #storedUseMs: number;
  #ended: Promise<void> = Promise.resolve();
  /** In order, so that the row shows the last one. */
  #noting: Promise<void> = Promise.resolve();
  #screenshot: Promise<void> = Promise.resolve();

  constructor({
    container,
    preview,
    port,
    screenshotTurns,
  }: {
    container: PreviewContainer;
    preview: StoredPreview;
    /** The listener's port. */
    port: () => number;
    screenshotTurns: Turns;
  }) {
    this.preview = preview;
    this.#container = container;
    this.#port = port;
    this.#screenshotTurns = screenshotTurns;
    this.#usedAtMs = container.now();
    this.#storedUseMs = this.#usedAtMs;
  }

  get isOpen(): boolean {
    return this.#door !== null;
  }

  get usedAtMs(): number {
    return this.#usedAtMs;
  }

  start({ onEnd }: { onEnd: () => void }): void {
    this.#ended = this.#run().finally(onEnd);
  }

  /** Returns when its end is stored. */
  async stop(reason: string): Promise<void> {
    this.#stopping.abort(reason);
    await this.#ended;
  }

  /** A connection to the program; null if it is not open. */
  take(signal: AbortSignal): ReturnType<PreviewDoor["take"]> {
    return this.#door?.take(signal) ?? Promise.resolve(null);
  }

  noteUse(): void {
    this.#usedAtMs = this.#container.now();
  }

  async storeUse(): Promise<void> {
    if (this.#usedAtMs === this.#storedUseMs) return;
    this.#storedUseMs = this.#usedAtMs;
    const { previewId } = this.preview;
    await notePreview({
      database: this.#container.database,
      previewId,
      change: { usedAt: new Date(this.#usedAtMs) },
    });
  }

  async #run(): Promise<void> {
    const container = this.#container;
    const { database } = container;
    const { preview } = this;
    const { previewId } = preview;
    const log = new PreviewLog({ container, previewId });
    const ended = new AbortController();
    const startedAt = performance.now();
    const end = await runPreview({
      container,
      preview,
      signal: this.#stopping.signal,
      events: {
        onStep: (step) => this.#note({ step }),
        onOutput: (chunk) => log.add(chunk),
        onSecret: (secret) => log.hide(secret),
        onOpen: (door) => {
          this.#open({ door, ended: ended.signal });
          logger.info({ previewId, durationMs: Math.round(performance.now() - startedAt) }, "preview ready");
        },
      },
    }).catch((error: unknown): PreviewEnd => {
      logger.error({ previewId, err: error }, "a preview broke off");
      return {
        status: "FAILED",
        reason: "Graft could not run it because of an internal error. Graft's own log has the details. Start it again.",
      };
    });
    this.#door = null;
    ended.abort();
    await this.#screenshot;
    await this.#noting;
    await log.stop();
    await endPreview({ database, previewId, ...end }).catch((error: unknown) =>
      logger.warn({ previewId, err: error }, "a preview's end could not be noted"),
    );
    logger.info({ previewId, ...end }, "preview ended");
  }

  #open({ door, ended }: { door: PreviewDoor; ended: AbortSignal }): void {
    const container = this.#container;
    const { preview } = this;
    this.#door = door;
    this.noteUse();
    this.#note({ port: this.#port(), usedAt: new Date(this.#usedAtMs) });
    const signal = AbortSignal.any([this.#stopping.signal, ended]);
    const act = () => keepScreenshot({ container, preview, door, port: this.#port(), signal });
    this.#screenshot = this.#screenshotTurns.take({ act, signal }).catch((error: unknown) => {
      if (!signal.aborted) logger.warn({ previewId: preview.previewId, err: error }, "a screenshot could not be taken");
    });
  }

  #note(change: Parameters<typeof notePreview>[0]["change"]): void {
    const { database } = this.#container;
    const { previewId } = this.preview;
    this.#noting = this.#noting
      .then(() => notePreview({ database, previewId, change }))
      .catch((error: unknown) => logger.warn({ previewId, err: error }, "a preview's progress could not be noted"));
  }
}
