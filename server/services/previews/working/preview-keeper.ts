import { limits } from "#lib/contracts/limits.ts";
import type { PreviewId } from "#lib/contracts/versions/preview.ts";
import { createTurns } from "#server/archive/turns.ts";
import type { PreviewContainer } from "#server/container.ts";
import { findIdle, findReplaced, previewIdleMs } from "#server/core/previews/preview-clock.ts";
import { logger } from "#server/logger.ts";
import type { PreviewDoor } from "#server/sandbox/preview-door.ts";
import {
  endPreview,
  listLivePreviews,
  listPreviewsWithDatabase,
  takePreview,
  type StoredPreview,
} from "#server/store/previews/previews.ts";
import { removeDatabase } from "./provide-database.ts";
import { RunningPreview } from "./running-preview.ts";

const tickMs = 2_000;
/** A row that no process took within this time was left by an earlier process. */
const maxWaitMs = 60_000;

const reasons = {
  idle: `It had no request for ${previewIdleMs / 60_000} minutes, so it was stopped. Start it again to continue.`,
  replaced: `At most ${limits.previews} previews run at once, and this one was used least recently, so it was stopped. Start it again to continue.`,
  closing: "Graft was stopped, and its previews with it. Start it again to continue.",
  lost: "The process that runs previews ended, and its previews with it. Start it again to continue.",
  late: "Graft was stopped before this preview could start. Start it again.",
} as const;

/** Runs the requested previews. Only one exists per host, under the lock of `holdPreviewLock`. */
export class PreviewKeeper {
  readonly #container: PreviewContainer;
  readonly #port: () => number;
  readonly #running = new Map<PreviewId, RunningPreview>();
  // A browser takes as much memory as a program.
  readonly #screenshotTurns = createTurns();
  readonly #timer: NodeJS.Timeout;
  #isClosing = false;
  #looking: Promise<void> = Promise.resolve();

  constructor({
    container,
    port,
  }: {
    container: PreviewContainer;
    /** The listener's port. */
    port: () => number;
  }) {
    this.#container = container;
    this.#port = port;
    this.#timer = setInterval(() => {
      this.#tick().catch((error: unknown) => logger.warn({ err: error }, "the use of previews could not be noted"));
    }, tickMs);
  }

  /** Starts and stops previews as the rows request. */
  look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#lookOnce());
    const looked = this.#looking;
    this.#looking = this.#looking.catch(() => undefined);
    return looked;
  }

  /** A live preview by its token, for the listener. */
  find(token: string): { isOpen: boolean; take: PreviewDoor["take"]; noteUse(): void } | null {
    for (const running of this.#running.values()) {
      if (running.preview.token !== token) continue;
      return {
        isOpen: running.isOpen,
        take: (signal) => running.take(signal),
        noteUse: () => running.noteUse(),
      };
    }
    return null;
  }

  /** Stops everything; nothing is left when it returns. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#timer);
    await this.#looking;
    await Promise.all([...this.#running.values()].map((running) => running.stop(reasons.closing)));
  }

  async #lookOnce(): Promise<void> {
    const container = this.#container;
    const { database } = container;
    for (const preview of await listPreviewsWithDatabase(database))
      if (!this.#running.has(preview.previewId))
        await removeDatabase({ container, preview }).catch((error: unknown) =>
          logger.warn({ previewId: preview.previewId, err: error }, "a preview's database could not be dropped"),
        );
    for (const preview of await listLivePreviews(database)) {
      if (this.#isClosing) return;
      const { previewId, step, stopRequestedAt, startedAt } = preview;
      const running = this.#running.get(previewId);
      if (running !== undefined) {
        if (stopRequestedAt !== null) void running.stop(preview.reason ?? reasons.closing);
      } else if (step !== null || stopRequestedAt !== null) {
        await endPreview({ database, previewId, status: "STOPPED", reason: reasons.lost });
      } else if (Date.now() - startedAt.getTime() > maxWaitMs) {
        await endPreview({ database, previewId, status: "STOPPED", reason: reasons.late });
      } else if (await takePreview({ database, previewId })) {
        await this.#makeRoom();
        this.#start(preview);
      }
    }
  }

  async #makeRoom(): Promise<void> {
    const previews = listUses([...this.#running.values()]);
    const replaced = findReplaced({ previews, maximum: limits.previews });
    await Promise.all(replaced.map((previewId) => this.#running.get(previewId)?.stop(reasons.replaced)));
  }

  #start(preview: StoredPreview): void {
    const running = new RunningPreview({
      container: this.#container,
      preview,
      port: this.#port,
      screenshotTurns: this.#screenshotTurns,
    });
    this.#running.set(preview.previewId, running);
    running.start({ onEnd: () => this.#running.delete(preview.previewId) });
  }

  async #tick(): Promise<void> {
    const open = [...this.#running.values()].filter(({ isOpen }) => isOpen);
    const idle = new Set(findIdle({ previews: listUses(open), nowMs: this.#container.now() }));
    for (const running of open) {
      if (idle.has(running.preview.previewId)) void running.stop(reasons.idle);
      else await running.storeUse();
    }
  }
}

function listUses(previews: readonly RunningPreview[]): { previewId: PreviewId; usedAtMs: number }[] {
  return previews.map(({ preview: { previewId }, usedAtMs }) => ({ previewId, usedAtMs }));
}
