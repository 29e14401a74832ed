import type { CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import { extractSchemaFromPrompt } from "#server/core/schema-extraction/extract-from-prompt.ts";
import { loadCurrentContents } from "../context/load-current-contents.ts";
import type { RunDependencies } from "../ports.ts";
import type { LoadedContext } from "./load-context.ts";

export type WithCodeSchema = LoadedContext & { codeSchema: CodeSchema };

/** Extracts the code schema: from the current files for an iteration, from the prompt if there are none. */
export async function extractSchema({
  loaded,
  dependencies,
}: {
  loaded: LoadedContext;
  dependencies: RunDependencies;
}): Promise<WithCodeSchema> {
  const { currentTree, start, request } = loaded;
  const { generations, codeSchemas } = dependencies;
  const codeSchema =
    currentTree.size === 0
      ? extractSchemaFromPrompt(request.prompt)
      : await codeSchemas.read({
          tree: currentTree,
          loadContents: (hashes) => loadCurrentContents({ workingTree: start, generations, hashes }),
        });
  dependencies.events.append({
    type: "schema.extracted",
    entities: codeSchema.entities.length,
    routes: codeSchema.routes.length,
  });
  return { ...loaded, codeSchema };
}
