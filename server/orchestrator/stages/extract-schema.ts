import type { CodeSchema } from "#lib/contracts/code-schema.ts";
import { extractSchemaFromPrompt } from "#server/core/schema-extraction/extract-from-prompt.ts";
import type { RunDependencies } from "../ports.ts";
import type { LoadedContext } from "./load-context.ts";

export type WithCodeSchema = LoadedContext & { codeSchema: CodeSchema };

/** Reads the code schema: from the parent's files on an iteration, from the prompt where there are none. */
export async function extractSchema({ loaded, dependencies }: { loaded: LoadedContext; dependencies: RunDependencies }): Promise<WithCodeSchema> {
  const codeSchema =
    loaded.parent.size === 0
      ? extractSchemaFromPrompt(loaded.request.prompt)
      : await dependencies.codeSchemas.read({ tree: loaded.parent, loadContents: (hashes) => dependencies.generations.loadContents(hashes) });
  dependencies.events.append({ type: "schema.extracted", entities: codeSchema.entities.length, routes: codeSchema.routes.length });
  return { ...loaded, codeSchema };
}
