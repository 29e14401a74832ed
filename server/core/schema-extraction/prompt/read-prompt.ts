import { isPluralNoun, singularizeNoun } from "../inflect-noun.ts";
import { listsFields } from "./clause-words.ts";
import { correctMisspellings } from "./correct-misspellings.ts";
import { findVerb } from "./find-verb.ts";
import { findTypeWord } from "./guess-field-type.ts";
import { toPascalCase, toSnakeCase } from "./name-case.ts";
import type { PromptStatement } from "./prompt-statement.ts";
import { PromptReader } from "./reader/prompt-reader.ts";
import { isTitle } from "./is-title.ts";
import { splitLines, type PromptLine } from "./split-prompt.ts";
import { findUsualValues } from "./build/usual-choices.ts";
import { isFeatureNoun, isNoNoun } from "./read-entity-noun.ts";
import {
  applicationNouns,
  entitySections,
  featureNouns,
  imperatives,
  looseAdjectives,
  placeNouns,
  sectionNouns,
} from "./vocabulary.ts";

/**
 * The lines below a heading or a line that ends in a colon. `entity` is null below a section heading such as
 * "Features:".
 */
type Block = { entity: string | null; listsEntities: boolean; indent: number };

/** Reads a whole prompt: prose, lists, `Entity: fields` lines and headings with the fields below. */
export function readPrompt(prompt: string): PromptStatement[] {
  const reader = new PromptReader();
  const lines = splitLines(prompt);
  let block: Block | null = null;
  for (const [index, line] of lines.entries()) {
    reader.log.line = line.line;
    const head = readHead({ line, next: lines[index + 1] });
    if (block !== null && !isInBlock({ line, block, opensBlock: head?.opensBlock === true })) block = null;
    if (head?.opensBlock === true) {
      const listsEntities = head.listsEntities || isTitle({ lines, index });
      const entity = listsEntities ? null : head.entity;
      block = { entity, listsEntities, indent: line.indent };
      if (listsEntities) continue;
      if (head.entity === null && !head.isSection) reader.readProse(line.text.replace(/:$/, ""));
      else if (head.entity !== null) reader.log.declareEntity({ entity: head.entity, isWeak: false });
    } else if (block?.entity !== null && block !== null) {
      reader.readEntityList({ entity: block.entity, text: toFieldLine(line.text) });
    } else if (head?.listsEntities === true && head.rest !== "") {
      reader.readEntityNames(head.rest);
    } else if (head?.valuesOf !== undefined && head.valuesOf !== null) {
      readFieldHead({ reader, fieldName: head.valuesOf, rest: head.rest, text: line.text });
    } else if (head?.entity !== null && head !== null) {
      reader.log.declareEntity({ entity: head.entity, isWeak: false });
      reader.readEntityList({ entity: head.entity, text: head.rest });
    } else if (
      block?.listsEntities === true &&
      line.kind === "bullet" &&
      findVerb(line.text.toLowerCase().split(" ")) === null
    ) {
      reader.readEntityNames(line.text);
    } else if (line.kind !== "heading") {
      reader.readProse(line.text);
    }
  }
  return correctMisspellings(reader.log.statements);
}

/** `A task has the following fields:` is a heading like `Task:`. */
const ownerVerb =
  /\s+(?:should |must )?(?:has|have|with|contains?|includes?|needs?)(?: the following)?(?: fields| attributes| properties| columns)?\s*:$/i;

type Head = {
  entity: string | null;
  rest: string;
  opensBlock: boolean;
  isSection: boolean;
  listsEntities: boolean;
  valuesOf: string | null;
};

/** The subject of a heading, `Name:`, `Name: rest` or `Name - rest` line; null for other lines. */
function readHead({ line, next }: { line: PromptLine; next: PromptLine | undefined }): Head | null {
  const isList =
    next !== undefined &&
    (next.kind === "bullet" || next.indent > line.indent) &&
    (line.kind !== "bullet" || next.indent > line.indent);
  const match = /^([\p{L}][^:(,.{]{0,60}?)\s*(?::|\s[-–—]|\s[-=]>|\{$)\s*(\S.*)?$/u.exec(
    line.text.replace(ownerVerb, ":"),
  );
  const name =
    match?.[1] ??
    (line.kind === "heading" || (isList && /^[\p{L}][\p{L}\p{N} _-]{0,40}$/u.test(line.text)) ? line.text : null);
  if (name === null) return null;
  const rest = match?.[2] ?? "";
  const opensBlock = rest === "" && isList;
  const words = name.split(/\s+/).filter((word) => !looseAdjectives.has(word.toLowerCase()));
  const last = (words.at(-1) ?? "").toLowerCase();
  const isSection = words.every(
    (word) =>
      sectionNouns.has(word.toLowerCase()) ||
      applicationNouns.has(word.toLowerCase()) ||
      featureNouns.has(word.toLowerCase()),
  );
  const isOwner = isPluralNoun(last) && words.length < 3 && listsFields(rest);
  const listsEntities =
    !isOwner &&
    ((entitySections.has(last) && words.length <= 3 && isSection) || (entitySections.has(last) && opensBlock));
  const nothing = { entity: null, rest, opensBlock, isSection, listsEntities, valuesOf: null };
  if ((isSection || listsEntities) && !isOwner)
    return opensBlock || (listsEntities && rest !== "") || line.kind === "heading" ? nothing : null;
  if (introducesApplication({ last, rest }) || !(isOwner || isEntityName({ name, words })))
    return opensBlock ? nothing : null;
  if (rest === "" && !opensBlock) return null;
  const fieldName = toSnakeCase(words.join(" "));
  if (rest !== "" && findUsualValues({ entityName: "", fieldName }) !== null)
    return { ...nothing, valuesOf: fieldName };
  if (rest !== "" && /^(?:https?:|\d)/.test(rest)) return null;
  return { ...nothing, entity: toEntityName(words) };
}

/**
 * In `Job board: companies (name), …` and `Salon booking: services have a name` the part before the colon is the
 * application, in `Task: title` an entity.
 */
function introducesApplication({ last, rest }: { last: string; rest: string }): boolean {
  const firstClause = rest.toLowerCase().split(/[,;]/, 1)[0]?.split(" ") ?? [];
  const verb = findVerb(firstClause);
  const hasOwnSubject = verb !== null && verb.start > 0 && verb.kind !== "is" && verb.kind !== "values";
  return (
    hasOwnSubject ||
    (!isPluralNoun(last) && listsEntitiesWithFields(rest)) ||
    (placeNouns.has(last) && (rest.includes("(") || findVerb(rest.toLowerCase().split(" ")) !== null))
  );
}

/** `Zoo: animals (name, species), keepers (name)`. */
function listsEntitiesWithFields(rest: string): boolean {
  return /^\p{L}[\p{L} -]*\s*\(/u.test(rest) && isPluralNoun((/^[^(]*/.exec(rest)?.[0] ?? "").trim().toLowerCase());
}

function isEntityName({ name, words }: { name: string; words: string[] }): boolean {
  const lower = words.map((word) => word.toLowerCase());
  const last = lower.at(-1) ?? "";
  if (words.length === 0 || words.length > 3 || !/^[\p{L}\p{N}_ -]+$/u.test(name)) return false;
  if (applicationNouns.has(last) || isFeatureNoun(lower) || imperatives.has(lower[0] ?? "") || isNoNoun(lower))
    return false;
  return findVerb(lower) === null && findTypeWord(name) === null && toEntityName(words) !== "";
}

function toEntityName(words: readonly string[]): string {
  const isSuffixed = words.length > 1 && /^(?:entity|model|table|resource|fields)$/i.test(words.at(-1) ?? "");
  const isPrefixed = words.length > 1 && /^(?:class|entity|interface|model|table|type)$/i.test(words[0] ?? "");
  return toPascalCase(singularizeNoun(words.slice(isPrefixed ? 1 : 0, isSuffixed ? -1 : undefined).join(" ")));
}

function isInBlock({ line, block, opensBlock }: { line: PromptLine; block: Block; opensBlock: boolean }): boolean {
  if (line.kind === "heading") return false;
  if (line.indent > block.indent) return true;
  return line.kind === "bullet" && line.indent === block.indent && !opensBlock;
}

/** `status: todo, doing, done` on its own line. */
function readFieldHead({
  reader,
  fieldName,
  rest,
  text,
}: {
  reader: PromptReader;
  fieldName: string;
  rest: string;
  text: string;
}): void {
  const owner = reader.log.statements.findLast(
    (statement) => statement.kind === "field" && statement.field.name === fieldName,
  );
  const last = reader.log.statements.at(-1);
  const entity = owner?.entity ?? last?.entity;
  if (entity === undefined) reader.readProse(text);
  else reader.log.addValues({ entity, fieldName, values: rest.split(/,|\||\/|\bor\b|\band\b/).map(toSnakeCase) });
}

/** A field's line without its explanation: `title - what has to be done`, but not `title - string, required`. */
function toFieldLine(text: string): string {
  const match = /^([^(:]+?)\s+[-–—]\s+(\S+)(.*)$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return text;
  const isType =
    findTypeWord(match[2].replace(/,$/, "")) !== null || /^(?:optional|required|unique),?$/i.test(match[2]);
  return isType ? `${match[1]}: ${match[2]}${match[3] ?? ""}` : match[1];
}
