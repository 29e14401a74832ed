import type { RunId } from "#lib/contracts/ids.ts";
import { readRunAttachment } from "#server/store/run-attachments.ts";
import type { RequestContext } from "#server/trpc/context.ts";
import { inertHeaders } from "./inert-headers.ts";

/**
 * Serves an attachment as inert bytes: the type is the detected one, browsers must not sniff another, and a direct
 * visit downloads it in a sandbox without permissions.
 *
 * @throws AppError FILE_NOT_FOUND, STORED_CONTENT_DAMAGED
 */
export async function answerAttachment({
  context: { container, ownerId },
  runId,
  position,
}: {
  context: RequestContext;
  runId: RunId;
  position: string;
}): Promise<Response> {
  const { attachment, bytes } = await readRunAttachment({
    database: container.database,
    ownerId,
    runId,
    position: /^\d{1,3}$/.test(position) ? Number(position) : -1,
  });
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": attachment.kind === "image" ? attachment.mediaType : "text/plain; charset=utf-8",
      "content-disposition": `attachment; filename*=UTF-8''${encodeName(attachment.name)}`,
      ...inertHeaders,
    },
  });
}

/** RFC 8187: these characters must be escaped too. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*!]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
