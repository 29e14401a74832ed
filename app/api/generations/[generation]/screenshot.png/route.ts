import { generationId } from "#lib/contracts/ids.ts";
import { answerScreenshot } from "#server/http/answer-screenshot.ts";
import { handleApiRequest } from "#server/http/handle-api-request.ts";

export function GET(request: Request, { params }: { params: Promise<{ generation: string }> }): Promise<Response> {
  return handleApiRequest({
    request,
    handle: async (context) =>
      answerScreenshot({ context, generationId: generationId.parse((await params).generation) }),
  });
}
