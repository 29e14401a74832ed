import type { ProjectId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import type { PreviewListOutput } from "#lib/contracts/versions/preview.ts";
import type { Container } from "#server/container.ts";
import { findPreviewCommand } from "#server/store/previews/preview-commands.ts";
import { listPreviews } from "#server/store/previews/previews.ts";
import { getProject } from "#server/store/projects.ts";
import { findCommandOfVersion } from "./find-command-of-version.ts";
import { toPreviewItem } from "./to-preview-item.ts";

/** The previews of a project, and the command. @throws AppError PROJECT_NOT_FOUND */
export async function listProjectPreviews({
  container,
  ownerId,
  projectId,
}: {
  container: Container;
  ownerId: string;
  projectId: ProjectId;
}): Promise<PreviewListOutput> {
  const { database } = container;
  const { headGenerationId } = await getProject({ database, ownerId, projectId });
  const state = await container.sandbox.getState();
  const known =
    headGenerationId === null
      ? { command: await findPreviewCommand({ transaction: database.prisma, projectId }), isConfirmed: false }
      : await findCommandOfVersion({ container, ownerId, projectId, generationId: headGenerationId });
  return {
    items: (await listPreviews({ database, ownerId, projectId })).map(toPreviewItem),
    available: state.status === "available",
    unavailableReason: state.status === "available" ? null : state.reason,
    command: known.command,
    isConfirmed: known.isConfirmed,
    maximum: limits.previews,
  };
}
