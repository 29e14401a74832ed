import type { GenerationId } from "#lib/contracts/ids.ts";
import { suggestEdits } from "#server/builtin/suggest-edits.ts";
import type { Container } from "#server/container.ts";
import { readCodeSchema } from "./read-code-schema.ts";

/** Prompts to try on a version without an API key. @throws AppError GENERATION_NOT_FOUND */
export async function suggestPrompts(request: {
  container: Container;
  ownerId: string;
  generationId: GenerationId;
}): Promise<string[]> {
  return suggestEdits((await readCodeSchema(request)).entities);
}
