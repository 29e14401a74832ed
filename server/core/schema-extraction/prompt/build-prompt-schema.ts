import type { CodeEntity, CodeEnum, CodeField, CodeRelation, CodeSchema } from "#lib/contracts/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { pluralizeNoun, singularizeNoun } from "../inflect-noun.ts";
import { toPascalCase, toSnakeCase } from "./name-case.ts";
import { isPersonEntity } from "./read-entity-noun.ts";
import type { PromptStatement } from "./prompt-statement.ts";
import { readFieldPhrase, type FieldPhrase } from "./read-field-phrase.ts";
import { findUsualValues, listUsualFields } from "./usual-choices.ts";
import { labelEntities, userRoles } from "./vocabulary.ts";

const promptPath = "prompt" as FilePath;

/** An entity while it is put together: what it has, in the order of mention. */
type DraftEntity = { name: string; line: number; parts: DraftPart[] };
type DraftPart = { kind: "field"; field: FieldPhrase; line: number } | { kind: "reference"; edge: BelongsToEdge };

type BelongsToEdge = { from: string; to: string; role: string; isOptional: boolean; isUnique: boolean; line: number };
type SharedEdge = { from: string; to: string; line: number };

/** Names that generated code needs for itself: classes of these names would hide the language's own. */
const reservedEntityNames: ReadonlySet<string> = new Set(
  (
    "Any Array Base BaseModel Boolean Date Enum Error False Function List Map Model None Number Object Promise Record Set String " +
    "Symbol True Type"
  ).split(" "),
);

/** Makes the schema that the statements describe; the normal form is `extractSchemaFromPrompt`'s. */
export function buildPromptSchema(statements: readonly PromptStatement[]): CodeSchema {
  const drafts = collectEntities(statements);
  const { edges, shared } = resolveRelations({ statements, drafts });
  for (const draft of drafts.values()) addUsualFields(draft);

  const enums: CodeEnum[] = [];
  const entities = [...drafts.values()].map((draft) => buildEntity({ draft, enums }));
  const relations = buildRelations({ entities, edges, shared });
  return { entities, relations, enums, routes: [], exports: [] };
}

/** The entities that are described: each that something was said about, else those that were only mentioned. */
function collectEntities(statements: readonly PromptStatement[]): Map<string, DraftEntity> {
  const described = new Set<string>();
  const mentioned = new Set<string>();
  for (const statement of statements) {
    if (statement.kind === "entity") (statement.isWeak ? mentioned : described).add(statement.entity);
    else described.add(statement.entity);
    if (statement.kind === "has-many" || statement.kind === "many-to-many") described.add(statement.target);
    if (statement.kind === "belongs-to" && !statement.isTentative) described.add(statement.target);
  }
  // "Sensor readings: each reading has a value" speaks of one entity twice, first in full.
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

/** Adds fields and references to the drafts, and returns the relations between them. */
function resolveRelations({
  statements,
  drafts,
}: {
  statements: readonly PromptStatement[];
  drafts: Map<string, DraftEntity>;
}): {
  edges: BelongsToEdge[];
  shared: SharedEdge[];
} {
  const edges: BelongsToEdge[] = [];
  const shared: SharedEdge[] = [];
  const hasMany: SharedEdge[] = [];
  const addEdge = (edge: BelongsToEdge) => {
    const same = edges.find((other) => other.from === edge.from && other.to === edge.to && other.role === edge.role);
    if (same !== undefined) {
      same.isOptional ||= edge.isOptional;
      return;
    }
    edges.push(edge);
    drafts.get(edge.from)?.parts.push({ kind: "reference", edge });
  };
  const addField = ({ entity, field, line }: { entity: string; field: FieldPhrase; line: number }) => {
    const target = findTarget({ entity, field, drafts });
    if (target === null) addPlainField({ draft: drafts.get(entity), field, line });
    else if (target.isMany) hasMany.push({ from: entity, to: target.name, line });
    else
      addEdge({
        from: entity,
        to: target.name,
        role: target.role,
        isOptional: field.isOptional || target.name === entity,
        isUnique: field.isUnique,
        line,
      });
  };
  for (const statement of statements) {
    const { entity, line } = statement;
    if (statement.kind === "field") addField({ entity, field: statement.field, line });
    else if (statement.kind === "belongs-to") {
      const { target, role, isOptional, isTentative } = statement;
      if (drafts.has(target))
        addEdge({
          from: entity,
          to: target,
          role: chooseRole({ entity, target, role }),
          isOptional: isOptional || target === entity,
          isUnique: false,
          line,
        });
      else if (isTentative) {
        const field = readFieldPhrase(toSnakeCase(target));
        // "Belongs or …": a word that is no name says nothing.
        if (field !== null) addField({ entity, field, line });
      }
    } else if (statement.kind === "has-one") {
      const { target, field } = statement;
      if (!drafts.has(target) || field.typeName !== null) addField({ entity, field, line });
      else if (!edges.some((edge) => edge.from === entity && edge.to === target)) {
        addEdge({ from: target, to: entity, role: toSnakeCase(entity), isOptional: false, isUnique: true, line });
      }
    } else if (statement.kind === "has-many") hasMany.push({ from: entity, to: statement.target, line });
    else if (statement.kind === "many-to-many")
      addShared({ shared, edge: { from: entity, to: statement.target, line } });
  }
  for (const edge of hasMany) resolveHasMany({ edge, hasMany, edges, shared, addEdge });
  return { edges, shared };
}

/** "Has many" both ways, or of labels, is shared; else each of the many belongs to the one. */
function resolveHasMany({
  edge,
  hasMany,
  edges,
  shared,
  addEdge,
}: {
  edge: SharedEdge;
  hasMany: readonly SharedEdge[];
  edges: readonly BelongsToEdge[];
  shared: SharedEdge[];
  addEdge: (edge: BelongsToEdge) => void;
}): void {
  const { from, to, line } = edge;
  if (edges.some((other) => other.from === to && other.to === from)) return;
  if (shared.some((other) => (other.from === from && other.to === to) || (other.from === to && other.to === from)))
    return;
  const isMutual = from !== to && hasMany.some((other) => other.from === to && other.to === from);
  if (isMutual || (labelEntities.has(to) && from !== to)) addShared({ shared, edge });
  else
    addEdge({
      from: to,
      to: from,
      role: from === to ? "parent" : toSnakeCase(from),
      isOptional: from === to,
      isUnique: false,
      line,
    });
}

function addShared({ shared, edge }: { shared: SharedEdge[]; edge: SharedEdge }): void {
  const isKnown = shared.some(
    (other) => (other.from === edge.from && other.to === edge.to) || (other.from === edge.to && other.to === edge.from),
  );
  if (!isKnown) shared.push(edge);
}

function chooseRole({ entity, target, role }: { entity: string; target: string; role: string | null }): string {
  if (entity === target) return role ?? "parent";
  // "Written by an author" is an author either way; "assigned to a team" makes no assignee of the team.
  return role !== null && isPersonEntity(target) ? role : toSnakeCase(target);
}

/** The entity that a field refers to: by its name, by what stands as its type, or as a user's role. */
function findTarget({
  entity,
  field,
  drafts,
}: {
  entity: string;
  field: FieldPhrase;
  drafts: ReadonlyMap<string, DraftEntity>;
}): {
  name: string;
  role: string;
  isMany: boolean;
} | null {
  const role = field.name.replace(/_ids?$/, "");
  const named = toPascalCase(singularizeNoun(role));
  if (field.typeName !== null && drafts.has(field.typeName))
    return { name: field.typeName, role, isMany: field.isList };
  if (field.isEnum) return null;
  const hasIdSuffix = role !== field.name;
  if (field.isTypeStated && !hasIdSuffix) return null;
  if (drafts.has(named) && named !== entity)
    return { name: named, role: singularizeNoun(role), isMany: field.isList || singularizeNoun(role) !== role };
  if (named === `Parent${entity}` || named === "Parent" || (named === entity && hasIdSuffix))
    return { name: entity, role: "parent", isMany: false };
  if (userRoles.has(role) && drafts.has("User") && entity !== "User") return { name: "User", role, isMany: false };
  const suffix = [...drafts.keys()].find((name) => named.endsWith(name) && named !== name && name !== entity);
  return suffix === undefined || field.isList || !toSnakeCase(named).endsWith(`_${toSnakeCase(suffix)}`)
    ? null
    : { name: suffix, role, isMany: false };
}

function addPlainField({
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

/** An entity that only links others (`an enrollment belongs to a student and a course`) needs no field of its own. */
function addUsualFields(draft: DraftEntity): void {
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

function buildEntity({ draft, enums }: { draft: DraftEntity; enums: CodeEnum[] }): CodeEntity {
  const name = toEntityName(draft.name);
  const fields: CodeField[] = [];
  for (const part of draft.parts) {
    const names = fields.map((field) => field.name);
    if (part.kind === "reference") fields.push(buildReference({ edge: part.edge, names }));
    else if (!names.includes(part.field.name))
      fields.push(buildField({ entityName: name, field: part.field, line: part.line, enums }));
  }
  return {
    name,
    origin: "prompt",
    kind: "table",
    tableName: pluralizeNoun(toSnakeCase(name)),
    fields,
    path: promptPath,
    line: draft.line,
  };
}

function toEntityName(name: string): string {
  return reservedEntityNames.has(name) ? `${name}Item` : name;
}

function buildReference({ edge, names }: { edge: BelongsToEdge; names: readonly string[] }): CodeField {
  return {
    name: makeUnique({ name: `${edge.role}_id`, taken: names }),
    type: "integer",
    isOptional: edge.isOptional,
    isList: false,
    isPrimaryKey: false,
    isUnique: edge.isUnique,
    references: toEntityName(edge.to),
    path: promptPath,
    line: edge.line,
  };
}

function buildField({
  entityName,
  field,
  line,
  enums,
}: {
  entityName: string;
  field: FieldPhrase;
  line: number;
  enums: CodeEnum[];
}): CodeField {
  const enumeration = field.isTypeStated && !field.isEnum ? null : chooseValues({ entityName, field });
  const defaultValue =
    field.defaultValue === null ? null : enumeration === null ? field.defaultValue : toSnakeCase(field.defaultValue);
  const built: CodeField = {
    name: field.name,
    type: field.type,
    isOptional: field.isOptional || defaultValue === "null" || defaultValue === "none",
    isList: field.isList,
    isPrimaryKey: false,
    isUnique: field.isUnique,
    path: promptPath,
    line,
  };
  if (defaultValue !== null && defaultValue !== "" && defaultValue !== "null" && defaultValue !== "none")
    built.defaultValue = defaultValue;
  if (enumeration === null) return built;
  const values =
    built.defaultValue === undefined ? enumeration.values : [...new Set([...enumeration.values, built.defaultValue])];
  const enumName = makeUnique({ name: entityName + toPascalCase(field.name), taken: enums.map((each) => each.name) });
  enums.push({ name: enumName, values: [...values], path: promptPath, line });
  if (enumeration.isChosen) built.defaultValue ??= values[0];
  return { ...built, type: `enum:${enumName}` };
}

function chooseValues({
  entityName,
  field,
}: {
  entityName: string;
  field: FieldPhrase;
}): { values: readonly string[]; isChosen: boolean } | null {
  if (field.values.length > 1 || (field.values.length === 1 && field.isEnum))
    return { values: field.values, isChosen: false };
  const usual = findUsualValues({ entityName, fieldName: field.name });
  return usual === null ? null : { values: usual, isChosen: true };
}

function buildRelations({
  entities,
  edges,
  shared,
}: {
  entities: readonly CodeEntity[];
  edges: readonly BelongsToEdge[];
  shared: readonly SharedEdge[];
}): CodeRelation[] {
  const taken = new Map(entities.map((entity) => [entity.name, entity.fields.map((field) => field.name)]));
  const relations: CodeRelation[] = [];
  const add = ({
    from,
    to,
    fieldName,
    cardinality,
    line,
  }: {
    from: string;
    to: string;
    fieldName: string;
    cardinality: "one" | "many";
    line: number;
  }) => {
    const fromEntity = toEntityName(from);
    const names = taken.get(fromEntity) ?? [];
    const name = makeUnique({ name: fieldName, taken: names });
    names.push(name);
    relations.push({ fromEntity, fieldName: name, toEntity: toEntityName(to), cardinality, path: promptPath, line });
  };
  for (const { from, to, role, isUnique, line } of edges) {
    add({ from, to, fieldName: role, cardinality: "one", line });
    const noun = toSnakeCase(from);
    const isOneOfSeveral = edges.some((other) => other.from === from && other.to === to && other.role !== role);
    const prefix = from === to && role === "parent" ? "child_" : isOneOfSeveral || from === to ? `${role}_` : "";
    add({
      from: to,
      to: from,
      fieldName: prefix + (isUnique ? noun : pluralizeNoun(noun)),
      cardinality: isUnique ? "one" : "many",
      line,
    });
  }
  for (const { from, to, line } of shared) {
    add({
      from,
      to,
      fieldName: from === to ? `related_${pluralizeNoun(toSnakeCase(to))}` : pluralizeNoun(toSnakeCase(to)),
      cardinality: "many",
      line,
    });
    if (from !== to)
      add({ from: to, to: from, fieldName: pluralizeNoun(toSnakeCase(from)), cardinality: "many", line });
  }
  return relations;
}

function makeUnique({ name, taken }: { name: string; taken: readonly string[] }): string {
  if (!taken.includes(name)) return name;
  let number = 2;
  while (taken.includes(`${name}_${number}`)) number += 1;
  return `${name}_${number}`;
}
