import { handleApiRequest } from "#server/http/handle-api-request.ts";
import { handleTrpcRequest } from "#server/http/handle-trpc-request.ts";

function handler(request: Request): Promise<Response> {
  return handleApiRequest({ request, handle: (context) => handleTrpcRequest({ request, context }) });
}

export { handler as GET, handler as POST };
