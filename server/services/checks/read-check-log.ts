import type { z } from "zod";
import type { CheckId, checkLogInput, CheckLogOutput } from "#lib/contracts/versions/check.ts";
import type { GenerationId, RunId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { listCheckResults, readCheckLog as readStoredLog } from "#server/store/checks/check-results.ts";
import { listCheckRunsOfRun, listLatestCheckRuns, readCheckLogTail } from "#server/store/checks/check-runs.ts";
import { getStoredGeneration } from "#server/store/versions/generations.ts";
import { findCheckPlan } from "#server/store/checks/project-checks.ts";
import { getRun } from "#server/store/runs/runs.ts";

type Asked = { container: Pick<Container, "database">; ownerId: string };

/**
 * The output of a check of a version, or of the newest candidate of a run: so far if it is running, otherwise that of
 * its newest result.
 *
 * @throws AppError GENERATION_NOT_FOUND, RUN_NOT_FOUND
 */
export function readCheckLog({
  input,
  ...asked
}: Asked & { input: z.infer<typeof checkLogInput> }): Promise<CheckLogOutput> {
  return "runId" in input ? readLogOfRun({ ...asked, ...input }) : readLogOfVersion({ ...asked, ...input });
}

async function readLogOfRun({
  container: { database },
  ownerId,
  runId,
  checkId,
}: Asked & { runId: RunId; checkId: CheckId }): Promise<CheckLogOutput> {
  const { holds } = await getRun({ database, ownerId, runId });
  const ofRun = (await listCheckRunsOfRun({ transaction: database.prisma, runId })).find(
    (one) => one.checkId === checkId,
  );
  if (ofRun?.status === "QUEUED" || ofRun?.status === "RUNNING")
    return { log: (await readCheckLogTail({ database, checkRunId: ofRun.checkRunId })) ?? "", isRunning: true };
  const judged = holds?.checks?.find((one) => one.checkId === checkId);
  const resultId = judged?.resultId ?? ofRun?.resultId ?? null;
  const log = resultId === null ? (ofRun?.reason ?? "") : await readStoredLog({ database, resultId });
  return { log, isRunning: false };
}

async function readLogOfVersion({
  container: { database },
  ownerId,
  generationId,
  checkId,
}: Asked & { generationId: GenerationId; checkId: CheckId }): Promise<CheckLogOutput> {
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
