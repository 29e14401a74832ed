import { isPluralNoun, singularizeNoun } from "../inflect-noun.ts";
import { isArticle, lowerWords } from "./clause-words.ts";
import { toPascalCase, toSnakeCase } from "./name-case.ts";
import { isConnector } from "./read-entity-noun.ts";
import type { FieldPhrase } from "./read-field-phrase.ts";
import { tokenize, type PromptToken } from "./split-prompt.ts";
import type { StatementLog } from "./statement-log.ts";

const maxNameWords = 3;

/**
 * The field that `status`, `the task status` or `status of a task` refers to: an existing one, or, if `canBeNew`, a new
 * one of the entity named with it or of the subject. Null if the words refer to an entity or an action.
 */
export function findAttributeField({
  log,
  subject,
  tokens,
  canBeNew,
}: {
  log: StatementLog;
  subject: string | null;
  tokens: readonly PromptToken[];
  canBeNew: boolean;
}): FieldPhrase | null {
  const words = lowerWords(tokens).filter((word) => !isArticle(word) && word !== "");
  const of = words.indexOf("of");
  const named = of > 0 ? [...words.slice(of + 1), ...words.slice(0, of)] : words;
  const singular = toSnakeCase(singularizeNoun(named.join(" ")));
  // "Colours are red or green" refers to the colour that products have.
  if (named.length > 0 && isPluralNoun(named.at(-1) ?? "") && !log.knowsEntity(toPascalCase(singular)))
    return log.findField({ entity: subject, name: singular });
  if (
    named.length === 0 ||
    isPluralNoun(named.at(-1) ?? "") ||
    named.some((_, index) => isConnector({ words: named, index }))
  )
    return null;
  for (let start = 0; start < named.length; start += 1) {
    const entity = toPascalCase(
      singularizeNoun(
        named
          .slice(0, start)
          .join(" ")
          .replace(/['’]s$/, ""),
      ),
    );
    const name = toSnakeCase(named.slice(start).join(" "));
    const isKnownEntity = log.knowsEntity(entity);
    const found = log.findField({ entity: isKnownEntity ? entity : subject, name });
    if (found !== null) return found;
    if (canBeNew && isKnownEntity && name !== "") return log.addField({ entity, phrase: tokenize(name) });
  }
  const isEntity = log.knowsEntity(toPascalCase(named.join(" ")));
  if (!canBeNew || isEntity || subject === null || named.length > maxNameWords) return null;
  return log.addField({ entity: subject, phrase: tokenize(named.join(" ")) });
}
