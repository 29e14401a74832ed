import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { handleApiRequest } from "#server/http/handle-api-request.ts";
import { appRouter } from "#server/trpc/root.ts";

function handler(request: Request): Promise<Response> {
  return handleApiRequest({
    request,
    handle: async (context) =>
      fetchRequestHandler({ endpoint: "/api/trpc", req: request, router: appRouter, createContext: () => context }),
  });
}

export { handler as GET, handler as POST };
