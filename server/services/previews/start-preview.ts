import { randomBytes } from "node:crypto";
import type { z } from "zod";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { PreviewNotConfirmedDetails, PreviewOutput, previewStartInput } from "#lib/contracts/versions/preview.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import type { StoredGeneration } from "#server/orchestrator/ports.ts";
import { savePreviewCommand } from "#server/store/previews/preview-commands.ts";
import { createPreview, findLivePreview, requestPreviewStop } from "#server/store/previews/previews.ts";
import { getStoredGeneration } from "#server/store/versions/generations.ts";
import { findCommandOfVersion } from "./find-command-of-version.ts";
import { getPreview } from "./get-preview.ts";

/** Host names are case-insensitive; the token is not guessable. */
const tokenBytes = 16;

/**
 * Requests a start of a version's program in the preview process. A version that has a preview keeps it.
 *
 * @throws AppError GENERATION_NOT_FOUND, SANDBOX_UNAVAILABLE, PREVIEW_NOT_CONFIRMED
 */
export async function startPreview({
  container,
  ownerId,
  input: { generationId, confirmCommand },
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof previewStartInput>;
}): Promise<PreviewOutput> {
  const generation = await getStoredGeneration({ transaction: container.database.prisma, generationId, ownerId });
  const state = await container.sandbox.getState();
  if (state.status === "unavailable")
    throw new AppError({
      code: "SANDBOX_UNAVAILABLE",
      message: `The preview was not started: ${state.reason} Code of a project never runs without a sandbox.`,
    });
  const command = confirmCommand ?? (await readConfirmed({ container, ownerId, generation, generationId }));
  const previewId = await container.database.prisma.$transaction(async (transaction) => {
    const { projectId, version } = generation;
    if (confirmCommand !== undefined) await savePreviewCommand({ transaction, projectId, command });
    const preview = { ownerId, projectId, generationId, version, command, token: makeToken() };
    const running = await findLivePreview({ transaction, generationId });
    if (running?.command === command) return running.previewId;
    if (running !== null) {
      const reason = "Its command was changed, so it was started again.";
      await requestPreviewStop({ transaction, ownerId, previewId: running.previewId, reason });
    }
    // A concurrent request may have been first.
    const created = await createPreview({ transaction, preview });
    return created ?? (await findLivePreview({ transaction, generationId }))?.previewId ?? null;
  });
  if (previewId === null)
    throw new AppError({
      code: "PREVIEW_NOT_FOUND",
      message: "The preview was started and stopped at the same time. Nothing runs. Start it again.",
    });
  return getPreview({ container, ownerId, previewId });
}

function makeToken(): string {
  return randomBytes(tokenBytes).toString("hex");
}

async function readConfirmed({
  container,
  ownerId,
  generation: { projectId },
  generationId,
}: {
  container: Container;
  ownerId: string;
  generation: StoredGeneration;
  generationId: GenerationId;
}): Promise<string> {
  const known = await findCommandOfVersion({ container, ownerId, projectId, generationId });
  if (known.isConfirmed) return known.command;
  const { command, source } = known;
  throw new AppError({
    code: "PREVIEW_NOT_CONFIRMED",
    message:
      command === null
        ? "Graft found no command that starts this project, so nothing was started. Enter one; $PORT is the port that it has to listen on."
        : `The command that starts this project is not confirmed yet, so nothing was started. Read it and confirm it: ${command}`,
    details: { command, source } satisfies PreviewNotConfirmedDetails,
  });
}
