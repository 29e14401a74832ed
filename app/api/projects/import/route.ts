import { handleApiRequest } from "#server/http/handle-api-request.ts";
import { readImportRequest } from "#server/http/read-import-request.ts";
import { importArchive } from "#server/services/versions/import-archive.ts";

export function POST(request: Request): Promise<Response> {
  return handleApiRequest({
    request,
    handle: ({ container, ownerId }) =>
      readImportRequest({
        request,
        use: async (upload) =>
          Response.json(await importArchive({ container, ownerId, ...upload, signal: request.signal })),
      }),
  });
}
