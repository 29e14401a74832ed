import type { CodeSchema, EntityLayer } from "#lib/contracts/versions/code-schema.ts";
import { splitWords } from "../ranking/split-words.ts";

const layerWords: Record<EntityLayer, string> = {
  table: "the table",
  migration: "a migration",
  request: "a request",
  response: "a response",
  type: "a type",
  route: "a route",
  screen: "a screen",
};
/** A concept that appears in more files than this does not tell which of them is meant. */
const maxFilesOfThing = 40;

/** The concepts that a prompt names with all words of their name. */
export function findNamedThings({
  codeSchema: { layers = [] },
  prompt,
}: {
  codeSchema: Pick<CodeSchema, "layers">;
  prompt: string;
}): NonNullable<CodeSchema["layers"]> {
  const said = new Set(splitWords(prompt));
  return layers.filter(({ name }) => {
    const words = splitWords(name);
    return words.length > 0 && words.every((word) => said.has(word));
  });
}

/** The files with a layer of a concept that the prompt names, and the layer in words for the context receipt. */
export function findLayerFiles(source: {
  codeSchema: Pick<CodeSchema, "layers">;
  prompt: string;
}): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { name, layers } of findNamedThings(source)) {
    const byPath = Map.groupBy(layers, ({ path }) => path as string);
    if (byPath.size > maxFilesOfThing) continue;
    for (const [path, places] of byPath) {
      const kinds = [...new Set(places.map(({ layer }) => layerWords[layer]))];
      if (!files.has(path)) files.set(path, `has ${kinds.join(", ")} of ${name}`);
    }
  }
  return files;
}
