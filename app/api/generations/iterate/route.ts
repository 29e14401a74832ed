import { acceptLegacyIteration } from "#server/http/accept-legacy-request.ts";
import { handleApiRequest } from "#server/http/handle-api-request.ts";

export function POST(request: Request): Promise<Response> {
  return handleApiRequest({ request, handle: (context) => acceptLegacyIteration({ request, context }) });
}
