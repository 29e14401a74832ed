import type { PreviewId, PreviewOutput } from "#lib/contracts/versions/preview.ts";
import type { Container } from "#server/container.ts";
import { getPreviewWithLog } from "#server/store/previews/previews.ts";
import { toPreviewItem } from "./to-preview-item.ts";

/** @throws AppError PREVIEW_NOT_FOUND */
export async function getPreview({
  container: { database },
  ownerId,
  previewId,
}: {
  container: Pick<Container, "database">;
  ownerId: string;
  previewId: PreviewId;
}): Promise<PreviewOutput> {
  const { log, logIsCut, ...preview } = await getPreviewWithLog({ database, ownerId, previewId });
  return { ...toPreviewItem(preview), log, logIsCut };
}
