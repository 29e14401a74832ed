import type { PromptStatement } from "../prompt-statement.ts";
import { readFieldPhrase, type FieldPhrase } from "../read-field-phrase.ts";
import { listUsualFields } from "./usual-choices.ts";

/** An entity under construction, with its parts in the order of mention. */
export type DraftEntity = { name: string; line: number; parts: DraftPart[] };
type DraftPart = { kind: "field"; field: FieldPhrase; line: number } | { kind: "reference"; edge: BelongsToEdge };

export type BelongsToEdge = {
  from: string;
  to: string;
  role: string;
  isOptional: boolean;
  isUnique: boolean;
  line: number;
};
export type SharedEdge = { from: string; to: string; line: number };

/** The described entities: those with a statement about them, or else those that were only mentioned. */
export function collectEntities(statements: readonly PromptStatement[]): Map<string, DraftEntity> {
  const described = new Set<string>();
  const mentioned = new Set<string>();
  for (const statement of statements) {
    if (statement.kind === "entity") (statement.isWeak ? mentioned : described).add(statement.entity);
    else described.add(statement.entity);
    if (statement.kind === "has-many" || statement.kind === "many-to-many") described.add(statement.target);
    if (statement.kind === "belongs-to" && !statement.isTentative) described.add(statement.target);
  }
  // "Sensor readings: each reading has a value" names one entity twice, first in full.
  const used = new Set(
    statements.flatMap((statement) =>
      statement.kind === "entity"
        ? []
        : "target" in statement
          ? [statement.entity, statement.target]
          : [statement.entity],
    ),
  );
  for (const name of described)
    if (
      !used.has(name) &&
      [...used].some((short) => name.toLowerCase().endsWith(short.toLowerCase()) && short.length < name.length)
    )
      described.delete(name);
  const wanted = described.size > 0 ? described : mentioned;
  const drafts = new Map<string, DraftEntity>();
  const mention = (name: string, line: number) => {
    if (wanted.has(name) && !drafts.has(name)) drafts.set(name, { name, line, parts: [] });
  };
  for (const statement of statements) {
    if (statement.kind === "entity" && statement.isWeak && described.size > 0) continue;
    mention(statement.entity, statement.line);
    if ("target" in statement) mention(statement.target, statement.line);
  }
  return drafts;
}

export function addPlainField({
  draft,
  field,
  line,
}: {
  draft: DraftEntity | undefined;
  field: FieldPhrase;
  line: number;
}): void {
  if (draft === undefined) return;
  const known = draft.parts.find((part) => part.kind === "field" && part.field.name === field.name);
  if (known?.kind !== "field") {
    draft.parts.push({ kind: "field", field, line });
    return;
  }
  const { field: before } = known;
  known.field = {
    ...before,
    type: field.isTypeStated ? field.type : before.type,
    isTypeStated: before.isTypeStated || field.isTypeStated,
    isOptional: before.isOptional || field.isOptional,
    isUnique: before.isUnique || field.isUnique,
    isList: before.isList && field.isList,
    isEnum: before.isEnum || field.isEnum,
    values: before.values.length > 0 ? before.values : field.values,
    defaultValue: before.defaultValue ?? field.defaultValue,
  };
}

/** An entity that only links others (`an enrollment belongs to a student and a course`) needs no fields of its own. */
export function addUsualFields(draft: DraftEntity): void {
  const references = draft.parts.filter((part) => part.kind === "reference").length;
  const usual = listUsualFields(draft.name);
  if (draft.parts.some((part) => part.kind === "field") || (references > 1 && usual === "name")) return;
  const fields = usual.split(", ").flatMap((phrase) => readFieldPhrase(phrase) ?? []);
  const taken = new Set(draft.parts.flatMap((part) => (part.kind === "reference" ? [part.edge.role] : [])));
  draft.parts.unshift(
    ...fields
      .filter((field) => !taken.has(field.name))
      .map((field) => ({ kind: "field", field, line: draft.line }) as const),
  );
}
