import { isPluralNoun, singularizeNoun } from "../inflect-noun.ts";
import { toPascalCase } from "./name-case.ts";
import type { PromptToken } from "./split-prompt.ts";
import {
  applicationNouns,
  connectingHomographs,
  connectors,
  featureNouns,
  imperatives,
  looseAdjectives,
  placeNouns,
  pluralModifiers,
} from "./vocabulary.ts";

/** The meaning of the noun phrase at the start of a clause. */
type SubjectNoun =
  | { kind: "pronoun" }
  /** The application. `domain` is the entity in its name: Task of `a task tracker`. */
  | { kind: "application"; domain: string | null }
  | { kind: "entity"; entity: string; isPlural: boolean; isCapitalised: boolean };

const pronouns: ReadonlySet<string> = new Set(
  "anything it something they them this these those he she which that who also".split(" "),
);
const entitySuffixes: ReadonlySet<string> = new Set(
  "entity entities model models table tables resource resources".split(" "),
);
const entityPrefixes: ReadonlySet<string> = new Set("class entity export interface model struct table type".split(" "));
const personEntities = /(?:User|Member|Person|Employee|Account|Staff|Customer|Student|Teacher)$/;
const maxNounWords = 3;
const featureModifiers: ReadonlySet<string> = new Set(
  "api app automated basic code data e2e error form full good http input integration proper request rest some unit user web".split(
    " ",
  ),
);
/** Software words that are also things: what belongs to a table is not about a database. */
const dataNouns = /^(?:tables?|models?|resources?|tests?|routes?|screens?|fields?|operations?|structures?)$/;
const clauseWords =
  /^(?:about|and|as|at|because|but|by|can|could|do|does|for|from|if|it|must|not|or|please|should|so|than|that|their|them|they|through|to|via|wants?|was|were|what|when|which|who|will|with|would|you)$/;

/**
 * Reads the noun phrase of a subject or of a mentioned entity; null if it names no data. In the introduction a library
 * or a shop is the application and not an entity. As the target of a relation even a service is an entity, and as the
 * owner of fields even tests and tables are.
 */
export function readEntityNoun({
  tokens,
  position,
}: {
  tokens: readonly PromptToken[];
  position: "introduction" | "clause" | "target" | "owner";
}): SubjectNoun | null {
  const words = takeOwnNoun(tokens.flatMap((token) => (token.kind === "word" ? [token.text] : [])));
  if (words.length === 0) return { kind: "pronoun" };
  const last = (words.at(-1) ?? "").toLowerCase();
  if (words.length === 1 && pronouns.has(last)) return { kind: "pronoun" };
  const isOneOfMany = tokens.some((token) => /^(?:each|every)$/i.test(token.text));
  const isPlace = position === "introduction" && placeNouns.has(last) && !isPluralNoun(last);
  if (isPlace || (applicationNouns.has(last) && position !== "target" && !isOneOfMany)) {
    return { kind: "application", domain: findDomain(words) };
  }
  const named = words.length > 1 && entitySuffixes.has(last) ? words.slice(0, -1) : words;
  const lower = named.map((word) => word.toLowerCase());
  const hasFields =
    position === "target" ? dataNouns.test(last) : position === "owner" && (isPluralNoun(last) || isOneOfMany);
  if (!hasFields && (entitySuffixes.has(lower.at(-1) ?? "") || isFeatureNoun(lower))) return null;
  if (isNoNoun(lower)) return null;
  const noun = named.slice(-maxNounWords).join(" ");
  const entity = toPascalCase(singularizeNoun(noun.replace(/['’]s?$/, "")));
  if (entity === "" || !/^[\p{L}\p{N}_' -]+$/u.test(noun)) return null;
  const lastNamed = named.at(-1) ?? "";
  return {
    kind: "entity",
    entity,
    isPlural: isPluralNoun(lastNamed.toLowerCase()),
    isCapitalised: named !== words || /^\p{Lu}/u.test(lastNamed),
  };
}

/** `tests` and `unit tests` are not data; `lab tests` are. */
export function isFeatureNoun(words: readonly string[]): boolean {
  const [last = "", ...before] = words.toReversed();
  return featureNouns.has(last) && before.every((word) => featureNouns.has(word) || featureModifiers.has(word));
}

/** Words of a clause and not of a name: they prevent entities such as `BooksAsLoan` and `FarmersGrowCrop`. */
export function isNoNoun(words: readonly string[]): boolean {
  if (words.some((word) => clauseWords.test(word))) return true;
  return words.length > 2 && words.slice(0, -1).some((word) => isPluralNoun(word) && !pluralModifiers.has(word));
}

/**
 * `An app where each task`, `Create a system to manage books` and `tasks in a project`: skips to the clause's own noun.
 */
function takeOwnNoun(words: readonly string[]): string[] {
  const lower = words.map((word) => word.toLowerCase());
  const connector = lower.findLastIndex((_, index) => index < lower.length - 1 && isConnector({ words: lower, index }));
  let start = connector + 1;
  while (
    looseAdjectives.has(lower[start] ?? "") ||
    (start < lower.length - 1 && entityPrefixes.has(lower[start] ?? "")) ||
    (connector === -1 && imperatives.has(lower[start] ?? ""))
  )
    start += 1;
  const end = lower.findIndex(
    (word, index) => index > start && /^(?:in|on|by|from|within|inside|at|per|are|is)$/.test(word),
  );
  return words.slice(start, end === -1 ? undefined : end);
}

/** True for entities that have roles: a user is the author of a post. */
export function isPersonEntity(entity: string): boolean {
  return personEntities.test(entity);
}

/** True if the word leads to the noun that a clause is about. `words` are in lower case. */
export function isConnector({ words, index }: { words: readonly string[]; index: number }): boolean {
  const word = words[index] ?? "";
  return connectors.has(word) || (connectingHomographs.has(word) && /^(?:to|can)$/.test(words[index - 1] ?? ""));
}

function findDomain(words: readonly string[]): string | null {
  const before = words
    .map((word) => word.toLowerCase())
    .filter((word) => !applicationNouns.has(word) && !looseAdjectives.has(word));
  const noun = before.at(-1);
  if (
    noun === undefined ||
    placeNouns.has(noun) ||
    featureNouns.has(noun) ||
    /^(?:web|mobile|online|full-stack|management|personal|team|restful)$/.test(noun)
  )
    return null;
  return toPascalCase(singularizeNoun(noun)) || null;
}
