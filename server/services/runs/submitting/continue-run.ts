import type { z } from "zod";
import type { FilePath, RunId } from "#lib/contracts/ids.ts";
import type { runContinueInput } from "#lib/contracts/runs/run.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { toLiteralGlob, type ChangeScope } from "#server/core/merge/scopes/change-scope.ts";
import { getRun, getRunRequest } from "#server/store/runs/runs.ts";
import { submitSuccessor } from "./submit-successor.ts";

/**
 * Starts a run that continues what an ended one had finished: it adds what is missing, or redoes the files for which
 * the user requested a repair. If a run already continues it, that one is returned instead.
 *
 * @throws AppError RUN_NOT_FOUND, RUN_NOT_IN_REVIEW, RUN_HOLDS_NOTHING
 */
export async function continueRun({
  container,
  ownerId,
  input: { runId, decisions = [] },
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof runContinueInput>;
}): Promise<{ runId: RunId }> {
  const { database } = container;
  const run = await getRun({ database, ownerId, runId });
  if (run.generationId !== null || run.holds === null) {
    throw new AppError({
      code: "RUN_HOLDS_NOTHING",
      message: "There is nothing that a run could go on from here. Nothing was started.",
      details: { runId },
    });
  }
  const request = await getRunRequest({ database, runId });
  const repaired = decisions.flatMap(({ path, decision }) => (decision === "repair" ? [path as FilePath] : []));
  const scope: ChangeScope =
    repaired.length === 0 ? request.scope : { ...request.scope, include: repaired.map(toLiteralGlob) };
  return submitSuccessor({
    container,
    ownerId,
    request: { ...request, scope, continues: { runId, decisions } },
    of: { runId, kind: "continuation" },
  });
}
