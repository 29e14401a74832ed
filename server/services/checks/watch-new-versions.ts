import { setTimeout as delay } from "node:timers/promises";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { logger } from "#server/logger.ts";
import { getStoredGeneration } from "#server/store/versions/generations.ts";
import { findCheckPlan, listUncheckedGenerations } from "#server/store/checks/project-checks.ts";
import { releaseCheckedRuns } from "../runs/checking/release-checked-runs.ts";
import { scheduleChecks } from "./schedule-checks.ts";

type SchedulingContainer = Pick<Container, "database" | "queue" | "checkQueue" | "notifications">;

/** A poll beside the notifications, because some may be missed. */
const sweepEveryMs = 60_000;
const retryMs = 2_000;
const batchSize = 20;

/**
 * Schedules checks for every new version of a confirmed project, until `signal`. Whatever makes a version (a run, an
 * edit, a merge, a push, a roll back) need not know about checks: a query finds the versions without any.
 */
export async function watchNewVersions({
  container,
  signal,
}: {
  container: SchedulingContainer;
  signal: AbortSignal;
}): Promise<void> {
  let wake = () => {};
  let isWanted = true;
  const unsubscribe = container.notifications.subscribe({
    channel: "graft_generation",
    listener() {
      isWanted = true;
      wake();
    },
  });
  const stop = () => wake();
  signal.addEventListener("abort", stop, { once: true });
  try {
    while (!signal.aborted) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      if (!isWanted) await Promise.race([woken, delay(sweepEveryMs, undefined, { signal }).catch(() => undefined)]);
      isWanted = false;
      if (!signal.aborted) isWanted = await scheduleNew({ container, signal });
    }
  } finally {
    signal.removeEventListener("abort", stop);
    unsubscribe();
  }
}

/** True if it should run again soon. */
async function scheduleNew({
  container,
  signal,
}: {
  container: SchedulingContainer;
  signal: AbortSignal;
}): Promise<boolean> {
  try {
    // A worker that died right after the last check ended may have left a run waiting.
    await releaseCheckedRuns({ container });
    return (await scheduleNewVersions({ container })) === batchSize;
  } catch (error) {
    logger.warn({ err: error }, "new versions could not be given their checks yet");
    await delay(retryMs, undefined, { signal }).catch(() => undefined);
    return true;
  }
}

/** Returns how many versions got their checks. */
async function scheduleNewVersions({
  container,
}: {
  container: Pick<Container, "database" | "checkQueue">;
}): Promise<number> {
  const { database } = container;
  const found = await listUncheckedGenerations({ database, limit: batchSize });
  for (const { generationId, ownerId } of found)
    await database.prisma.$transaction(async (transaction) => {
      const generation = await getStoredGeneration({
        transaction,
        generationId: generationId as GenerationId,
        ownerId,
      });
      const plan = await findCheckPlan({ transaction, projectId: generation.projectId });
      const checks = plan?.checks.filter(({ isEnabled }) => isEnabled) ?? [];
      await scheduleChecks({ container, transaction, ownerId, generation, checks });
    });
  return found.length;
}
