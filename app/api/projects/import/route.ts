import { handleApiRequest } from "#server/http/handle-api-request.ts";
import { readLimitedBody } from "#server/http/read-limited-body.ts";
import { importArchive } from "#server/services/versions/import-archive.ts";
import { limits } from "#lib/contracts/limits.ts";

export function POST(request: Request): Promise<Response> {
  return handleApiRequest({
    request,
    handle: async ({ container, ownerId }) => {
      const archive = await readLimitedBody({ request, maxBytes: limits.archiveBytes, limitName: "archiveBytes" });
      return Response.json(
        await importArchive({ container, ownerId, name: new URL(request.url).searchParams.get("name"), archive }),
      );
    },
  });
}
