import { limits } from "#lib/contracts/limits.ts";
import type { PreviewId } from "#lib/contracts/versions/preview.ts";
import { createTurns, type Turns } from "#server/archive/turns.ts";
import type { PreviewContainer } from "#server/container.ts";
import { findIdle, findReplaced, previewIdleMs } from "#server/core/previews/preview-clock.ts";
import { logger } from "#server/logger.ts";
import type { PreviewDoor } from "#server/sandbox/preview-door.ts";
import {
  endPreview,
  listLivePreviews,
  listPreviewsWithDatabase,
  notePreview,
  takePreview,
  type StoredPreview,
} from "#server/store/previews/previews.ts";
import { keepScreenshot } from "./keep-screenshot.ts";
import type { PreviewEnd } from "./preview-ended.ts";
import { PreviewLog } from "./preview-log.ts";
import { removeDatabase } from "./provide-database.ts";
import { runPreview } from "./run-preview.ts";

type PreviewKeeper = {
  /** Starts and stops previews as the rows request. */
  look(): Promise<void>;
  /** A live preview by its token, for the listener. */
  find(token: string): { isOpen: boolean; take: PreviewDoor["take"]; noteUse(): void } | null;
  /** Stops everything; nothing is left when it returns. */
  close(): Promise<void>;
};

type Running = {
  preview: StoredPreview;
  door: PreviewDoor | null;
  usedAtMs: number;
  notedUseMs: number;
  stopping: AbortController;
  ended: Promise<void>;
};

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
export function createPreviewKeeper({
  container,
  port,
}: {
  container: PreviewContainer;
  /** The listener's port. */
  port: () => number;
}): PreviewKeeper {
  const { database, now } = container;
  const running = new Map<PreviewId, Running>();
  // A browser takes as much memory as a program.
  const screenshotTurns = createTurns();
  let isClosing = false;
  let looking: Promise<void> = Promise.resolve();

  const start = (preview: StoredPreview): void => {
    const stopping = new AbortController();
    const entry: Running = {
      preview,
      door: null,
      usedAtMs: now(),
      notedUseMs: now(),
      stopping,
      ended: Promise.resolve(),
    };
    running.set(preview.previewId, entry);
    entry.ended = run({ container, entry, port, screenshotTurns }).finally(() => running.delete(preview.previewId));
  };

  const stop = async ({ stopping, ended }: Running, reason: string): Promise<void> => {
    stopping.abort(reason);
    await ended;
  };

  const makeRoom = async (): Promise<void> => {
    const previews = [...running.values()].map(({ preview: { previewId }, usedAtMs }) => ({ previewId, usedAtMs }));
    const replaced = findReplaced({ previews, maximum: limits.previews });
    await Promise.all(
      replaced.map((previewId) => {
        const entry = running.get(previewId);
        return entry === undefined ? undefined : stop(entry, reasons.replaced);
      }),
    );
  };

  const lookOnce = async (): Promise<void> => {
    for (const preview of await listPreviewsWithDatabase(database))
      if (!running.has(preview.previewId))
        await removeDatabase({ container, preview }).catch((error: unknown) =>
          logger.warn({ previewId: preview.previewId, err: error }, "a preview's database could not be dropped"),
        );
    for (const preview of await listLivePreviews(database)) {
      if (isClosing) return;
      const { previewId, step, stopRequestedAt, startedAt } = preview;
      const entry = running.get(previewId);
      if (entry !== undefined) {
        if (stopRequestedAt !== null) void stop(entry, preview.reason ?? reasons.closing);
      } else if (step !== null || stopRequestedAt !== null) {
        await endPreview({ database, previewId, status: "STOPPED", reason: reasons.lost });
      } else if (Date.now() - startedAt.getTime() > maxWaitMs) {
        await endPreview({ database, previewId, status: "STOPPED", reason: reasons.late });
      } else if (await takePreview({ database, previewId })) {
        await makeRoom();
        start(preview);
      }
    }
  };

  const tick = async (): Promise<void> => {
    const entries = [...running.values()].filter(({ door }) => door !== null);
    const previews = entries.map(({ preview: { previewId }, usedAtMs }) => ({ previewId, usedAtMs }));
    const idle = new Set(findIdle({ previews, nowMs: now() }));
    for (const entry of entries) {
      const { previewId } = entry.preview;
      if (idle.has(previewId)) void stop(entry, reasons.idle);
      else if (entry.usedAtMs !== entry.notedUseMs) {
        entry.notedUseMs = entry.usedAtMs;
        await notePreview({ database, previewId, change: { usedAt: new Date(entry.usedAtMs) } });
      }
    }
  };
  const timer = setInterval(() => {
    tick().catch((error: unknown) => logger.warn({ err: error }, "the use of previews could not be noted"));
  }, tickMs);

  return {
    look() {
      looking = looking.then(lookOnce);
      const looked = looking;
      looking = looking.catch(() => undefined);
      return looked;
    },
    find(token) {
      for (const entry of running.values()) {
        if (entry.preview.token !== token) continue;
        return {
          isOpen: entry.door !== null,
          take: (signal) => entry.door?.take(signal) ?? Promise.resolve(null),
          noteUse: () => void (entry.usedAtMs = now()),
        };
      }
      return null;
    },
    async close() {
      isClosing = true;
      clearInterval(timer);
      await looking;
      await Promise.all([...running.values()].map((entry) => stop(entry, reasons.closing)));
    },
  };
}

async function run({
  container,
  entry,
  port,
  screenshotTurns,
}: {
  container: PreviewContainer;
  entry: Running;
  port: () => number;
  screenshotTurns: Turns;
}): Promise<void> {
  const { database } = container;
  const { preview, stopping } = entry;
  const { previewId } = preview;
  const log = new PreviewLog({ container, previewId });
  let noting: Promise<void> = Promise.resolve();
  /** In order, so that the row shows the last one. */
  const note = (change: Parameters<typeof notePreview>[0]["change"]) => {
    noting = noting
      .then(() => notePreview({ database, previewId, change }))
      .catch((error: unknown) => logger.warn({ previewId, err: error }, "a preview's progress could not be noted"));
  };
  const ended = new AbortController();
  let screenshot: Promise<void> = Promise.resolve();
  const startedAt = performance.now();
  const end = await runPreview({
    container,
    preview,
    signal: stopping.signal,
    events: {
      onStep: (step) => note({ step }),
      onOutput: (chunk) => log.add(chunk),
      onSecret: (secret) => log.hide(secret),
      onOpen(door) {
        entry.door = door;
        entry.usedAtMs = container.now();
        note({ port: port(), usedAt: new Date(entry.usedAtMs) });
        const signal = AbortSignal.any([stopping.signal, ended.signal]);
        const act = () => keepScreenshot({ container, preview, door, port: port(), signal });
        screenshot = screenshotTurns.take({ act, signal }).catch((error: unknown) => {
          if (!signal.aborted) logger.warn({ previewId, err: error }, "a screenshot could not be taken");
        });
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
  entry.door = null;
  ended.abort();
  await screenshot;
  await noting;
  await log.stop();
  await endPreview({ database, previewId, ...end }).catch((error: unknown) =>
    logger.warn({ previewId, err: error }, "a preview's end could not be noted"),
  );
  logger.info({ previewId, ...end }, "preview ended");
}
