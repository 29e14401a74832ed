import { Readable } from "node:stream";
import { generationId } from "#lib/contracts/ids.ts";
import { handleApiRequest } from "#server/http/handle-api-request.ts";
import { exportArchive } from "#server/services/versions/importing/export-archive.ts";

export function GET(request: Request, { params }: { params: Promise<{ generation: string }> }): Promise<Response> {
  return handleApiRequest({
    request,
    handle: async ({ container, ownerId }) => {
      const { fileName, chunks } = await exportArchive({
        container,
        ownerId,
        generationId: generationId.parse((await params).generation),
      });
      return new Response(Readable.toWeb(Readable.from(chunks, { objectMode: false })) as ReadableStream<Uint8Array>, {
        headers: {
          "content-type": "application/zip",
          "content-disposition": `attachment; filename="${fileName}"`,
          "x-content-type-options": "nosniff",
        },
      });
    },
  });
}
