import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { detectPreview } from "#server/core/previews/detect-preview.ts";
import { findPreviewCommand } from "#server/store/previews/preview-commands.ts";
import { loadGenerationTree } from "#server/store/versions/load-generation-tree.ts";
import { readPreviewTexts } from "./read-preview-texts.ts";

type KnownCommand =
  | { isConfirmed: true; command: string }
  | { isConfirmed: false; command: string | null; source: string | null };

/**
 * The command that shows a version: the one that the user allowed for the project, or the one that the version's files
 * suggest, which is not allowed yet.
 *
 * @throws AppError GENERATION_NOT_FOUND
 */
export async function findCommandOfVersion({
  container,
  ownerId,
  projectId,
  generationId,
}: {
  container: Pick<Container, "database" | "treeObjects">;
  ownerId: string;
  projectId: ProjectId;
  generationId: GenerationId;
}): Promise<KnownCommand> {
  const confirmed = await findPreviewCommand({ transaction: container.database.prisma, projectId });
  if (confirmed !== null) return { isConfirmed: true, command: confirmed };
  const { tree } = await loadGenerationTree({ ...container, ownerId, generationId });
  const found = detectPreview({ paths: [...tree.keys()], texts: await readPreviewTexts({ container, tree }) });
  return { isConfirmed: false, command: found?.command ?? null, source: found?.source ?? null };
}
