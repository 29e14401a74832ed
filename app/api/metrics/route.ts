import { handleApiRequest } from "#server/http/handle-api-request.ts";

export const dynamic = "force-dynamic";

export function GET(request: Request): Promise<Response> {
  return handleApiRequest({
    request,
    handle: async ({ container }) => {
      const { contentType, text } = await container.metrics.read();
      return new Response(text, { headers: { "content-type": contentType, "cache-control": "no-store" } });
    },
  });
}
