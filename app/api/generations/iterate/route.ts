import { generationIterateInput } from "#lib/contracts/generation.ts";
import { handleApiRequest } from "#server/http/handle-api-request.ts";
import { legacyIterateInput } from "#server/http/legacy-generation-input.ts";
import { readJsonBody } from "#server/http/read-json-body.ts";
import { submitIteration } from "#server/services/runs/submit-run.ts";

export function POST(request: Request): Promise<Response> {
  return handleApiRequest({
    request,
    handle: async ({ container, ownerId }) => {
      const input = generationIterateInput.parse(legacyIterateInput(await readJsonBody(request)));
      const { projectId, runId } = await submitIteration({ container, ownerId, input });
      return Response.json({ project_id: projectId, run_id: runId }, { status: 202 });
    },
  });
}
