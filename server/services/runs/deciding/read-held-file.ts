import type { z } from "zod";
import type { HeldFileOutput, runHeldFileInput } from "#lib/contracts/runs/run.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { readEncodedText } from "#server/core/text-encoding.ts";
import { getRun } from "#server/store/runs/runs.ts";
import { createEndedRuns } from "../working/ended-runs.ts";
import { patchHeldChanges } from "./read-held-patches.ts";

/**
 * One file of an ended run's held result, beside the parent's.
 *
 * @throws AppError RUN_NOT_FOUND, RUN_HOLDS_NOTHING, FILE_NOT_FOUND
 */
export async function readHeldFile({
  container,
  ownerId,
  input: { runId, path },
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof runHeldFileInput>;
}): Promise<HeldFileOutput> {
  await getRun({ database: container.database, ownerId, runId });
  const { candidate } = await createEndedRuns(container).getHeld(runId);
  const change = candidate.merged.changes.find((entry) => entry.path === path);
  if (change === undefined)
    throw new AppError({
      code: "FILE_NOT_FOUND",
      message: `This run does not change ${path}. The parent's file stays as it is.`,
      details: { path },
    });
  const [patched] = await patchHeldChanges({ container, candidate, changes: [change] });
  const decode = (content: Uint8Array | null | undefined) =>
    content === null || content === undefined ? null : (readEncodedText(content)?.text ?? null);
  return {
    path,
    previousPath: change.previousPath ?? null,
    before: decode(patched?.before),
    after: decode(patched?.after),
    patch: patched?.patch ?? "",
  };
}
