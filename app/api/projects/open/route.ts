import { handleOpenRequest } from "#server/http/handle-open-request.ts";

export function POST(request: Request): Promise<Response> {
  return handleOpenRequest({ request });
}
