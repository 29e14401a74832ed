import type { PreviewContainer } from "#server/container.ts";
import { previewHost } from "#server/core/previews/preview-host.ts";
import { logger } from "#server/logger.ts";
import type { PreviewDoor } from "#server/sandbox/preview-door.ts";
import { takeScreenshot } from "#server/sandbox/screenshots/take-screenshot.ts";
import type { StoredPreview } from "#server/store/previews/previews.ts";
import { hasScreenshot, insertScreenshot } from "#server/store/previews/screenshots.ts";

/** Takes and stores the screenshot of a version whose preview is ready, unless it has one or there is no browser. */
export async function keepScreenshot({
  container: { database, sandbox, findBrowser },
  preview: { previewId, generationId, version, token },
  door,
  port,
  signal,
}: {
  container: PreviewContainer;
  preview: StoredPreview;
  door: PreviewDoor;
  port: number;
  signal: AbortSignal;
}): Promise<void> {
  if (await hasScreenshot({ database, generationId })) return;
  const found = await findBrowser();
  if (found.status === "missing") return;
  const url = new URL(`http://${previewHost({ version, token })}:${port}/`);
  const result = await takeScreenshot({ sandbox, browser: found.browser, take: door.take, url, signal });
  if (result.status === "taken") await insertScreenshot({ database, generationId, ...result });
  else if (!signal.aborted) logger.warn({ previewId, reason: result.reason }, "no screenshot was taken");
}
