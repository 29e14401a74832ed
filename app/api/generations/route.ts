import { generationCreateInput } from "#lib/contracts/generation.ts";
import { handleApiRequest } from "#server/http/handle-api-request.ts";
import { legacyCreateInput } from "#server/http/legacy-generation-input.ts";
import { readJsonBody } from "#server/http/read-json-body.ts";
import { submitCreation } from "#server/services/runs/submit-run.ts";

export function POST(request: Request): Promise<Response> {
  return handleApiRequest({
    request,
    handle: async ({ container, ownerId }) => {
      const input = generationCreateInput.parse(legacyCreateInput(await readJsonBody(request)));
      const { projectId, runId } = await submitCreation({ container, ownerId, input });
      return Response.json({ project_id: projectId, run_id: runId }, { status: 202 });
    },
  });
}
