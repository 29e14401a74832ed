import type { CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import { singularizeNoun } from "../inflect-noun.ts";
import { isUnplaced, toWords } from "./find-unplaced-words.ts";
import { neutralWords } from "./neutral-words.ts";
import { toPascalCase } from "./name-case.ts";
import { isActVerb } from "./read-association.ts";
import { asksForBehaviour, namesFeature } from "./request-phrases.ts";
import { isTitle } from "./is-title.ts";
import { splitLines } from "./split-prompt.ts";
import { applicationNouns, placeNouns, sectionNouns } from "./vocabulary.ts";

/** With more gaps the prompt is not a description of data. */
const maxParts = 40;
/** A longer quotation is truncated. */
const maxPartCharacters = 160;

/**
 * The parts of a prompt that its schema does not account for, in the user's words. Each word must be part of a name, a
 * value or a default of the schema, or be a connecting word. Checks only the result, so that a dropped or misread
 * clause is found whatever the reason was.
 */
export function findUnplacedParts({ prompt, schema }: { prompt: string; schema: CodeSchema }): string[] {
  const placed = collectPlacedWords(schema);
  const parts: string[] = [];
  let isOpening = true;
  const lines = splitLines(prompt);
  for (const [index, line] of lines.entries()) {
    if (isTitle({ lines, index }) || namesSection(line.text)) continue;
    for (const sentence of splitVerbatimSentences(line.text)) {
      if (parts.length >= maxParts) return parts;
      parts.push(...findInSentence({ sentence, placed, schema, isOpening }).map(quote));
      isOpening = false;
    }
  }
  return [...new Set(parts)];
}

/** `Features:` and `## Data model` are headings for what follows. */
function namesSection(text: string): boolean {
  const words = toWords(text);
  return (
    words.length > 0 && words.length < 5 && words.every((word) => sectionNouns.has(word) || neutralWords.has(word))
  );
}

function findInSentence({
  sentence,
  placed,
  schema,
  isOpening,
}: {
  sentence: string;
  placed: PlacedWords;
  schema: CodeSchema;
  isOpening: boolean;
}): string[] {
  if (asksForBehaviour(sentence) || namesFeature(sentence)) return [sentence];
  const { introduction, rest } = isOpening ? splitIntroduction(sentence) : { introduction: "", rest: sentence };
  const items = splitVerbatimItems(isOpening ? rest.replace(laterApplicationPhrase, "") : rest);
  // A field counts as placed only in its own entity, even if another entity has a field with the same name.
  let words = placed.all;
  const unplaced = items.filter((item) => {
    words = readSubject({ item, placed }) ?? (namesAct(item) ? placed.all : words);
    return (
      asksForBehaviour(item) ||
      namesFeature(item) ||
      isUnplaced({ item, placed: words }) ||
      isUnlinkedAct({ item, schema })
    );
  });
  if (unplaced.length === 0) return [];
  const isWhole = introduction === "" && (unplaced.length === items.length || items.length < 2);
  return isWhole ? [sentence] : unplaced;
}

/**
 * What the application is and for whom, which is not data: `A library: …`, `I run a bike shop`, `Track my vinyl
 * records`, `Our charity needs to keep track of …`.
 */
function splitIntroduction(sentence: string): { introduction: string; rest: string } {
  const at = (length: number) => ({ introduction: sentence.slice(0, length), rest: sentence.slice(length) });
  const colon = /^[^:({[,]{1,80}:\s/.exec(sentence)?.[0];
  if (colon !== undefined) return at(colon.length);
  const story = /^as an? [^,]{1,60}?,? (?=i (?:want|need|would))/iu.exec(sentence)?.[0];
  const lead = introductions.map((pattern) => pattern.exec(sentence)?.[0]).find((found) => found !== undefined);
  if (lead !== undefined) return at(lead.length);
  if (story !== undefined) return at(story.length);
  // A short sentence that only says what the application is: `A wine cellar app`.
  const words = toWords(sentence);
  return words.length <= 14 && words.some(namesApplication) && !hasDataVerb.test(sentence)
    ? at(sentence.length)
    : at(applicationPhrase.exec(sentence)?.[0].length ?? 0);
}

function namesApplication(word: string): boolean {
  return applicationNouns.has(word) || placeNouns.has(word);
}

/** The start of the data: after a verb of managing, or at the end of a clause about the application. */
const introductions: readonly RegExp[] = [
  /^[^,:({[]{0,120}?\bto (?:manage|track|store|keep track of|organi[sz]e|record|handle|plan|catalogue?|book|run)\s/iu,
  /^[^,:({[]{0,120}?\bfor (?:managing|tracking|storing|keeping track of|organi[sz]ing|recording|handling|booking|running)\s/iu,
  /^[^,:({[]{0,120}?\b(?:where|in which)\s/iu,
  /^[^,:({[]{0,120}?\bkeep(?:ing)? (?:tabs on|an eye on|an? (?:record|log) of|records of)\s/iu,
  /^(?:our|my) [\p{L} -]{1,40}? needs? (?=\p{L})/iu,
  /^(?:an?|the|our|my) (?:\p{L}+ ){1,3}with\s(?=\p{L}+s\b)/iu,
  /^(?:please )?(?:track|manage|organi[sz]e|store|record|catalogue?|keep track of) (?:my|our|the)\s(?:\p{L}+\s)?(?=\p{L}+$)/iu,
];
/** `Build me a pottery studio site with …` up to the application's own noun. */
const nouns = [...applicationNouns, ...placeNouns].join("|");
const applicationPhrase = new RegExp(
  `^(?:(?!\\b(?:with|where|that|which|has|have)\\b)[^,:({[]){0,80}\\b(?:${nouns})\\b(?:\\s+for\\s+(?:an?|the|my|our)\\s+(?:\\p{L}+\\s+){0,2}\\p{L}+(?=\\s+(?:with|where|that|which|in|to)\\b|\\s*[,:]|$))?`,
  "iu",
);
/** The text after the stack in `FastAPI with PostgreSQL for a booking system`. */
const laterApplicationPhrase = new RegExp(`\\bfor (?:an?|the|my|our) (?:\\p{L}+ ){0,3}(?:${nouns})\\b`, "iu");
const hasDataVerb = /\b(?:with|have|has|having|contains?|includes?|belongs?|stores?|:)\b|[:(]/iu;

/** Action verbs that are not nouns: if nothing links two entities, naming both does not place such a verb. */
const plainActVerb =
  /^(?:adopt|attend|borrow|buy|enroll?|follow|hire|join|lease|open|purchase|register|rent|reserve|subscribe|visit|watch)s?$/;

/** After one of these, an action verb is a noun or an adjective: `an order`, `is open`. */
const beforeNouns = /^(?:is|are|be|an?|the|and|or|not|of|unique|optional|many|several)$/;

/** Whether a clause is about several entities: `Customers order cakes`. */
function namesAct(item: string): boolean {
  const words = toWords(item).slice(0, 4);
  return words.some((word, index) => index > 0 && isActVerb(word) && !beforeNouns.test(words[index - 1] ?? ""));
}

/** `Members borrow books` in a schema without a link between the two. */
function isUnlinkedAct({ item, schema: { entities, relations } }: { item: string; schema: CodeSchema }): boolean {
  const words = toWords(item);
  const verbAt = words.findIndex((word) => plainActVerb.test(word));
  if (verbAt === -1) return false;
  const mentioned = (some: readonly string[]) => {
    const singular = some.map(singularizeNoun);
    return entities
      .filter(({ name }) => toWords(name).every((word) => singular.includes(word)))
      .map(({ name }) => name);
  };
  const doers = mentioned(words.slice(0, verbAt));
  const objects = mentioned(words.slice(verbAt + 1));
  if (objects.length === 0) return doers.length > 0;
  const linked = (from: string) =>
    relations.filter(({ fromEntity }) => fromEntity === from).map(({ toEntity }) => toEntity);
  if (doers.length === 0) return objects.every((object) => linked(object).length === 0);
  return !doers.some((doer) =>
    objects.some((object) =>
      linked(doer).some((near) => near === object || (near !== doer && linked(near).includes(object))),
    ),
  );
}

/** The words of the whole schema, and those that count in a clause about one of its entities. */
type PlacedWords = { all: ReadonlySet<string>; byEntity: ReadonlyMap<string, ReadonlySet<string>> };

function collectPlacedWords({ entities, relations, enums }: CodeSchema): PlacedWords {
  const common = entities.flatMap(({ name, tableName }) => [name, tableName ?? ""]);
  const own = entities.map(({ name, fields }): [entity: string, names: string[]] => {
    const types = new Set(fields.map(({ type }) => type));
    const values = enums.filter((each) => types.has(`enum:${each.name}`)).flatMap((each) => each.values);
    const sides = relations.filter(({ fromEntity }) => fromEntity === name).map(({ fieldName }) => fieldName);
    return [name, [...fields.flatMap((field) => [field.name, field.defaultValue ?? ""]), ...values, ...sides]];
  });
  return {
    all: toWordSet([...common, ...own.flatMap(([, names]) => names)]),
    byEntity: new Map(own.map(([name, names]) => [name, toWordSet([...common, ...names])])),
  };
}

function toWordSet(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.flatMap((name) => toWords(name).flatMap((word) => [word, singularizeNoun(word)])));
}

const subjectOfFields =
  /^(?:(?:each|every|an?|the|all|our|any)\s+)*(\p{L}[\p{L} -]{0,60}?)\s*(?:\(|:|\s(?:(?:should|must|can|may|will|also)\s+)*(?:has|have|having|contains?|includes?)\b)/iu;

/** The entity that a clause adds fields to, if it names one of the schema's. */
function readSubject({ item, placed }: { item: string; placed: PlacedWords }): ReadonlySet<string> | undefined {
  const name = toPascalCase(singularizeNoun(subjectOfFields.exec(item)?.[1] ?? ""));
  return placed.byEntity.get(name) ?? placed.byEntity.get(`${name}Item`);
}

/** Like `splitSentences`, but in the user's own words. Omits the application's purpose, which requests nothing. */
function splitVerbatimSentences(text: string): string[] {
  return text
    .replace(/\b(e\.g|i\.e|etc|vs|approx)\.(?=\s|,|\)|$)/gi, (match) => match.slice(0, -1))
    .replace(/\s(?:so that|in order to|because)\b[^.;]*/gi, "")
    .split(/(?<=[.!?])(?=\s|$)|;(?![^{(]*[})])/)
    .map((sentence) => sentence.trim().replace(/[.!]+$/, ""))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/** Splits at commas and conjunctions outside parentheses. */
function splitVerbatimItems(text: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let start = 0;
  const cut = (end: number, next: number) => {
    items.push(text.slice(start, end));
    start = next;
  };
  for (const { 0: part = "", index } of text.matchAll(/[([{]|[)\]}]|,|\s(?:and|as well as|plus|&)\s/gi)) {
    if (/^[([{]$/.test(part)) depth += 1;
    else if (/^[)\]}]$/.test(part)) depth = Math.max(0, depth - 1);
    else if (depth === 0 && !/\bbetween [\w.]+$/i.test(text.slice(0, index))) cut(index, index + part.length);
  }
  items.push(text.slice(start));
  return items
    .map((item) => item.trim().replace(/^(?:and|or|plus)\s+/i, ""))
    .filter((item) => /[\p{L}\p{N}]/u.test(item));
}

function quote(part: string): string {
  const text = part.replace(/\s+/g, " ").trim();
  return text.length > maxPartCharacters ? `${text.slice(0, maxPartCharacters)}…` : text;
}
