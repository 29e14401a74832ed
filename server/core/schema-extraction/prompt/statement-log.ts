import { isPluralNoun } from "../inflect-noun.ts";
import type { PromptStatement } from "./prompt-statement.ts";
import { readFieldPhrase, type FieldPhrase } from "./read-field-phrase.ts";
import { tokenize, type PromptToken } from "./split-prompt.ts";
import { featureNouns, pluralModifiers } from "./vocabulary.ts";

/** More than any user describes; bounds the time for malicious prompts. */
const maxStatements = 3_000;

/** Fields that every entity has anyway, and words that only end a list. */
const ignoredFieldNames: ReadonlySet<string> = new Set(
  "id etc so_on more others primary_key ids zero one not_value".split(" "),
);

/** Words of a clause that are never part of a field name. */
const noName =
  /(?:^|_)(?:please|lots|wants?|would|they|we|you|it|that|which|who|because|as|through|via)(?:_|$)|_(?:should|must|will|could)(?:_|$)/;

/** A statement without its line; distributes over the union, unlike `Omit`. */
type Said<Statement> = Statement extends PromptStatement ? Omit<Statement, "line"> : never;

/** The statements read so far. Fields stay mutable: a later sentence may add to them. */
export class StatementLog {
  readonly statements: PromptStatement[] = [];
  /** The current line of the prompt, from 1. */
  line = 1;

  get isFull(): boolean {
    return this.statements.length >= maxStatements;
  }

  add(said: Said<PromptStatement>): void {
    this.statements.push({ ...said, line: this.line });
  }

  declareEntity({ entity, isWeak }: { entity: string; isWeak: boolean }): void {
    this.add({ kind: "entity", entity, isWeak });
  }

  /** `A database for my comics:` names the topic, which is an entity only if the rest mentions it. */
  weakenSince(index: number): void {
    for (const statement of this.statements.slice(index)) if (statement.kind === "entity") statement.isWeak = true;
  }

  knowsEntity(entity: string): boolean {
    return this.statements.some((statement) => statement.entity === entity);
  }

  /** Adds the field that a phrase names; null if it names none, or one that is ignored. */
  addField({ entity, phrase }: { entity: string; phrase: readonly PromptToken[] }): FieldPhrase | null {
    const field = readFieldPhrase(phrase);
    if (
      field === null ||
      noName.test(field.name) ||
      ignoredFieldNames.has(field.name) ||
      (featureNouns.has(field.name) && !field.isTypeStated && !isThing({ name: field.name, phrase })) ||
      isClause(field.name)
    )
      return null;
    if (field.name === "timestamps") {
      for (const name of ["created at", "updated at"]) this.addField({ entity, phrase: tokenize(name) });
      return null;
    }
    this.add({ kind: "field", entity, field });
    return field;
  }

  /** The last field with that name, of the given entity if it has one. */
  findField({ entity, name }: { entity: string | null; name: string }): FieldPhrase | null {
    const fields = this.statements.flatMap((statement) =>
      statement.kind === "field" && statement.field.name === name ? [statement] : [],
    );
    return (fields.findLast((statement) => statement.entity === entity) ?? fields.at(-1))?.field ?? null;
  }

  /** Sets a field's values, and adds the field if the entity has none with that name. */
  addValues({ entity, fieldName, values }: { entity: string; fieldName: string; values: readonly string[] }): void {
    const field = this.findField({ entity, name: fieldName }) ?? this.addField({ entity, phrase: tokenize(fieldName) });
    if (field !== null) addEnumValues({ field, values });
  }
}

export function addEnumValues({ field, values }: { field: FieldPhrase; values: readonly string[] }): void {
  field.values = [...new Set([...field.values, ...values.filter((value) => value !== "")])];
  field.isEnum = true;
  field.isList = false;
}

/** `a registration` of a boat, but not `with registration`, which is an application feature. */
function isThing({ name, phrase }: { name: string; phrase: readonly PromptToken[] }): boolean {
  return (
    /^(?:registration|route|screen|structure|operation|migration|deployment|feature)$/.test(name) &&
    /^(?:an?|the)$/i.test(phrase[0]?.text ?? "")
  );
}

/** `members_rent_out_things`: a plural noun with a verb. `years_of_experience` is a name. */
function isClause(name: string): boolean {
  const words = name.split("_");
  if (words.length < 3 || /_(?:of|in|per|for|at|by|from|to|on)_/.test(name)) return false;
  return words.slice(0, -1).some((word) => isPluralNoun(word) && !pluralModifiers.has(word));
}
