import type { Check, CheckId } from "#lib/contracts/versions/check.ts";
import type { Container } from "#server/container.ts";
import type { StoredGeneration } from "#server/orchestrator/ports.ts";
import { listCheckResults } from "#server/store/checks/check-results.ts";
import { activeCheckStatuses, createCheckRun, listLatestCheckRuns } from "#server/store/checks/check-runs.ts";
import type { Transaction } from "#server/store/database.ts";
import { findFirstParentIn, getStoredGeneration } from "#server/store/versions/generations.ts";

/**
 * Schedules a version's checks, and first those of its parent that have no result, because the parent decides whether a
 * failure is new. A tree with a result is not run again: the version's check ends with that result.
 */
export async function scheduleChecks({
  container,
  transaction,
  ownerId,
  generation,
  checks,
  isAgain = false,
}: {
  container: Pick<Container, "checkQueue">;
  transaction: Transaction;
  ownerId: string;
  generation: StoredGeneration;
  checks: readonly Check[];
  /** The user requests another result for the same tree. */
  isAgain?: boolean;
}): Promise<void> {
  const parentId = await findFirstParentIn({ transaction, generationId: generation.generationId });
  const parent = parentId === null ? null : await getStoredGeneration({ transaction, generationId: parentId });
  const generations = parent === null ? [generation] : [parent, generation];
  const rootTreeHashes = generations.map(({ rootTreeHash }) => rootTreeHash);
  const results = await listCheckResults({ transaction, ownerId, rootTreeHashes });
  const runs = await listLatestCheckRuns({
    transaction,
    generationIds: generations.map(({ generationId }) => generationId),
  });
  const lastRun = (one: StoredGeneration, checkId: CheckId) =>
    runs.find((run) => run.generationId === one.generationId && run.checkId === checkId);
  for (const one of generations) {
    const isParent = one !== generation;
    for (const { checkId, name, command } of checks) {
      const last = lastRun(one, checkId);
      if (last !== undefined && activeCheckStatuses.includes(last.status) && last.command === command) continue;
      const known = results.findLast(
        (result) => result.rootTreeHash === one.rootTreeHash && result.command === command,
      );
      // The parent's check may have been unable to run; another try is cheap and may succeed.
      if (isParent && known !== undefined) continue;
      const run = { ownerId, projectId: one.projectId, generationId: one.generationId, checkId, name, command };
      const ordinal = (last?.ordinal ?? 0) + 1;
      if (known !== undefined && !isAgain) {
        const ended = { status: known.hasPassed ? ("PASSED" as const) : ("FAILED" as const), resultId: known.resultId };
        if (last?.resultId !== known.resultId) await createCheckRun({ transaction, run, ordinal, ended });
        continue;
      }
      const checkRunId = await createCheckRun({ transaction, run, ordinal });
      if (checkRunId !== null) await container.checkQueue.enqueue({ transaction, checkRunId, ownerId });
    }
  }
}
