import type { RunId } from "#lib/contracts/ids.ts";
import type { RunStatus } from "#lib/contracts/runs/run-state.ts";
import type { Transaction } from "../database.ts";
import { activeStatuses, runNotFound, settleStored } from "./runs.ts";
import { toStorableJson } from "../storable-json.ts";

/** How a run refers to the run that it follows. */
const successorLinks = {
  retry: "retryOfRunId",
  continuation: "continuesRunId",
  plan: "plannedByRunId",
} as const;

/**
 * The active run that retries or continues this one, or follows its plan. Locks this run's row until the transaction
 * ends, so that only one of several concurrent requests starts a run and the others find it.
 *
 * @throws AppError RUN_NOT_FOUND
 */
export async function lockForSuccessor({
  transaction,
  runId,
  kind,
}: {
  transaction: Transaction;
  runId: RunId;
  kind: keyof typeof successorLinks;
}): Promise<{ status: RunStatus; completedByRunId: RunId | null; successorId: RunId | null }> {
  const rows = await transaction.$queryRaw<{ status: RunStatus; completedByRunId: string | null }[]>`
    SELECT status, "completedByRunId" FROM "Run" WHERE id = ${runId} FOR UPDATE`;
  const [row] = rows;
  if (row === undefined) throw runNotFound(runId);
  const active = await transaction.run.findFirst({
    where: {
      [successorLinks[kind]]: runId,
      status: { in: activeStatuses },
    },
    select: { id: true },
  });
  return {
    status: row.status,
    completedByRunId: row.completedByRunId as RunId | null,
    successorId: (active?.id as RunId | undefined) ?? null,
  };
}

/**
 * Records on the chain of runs that this one continued, or whose plan it followed, that it completed them. Those in
 * review leave that state.
 */
export async function completeContinuedRuns({
  transaction,
  runId,
}: {
  transaction: Transaction;
  runId: RunId;
}): Promise<void> {
  const findOrigin = async (id: string) => {
    const row = await transaction.run.findUnique({
      where: { id },
      select: { continuesRunId: true, plannedByRunId: true },
    });
    return row?.continuesRunId ?? row?.plannedByRunId ?? null;
  };
  for (
    let continuesRunId = await findOrigin(runId);
    continuesRunId !== null;
    continuesRunId = await findOrigin(continuesRunId)
  ) {
    await transaction.run.updateMany({
      where: { id: continuesRunId, completedByRunId: null },
      data: { completedByRunId: runId },
    });
    const proposals = await settleStored({
      transaction,
      runId: continuesRunId,
      outcome: "made-good",
      reason: "A later run made it good.",
    });
    await transaction.run.updateMany({
      where: { id: continuesRunId, status: "NEEDS_REVIEW", completedByRunId: runId },
      data: { status: "SUCCEEDED", proposals: toStorableJson(proposals) },
    });
  }
}
