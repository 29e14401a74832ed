import { runId } from "#lib/contracts/ids.ts";
import { answerAttachment } from "#server/http/answer-attachment.ts";
import { handleApiRequest } from "#server/http/handle-api-request.ts";

export function GET(
  request: Request,
  { params }: { params: Promise<{ run: string; position: string }> },
): Promise<Response> {
  return handleApiRequest({
    request,
    handle: async (context) => {
      const { run, position } = await params;
      return answerAttachment({ context, runId: runId.parse(run), position });
    },
  });
}
