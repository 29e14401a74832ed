import type { PreviewId, PreviewOutput } from "#lib/contracts/versions/preview.ts";
import type { Container } from "#server/container.ts";
import { requestPreviewStop } from "#server/store/previews/previews.ts";
import { getPreview } from "./get-preview.ts";

/**
 * Requests that a preview stop; idempotent. It ends a moment later, in the process that runs it.
 *
 * @throws AppError PREVIEW_NOT_FOUND
 */
export async function stopPreview({
  container,
  ownerId,
  previewId,
}: {
  container: Pick<Container, "database">;
  ownerId: string;
  previewId: PreviewId;
}): Promise<PreviewOutput> {
  await container.database.prisma.$transaction((transaction) =>
    requestPreviewStop({ transaction, ownerId, previewId, reason: "You stopped it." }),
  );
  return getPreview({ container, ownerId, previewId });
}
