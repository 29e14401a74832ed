import type { Check } from "#lib/contracts/versions/check.ts";
import type { Container } from "#server/container.ts";
import type { StoredGeneration } from "#server/orchestrator/ports.ts";
import { listCheckResults } from "#server/store/checks/check-results.ts";
import { activeCheckStatuses, createCheckRun, listLatestCheckRuns } from "#server/store/checks/check-runs.ts";
import type { Transaction } from "#server/store/database.ts";
import { findFirstParentIn, getStoredGeneration } from "#server/store/versions/generations.ts";

type Scheduling = {
  container: Pick<Container, "checkQueue">;
  transaction: Transaction;
  ownerId: string;
  generation: StoredGeneration;
  checks: readonly Check[];
};

/**
 * Schedules a version's checks, and first those of its parent that have no result, because the parent decides whether a
 * failure is new. A tree with a result is not run again: the version's check ends with that result.
 */
export async function scheduleChecks({
  isAgain = false,
  ...scheduling
}: Scheduling & {
  /** The user requests another result for the same tree. */
  isAgain?: boolean;
}): Promise<void> {
  const { transaction, generation } = scheduling;
  const parentId = await findFirstParentIn({ transaction, generationId: generation.generationId });
  const parent = parentId === null ? null : await getStoredGeneration({ transaction, generationId: parentId });
  if (parent !== null) await scheduleMissing({ ...scheduling, generation: parent });
  await schedule({ ...scheduling, onKnown: isAgain ? "run" : "record" });
}

/**
 * Schedules the checks of a version that have no result. A check that could not run is tried once more: that is cheap
 * and may succeed.
 */
export function scheduleMissing(scheduling: Scheduling): Promise<void> {
  return schedule({ ...scheduling, onKnown: "skip" });
}

async function schedule({
  container,
  transaction,
  ownerId,
  generation: { projectId, generationId, rootTreeHash },
  checks,
  onKnown,
}: Scheduling & {
  /** What to do if a result exists: run again, end the version's check with it, or nothing. */
  onKnown: "run" | "record" | "skip";
}): Promise<void> {
  const results = await listCheckResults({ transaction, ownerId, rootTreeHashes: [rootTreeHash] });
  const runs = await listLatestCheckRuns({ transaction, generationIds: [generationId] });
  for (const { checkId, name, command } of checks) {
    const last = runs.find((run) => run.checkId === checkId);
    if (last !== undefined && activeCheckStatuses.includes(last.status) && last.command === command) continue;
    const known = results.findLast((result) => result.command === command);
    if (known !== undefined && onKnown === "skip") continue;
    const target = { generationId, runId: null, rootTreeHash: null };
    const run = { ...target, ownerId, projectId, checkId, name, command };
    const ordinal = (last?.ordinal ?? 0) + 1;
    if (known !== undefined && onKnown === "record") {
      const ended = { status: known.hasPassed ? ("PASSED" as const) : ("FAILED" as const), resultId: known.resultId };
      if (last?.resultId !== known.resultId) await createCheckRun({ transaction, run, ordinal, ended });
      continue;
    }
    const checkRunId = await createCheckRun({ transaction, run, ordinal });
    if (checkRunId !== null) await container.checkQueue.enqueue({ transaction, checkRunId, ownerId });
  }
}
