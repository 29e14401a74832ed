import { nameEntity, toSnakeCase } from "../entity-names.ts";
import type { KnownEntity } from "../request-intent.ts";

const articles = /^(?:the|an?|each|every|all|my|our|its|existing|current)\s+/i;
const kindWords =
  /\s+(?:entity|entities|models?|tables?|resources?|class(?:es)?|schemas?|endpoints?|routes?|records?|objects?|items?|lists?|list (?:endpoint|route|view|page)|api)$/i;

/** The words without articles before and `model`, `table` and the like behind. */
export function stripKindWords(words: string): string {
  let stripped = words.trim().replace(/['’]s?$/, "");
  while (articles.test(stripped)) stripped = stripped.replace(articles, "");
  return stripped.replace(kindWords, "").trim();
}

/** The entity that the words name: `tasks`, `the Task model`, `each task`; null where they name none. */
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

/** The field that the words name on an entity, as the code spells it; null where there is none. */
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
