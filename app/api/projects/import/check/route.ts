import { handleApiRequest } from "#server/http/handle-api-request.ts";
import { readImportRequest } from "#server/http/read-import-request.ts";
import { checkArchive } from "#server/services/versions/importing/check-archive.ts";

export function POST(request: Request): Promise<Response> {
  return handleApiRequest({
    request,
    handle: ({ container }) =>
      readImportRequest({
        request,
        use: async (upload) => Response.json(await checkArchive({ container, ...upload, signal: request.signal })),
      }),
  });
}
