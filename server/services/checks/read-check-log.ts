import type { z } from "zod";
import type { checkLogInput, CheckLogOutput } from "#lib/contracts/versions/check.ts";
import type { Container } from "#server/container.ts";
import { listCheckResults, readCheckLog as readStoredLog } from "#server/store/checks/check-results.ts";
import { listLatestCheckRuns, readCheckLogTail } from "#server/store/checks/check-runs.ts";
import { getStoredGeneration } from "#server/store/versions/generations.ts";
import { findCheckPlan } from "#server/store/checks/project-checks.ts";

/**
 * The output of a version's check: so far if it is running, otherwise that of its newest result.
 *
 * @throws AppError GENERATION_NOT_FOUND
 */
export async function readCheckLog({
  container: { database },
  ownerId,
  input: { generationId, checkId },
}: {
  container: Pick<Container, "database">;
  ownerId: string;
  input: z.infer<typeof checkLogInput>;
}): Promise<CheckLogOutput> {
  const transaction = database.prisma;
  const generation = await getStoredGeneration({ transaction, generationId, ownerId });
  const runs = await listLatestCheckRuns({ transaction, generationIds: [generationId] });
  const run = runs.find((one) => one.checkId === checkId);
  if (run?.status === "RUNNING") {
    const tail = await readCheckLogTail({ database, checkRunId: run.checkRunId });
    return { log: tail ?? "", isRunning: true };
  }
  const plan = await findCheckPlan({ transaction, projectId: generation.projectId });
  const command = plan?.checks.find((check) => check.checkId === checkId)?.command ?? run?.command;
  const results = await listCheckResults({ transaction, ownerId, rootTreeHashes: [generation.rootTreeHash] });
  const latest = results.findLast((result) => result.command === command);
  const log = latest === undefined ? (run?.reason ?? "") : await readStoredLog({ database, resultId: latest.resultId });
  return { log, isRunning: run?.status === "QUEUED" };
}
