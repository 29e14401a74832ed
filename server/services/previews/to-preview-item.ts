import { previewHost } from "#server/core/previews/preview-host.ts";
import { previewIdleMs } from "#server/core/previews/preview-clock.ts";
import type { PreviewListItem } from "#lib/contracts/versions/preview.ts";
import { isLivePreview } from "#lib/contracts/versions/preview-state.ts";
import type { StoredPreview } from "#server/store/previews/previews.ts";

export function toPreviewItem(preview: StoredPreview): PreviewListItem {
  const { previewId, projectId, generationId, version, command, status, token, port, usedAt } = preview;
  const isReady = status === "READY" && port !== null;
  return {
    previewId,
    projectId,
    generationId,
    version,
    status,
    step: status === "STARTING" ? (preview.step ?? "files") : null,
    url: isReady ? `http://${previewHost({ version, token })}:${port}/` : null,
    command,
    // The stop request has a reason; the preview has not ended yet.
    reason: isLivePreview(status) ? null : preview.reason,
    startedAt: preview.startedAt.toISOString(),
    endedAt: preview.endedAt?.toISOString() ?? null,
    idleStopsAt: isReady ? new Date(usedAt.getTime() + previewIdleMs).toISOString() : null,
  };
}
