import { generationCreateInput, generationIterateInput } from "#lib/contracts/versions/generation.ts";
import { submitCreation, submitIteration, type SubmittedRun } from "#server/services/runs/submitting/submit-run.ts";
import type { RequestContext } from "#server/trpc/context.ts";
import { legacyCreateInput, legacyIterateInput } from "./legacy-generation-input.ts";
import { readJsonBody } from "./bodies/read-json-body.ts";

type LegacyRequest = { request: Request; context: RequestContext };

/** Responds 202 with `{project_id, run_id}`. @throws AppError like `submitCreation`; INPUT_TOO_LARGE; ZodError */
export async function acceptLegacyCreation({ request, context }: LegacyRequest): Promise<Response> {
  const input = generationCreateInput.parse(legacyCreateInput(await readJsonBody(request)));
  return toResponse(await submitCreation({ ...context, input }));
}

/** Responds 202 with `{project_id, run_id}`. @throws AppError like `submitIteration`; INPUT_TOO_LARGE; ZodError */
export async function acceptLegacyIteration({ request, context }: LegacyRequest): Promise<Response> {
  const input = generationIterateInput.parse(legacyIterateInput(await readJsonBody(request)));
  return toResponse(await submitIteration({ ...context, input }));
}

function toResponse({ projectId, runId }: SubmittedRun): Response {
  return Response.json({ project_id: projectId, run_id: runId }, { status: 202 });
}
