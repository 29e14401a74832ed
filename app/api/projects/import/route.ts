import { handleImportRequest } from "#server/http/handle-import-request.ts";

export function POST(request: Request): Promise<Response> {
  return handleImportRequest({ request });
}
