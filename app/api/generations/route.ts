import { acceptLegacyCreation } from "#server/http/accept-legacy-request.ts";
import { handleApiRequest } from "#server/http/handle-api-request.ts";

export function POST(request: Request): Promise<Response> {
  return handleApiRequest({ request, handle: (context) => acceptLegacyCreation({ request, context }) });
}
