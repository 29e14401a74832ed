/** Field names of the legacy API beside Graft's own. Unknown fields are accepted and dropped by zod. */
const createNames = {
  generation_mode: "mode",
  project_name: "projectName",
  tech_stack: "techStack",
  idempotency_key: "idempotencyKey",
};
const iterateNames = { ...createNames, parent_generation_id: "parentGenerationId", modification_prompt: "prompt" };

export function legacyCreateInput(body: Record<string, unknown>): Record<string, unknown> {
  return rename({ body, names: createNames });
}

export function legacyIterateInput(body: Record<string, unknown>): Record<string, unknown> {
  return rename({ body, names: iterateNames });
}

function rename({
  body,
  names,
}: {
  body: Record<string, unknown>;
  names: Readonly<Record<string, string>>;
}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [names[key] ?? key, value]));
}
