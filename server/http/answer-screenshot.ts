import type { GenerationId } from "#lib/contracts/ids.ts";
import { readScreenshot } from "#server/store/previews/screenshots.ts";
import type { RequestContext } from "#server/trpc/context.ts";
import { inertHeaders } from "./inert-headers.ts";

/** The screenshot of a version, which never changes. @throws AppError FILE_NOT_FOUND, STORED_CONTENT_DAMAGED */
export async function answerScreenshot({
  context: { container, ownerId },
  generationId,
}: {
  context: RequestContext;
  generationId: GenerationId;
}): Promise<Response> {
  const { database } = container;
  const { contentHash, bytes } = await readScreenshot({ database, ownerId, generationId });
  return new Response(new Uint8Array(bytes), {
    headers: { ...inertHeaders, "content-type": "image/png", etag: `"${contentHash}"` },
  });
}
