import { nameEntity, toSnakeCase } from "../entity-names.ts";
import type { KnownEntity } from "../request-intent.ts";

const articles = /^(?:the|an?|each|every|all|my|our|its|existing|current)\s+/i;
const kindWords =
  /\s+(?:entity|entities|models?|tables?|resources?|class(?:es)?|schemas?|endpoints?|routes?|records?|objects?|items?|lists?|list (?:endpoint|route|view|page)|api)$/i;

/** The words without leading articles and trailing `model`, `table` and the like. */
export function stripKindWords(words: string): string {
  let stripped = words.trim().replace(/['’]s?$/, "");
  while (articles.test(stripped)) stripped = stripped.replace(articles, "");
  return stripped.replace(kindWords, "").trim();
}

/** The entity that the words name: `tasks`, `the Task model`, `each task`; null if they name none. */
export function findEntity({
  words,
  entities,
}: {
  words: string;
  entities: readonly KnownEntity[];
}): KnownEntity | null {
  for (const candidate of new Set([words.trim().replace(articles, ""), stripKindWords(words)])) {
    const wanted = toSnakeCase(candidate);
    const found = entities.find(({ name }) => {
      const { snake, snakePlural } = nameEntity(name);
      return wanted === snake || wanted === snakePlural;
    });
    if (found !== undefined) return found;
  }
  return null;
}

/** The field of an entity that the words name, spelled as in the code; null if there is none. */
export function findField({ words, entity }: { words: string; entity: KnownEntity }): string | null {
  const bare = words
    .trim()
    .replace(articles, "")
    .replace(/\s+(?:fields?|columns?|attributes?|propert(?:y|ies))$/i, "");
  const wanted = toSnakeCase(bare);
  return (
    entity.fields.find((field) => toSnakeCase(field) === wanted) ??
    entity.fields.find((field) => toSnakeCase(field) === `${wanted}_id`) ??
    null
  );
}
