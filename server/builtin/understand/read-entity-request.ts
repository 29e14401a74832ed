import { extractSchemaFromPrompt } from "#server/core/schema-extraction/extract-from-prompt.ts";
import { isPluralNoun, pluralizeNoun } from "#server/core/schema-extraction/inflect-noun.ts";
import { nameEntity, toPascalCase, toSnakeCase } from "../entity-names.ts";
import { planField, planProject, type PlannedEntity, type PlannedField } from "../project-plan.ts";
import type { KnownEntity } from "../request-intent.ts";
import { findEntity } from "./find-entity.ts";

/** Words that are never stored as rows, although they look like entity names; checked as the last word of a request. */
const technicalWords =
  /\b(?:auth\w*ation|auth|log(?:s|ging|in)?|cach(?:e|es|ing)|metrics?|monitoring|hints?|types|docstrings?|docs|documentation|errors?|handling|validations?|checks?|middlewares?|headers?|cors|jwt|oauth\d?|security|env|variables?|migrations?|jobs?|workers?|queues?|limits?|limiting|sockets?|websockets?|graphql|ci|cd|pipelines?|linting|formatting|mode|themes?|styles?|styling|css|translations?|i18n|search|sorting|performance|indexes|indices|seeds?|fixtures?|mocks?|imports?|features?|improvements?|things?|stuff|support|integration|deployment|configuration|setup|code)$/i;

const typeWords =
  "string|text|integer|int|number|decimal|float|boolean|bool|date|datetime|timestamp|uuid|email|url|json";

/**
 * Fields from words such as `an integer priority`, `optional notes text`, `a status enum with values a, b, c` or
 * `priority: integer and due date`. Empty if the words name none.
 */
export function readRequestedFields({ phrase, entityName }: { phrase: string; entityName: string }): PlannedField[] {
  const plural = pluralizeNoun(nameEntity(entityName).words);
  const items = splitItems(phrase).map(normalizeItem);
  if (items.length === 0 || items.some(({ text }) => text === "")) return [];
  const codeSchema = extractSchemaFromPrompt(`${plural} have ${items.map(({ text }) => text).join(", ")}.`);
  const entity =
    codeSchema.entities.find(({ name }) => toSnakeCase(name) === toSnakeCase(entityName)) ?? codeSchema.entities[0];
  if (entity === undefined) return [];
  const enums = codeSchema.enums.map((given) => ({
    ...given,
    name: given.name.replace(new RegExp(`^${entity.name}`), entityName),
  }));
  const renamed = entity.fields.map((field) => ({
    ...field,
    type: field.type.replace(`enum:${entity.name}`, `enum:${entityName}`),
  }));
  const fields = renamed.flatMap((field) => planField({ field, codeSchema: { ...codeSchema, enums } }) ?? []);
  if (fields.length !== items.length) return [];
  return fields.map((field, index) => {
    const { values = null, isRequired = false } = items[index] ?? {};
    return fitExistingRows({ field: values === null ? field : withValues({ field, values, entityName }), isRequired });
  });
}

function withValues({
  field,
  values,
  entityName,
}: {
  field: PlannedField;
  values: string[];
  entityName: string;
}): PlannedField {
  return {
    ...field,
    kind: "enum",
    enumType: { name: `${entityName}${toPascalCase(field.name)}`, values },
    defaultValue: null,
  };
}

/**
 * The entities that a description adds to a project, in a valid creation order; null if it names none, or refers to an
 * unknown one.
 */
export function readRequestedEntities({
  description: words,
  entities,
}: {
  description: string;
  entities: readonly KnownEntity[];
}): PlannedEntity[] | null {
  if (!namesEntity(words)) return null;
  const description = words.replace(new RegExp(`(\\w)\\s*:\\s*(${typeWords})\\b`, "gi"), "$1 ($2)");
  const bareName = /^(?:an?|the)?\s*(.+?)\s+(?:entity|model|resource|table)$/i.exec(description.trim())?.[1];
  const codeSchema = extractSchemaFromPrompt(
    bareName === undefined ? description : pluralizeNoun(bareName.toLowerCase()),
  );
  const plan = planProject({ codeSchema, title: "Project" });
  const added = plan.entities.filter(({ names }) => findEntity({ words: names.words, entities }) === null);
  const isComplete = added.every(({ references }) =>
    references.every(
      ({ target }) =>
        findEntity({ words: target.words, entities }) !== null ||
        added.some(({ names }) => names.className === target.className),
    ),
  );
  return added.length === 0 || !isComplete ? null : added.map(withOwnReverses);
}

/** Its self-relations; relations from other entities are part of those. */
function withOwnReverses(entity: PlannedEntity): PlannedEntity {
  return { ...entity, reverses: entity.reverses.filter(({ source }) => source.className === entity.names.className) };
}

/** A noun phrase for data instead of a feature of the software. */
function namesEntity(description: string): boolean {
  const head = description
    .replace(/\s+(?:with|that|which|having|where|who|belonging|have|has|containing|consisting)\b.*$|[(:].*$/is, "")
    .trim();
  if (technicalWords.test(head) || head === "") return false;
  if (/\b(?:entity|entities|model|models|resource|resources|table|tables)\b/i.test(head)) return true;
  if (head !== description.trim()) return true;
  const words = head.replace(/^(?:the|an?|some)\s+/i, "").split(/\s+/);
  return words.length <= 3 && isPluralNoun((words.at(-1) ?? "").toLowerCase());
}

/** Commas and `and` between items, but not inside parentheses or a list of values. */
function splitItems(phrase: string): string[] {
  const values: string[] = [];
  const hidden = phrase
    .replace(/\(([^)]*)\)/g, (_, inside: string) => hide({ values, inside }))
    .replace(
      /\s*(?:enum|choice|select)?\s*(?:with|of|having)?\s*(?:the )?(?:allowed |possible )?(?:values?|options?|choices?)\s*(?::|of|are|being)?\s+([\w -]+(?:\s*(?:,|\/|\||\bor\b|\band\b)\s*[\w-]+)+)$/i,
      (_, inside: string) => ` ${hide({ values, inside })}`,
    )
    .replace(
      /\b(?:which|that)? ?can be ([\w-]+(?:\s*(?:,|\/|\||\bor\b)\s*[\w-]+)+)$/i,
      (_, inside: string) => ` ${hide({ values, inside })}`,
    );
  return hidden
    .split(/\s*,\s*(?:and\s+)?|\s+and\s+(?:also\s+)?|\s*;\s*/i)
    .map((item) => item.replace(/§(\d+)§/g, (_, index: string) => values[Number(index)] ?? "").trim())
    .filter((item) => item !== "");
}

function hide({ values, inside }: { values: string[]; inside: string }): string {
  values.push(`(${inside.replace(/\s*(?:\/|\||\bor\b|\band\b)\s*/gi, ", ").replace(/(?:,\s*)+/g, ", ")})`);
  return `§${values.length - 1}§`;
}

type FieldItem = { text: string; values: string[] | null; isRequired: boolean };

/** One field in the syntax of the prompt reader, without its values: `priority: integer` becomes `integer priority`. */
function normalizeItem(item: string): FieldItem {
  const isRequired = /\b(?:required|mandatory|non-?null(?:able)?)\b/i.test(item);
  const values = readValues(item);
  const text = (values === null ? item : item.replace(/\([^)]*\)/, ""))
    .replace(/\b(?:required|mandatory|non-?null(?:able)?|new)\b\s*/gi, "")
    .replace(/\s+(?:fields?|columns?|attributes?|propert(?:y|ies))\b/gi, "")
    .replace(/\s*\benum\b\s*/gi, " ")
    .replace(/^(.+?)\s+(?:of type|as (?:an?|the)?|with type)\s*(\w+)$/i, "$2 $1")
    .replace(new RegExp(`^(.+?)\\s*:\\s*(${typeWords})$`, "i"), "$2 $1")
    .replace(new RegExp(`^(.+?)\\s*\\((${typeWords})\\)$`, "i"), "$2 $1")
    .replace(/\b(?:an?|the)\s+/gi, "")
    .replace(/\s+/g, " ")
    .trim();
  const marks = ["optional", "nullable", "unique"].filter((mark) => new RegExp(`\\b${mark}\\b`, "i").test(text));
  const bare = text.replace(/\b(?:optional|nullable|unique)\b\s*/gi, "").trim();
  return { text: [...marks, bare].join(" ").trim(), values, isRequired };
}

/** The content of parentheses if it is a list of values instead of a type or a flag. */
function readValues(item: string): string[] | null {
  const inside = /\(([^)]*)\)/.exec(item)?.[1]?.split(/\s*,\s*/) ?? [];
  const values = inside.map(toSnakeCase).filter((value) => value !== "");
  const isType = inside.some((value) =>
    new RegExp(`^(?:${typeWords}|optional|nullable|unique|required)$`, "i").test(value),
  );
  return values.length < 2 || isType ? null : [...new Set(values)];
}

/** Existing rows have no value for a new field: it is nullable, unless it has a default or the user insists. */
function fitExistingRows({ field, isRequired }: { field: PlannedField; isRequired: boolean }): PlannedField {
  if (isRequired && !field.isUnique) return { ...field, isOptional: false };
  if (field.enumType !== null && field.defaultValue === null && !field.isOptional) {
    return { ...field, defaultValue: field.enumType.values[0] ?? null };
  }
  if (field.kind === "boolean" && field.defaultValue === null && !field.isOptional)
    return { ...field, defaultValue: "false" };
  return field.defaultValue !== null && !field.isUnique ? field : { ...field, isOptional: true, defaultValue: null };
}
