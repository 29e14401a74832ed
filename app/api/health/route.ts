import { handleApiRequest } from "#server/http/handle-api-request.ts";
import { checkHealth } from "#server/services/operations/check-health.ts";

export const dynamic = "force-dynamic";

export function GET(request: Request): Promise<Response> {
  return handleApiRequest({
    request,
    handle: async ({ container }) => {
      const health = await checkHealth(container);
      return Response.json(health, { status: health.status === "ok" ? 200 : 503 });
    },
  });
}
