import { projectId } from "#lib/contracts/ids.ts";
import { handleApiRequest } from "#server/http/handle-api-request.ts";
import { exportBundle } from "#server/services/git/export-bundle.ts";

export function GET(request: Request, { params }: { params: Promise<{ project: string }> }): Promise<Response> {
  return handleApiRequest({
    request,
    handle: async ({ container, ownerId }) => {
      const { fileName, stream } = await exportBundle({
        container,
        ownerId,
        projectId: projectId.parse((await params).project),
        signal: request.signal,
      });
      return new Response(stream, {
        headers: {
          "content-type": "application/octet-stream",
          "content-disposition": `attachment; filename="${fileName}"`,
        },
      });
    },
  });
}
