import type { CodeEntity, CodeRelation, CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import { type PromptFieldType, promptFieldTypes } from "#server/core/schema-extraction/extract-from-prompt.ts";
import { type EntityNames, avoidPythonKeyword, nameEntity } from "./entity-names.ts";

export type FieldKind = PromptFieldType | "enum";

export type PlannedEnum = { name: string; values: string[] };

export type PlannedField = {
  /** snake_case */
  name: string;
  kind: FieldKind;
  /** Set only if `kind` is `enum`. */
  enumType: PlannedEnum | null;
  isOptional: boolean;
  isUnique: boolean;
  /** A list of plain values. */
  isList: boolean;
  /** Only the server sets it; a client never sends it. */
  isGenerated: boolean;
  /** The value as plain text: `0`, `false`, `todo`. */
  defaultValue: string | null;
};

/** The entity belongs to another one. */
export type PlannedReference = {
  /** `project_id` */
  fieldName: string;
  /** `project`: the relation on this side. */
  role: string;
  target: EntityNames;
  /** `tasks`: the relation on the target's side. */
  reverse: string;
  isOptional: boolean;
  /** One to one. */
  isUnique: boolean;
  /** The two tables reference each other, so the foreign key can only be created after both exist. */
  isCyclic: boolean;
};

/** Another entity belongs to this one. */
export type PlannedReverse = {
  fieldName: string;
  source: EntityNames;
  role: string;
  keyField: string;
  isMany: boolean;
  isOptional: boolean;
};

/** Many to many. Both sides have one; the owner defines the link table. */
export type PlannedLink = {
  fieldName: string;
  target: EntityNames;
  reverse: string;
  tableName: string;
  isOwner: boolean;
};

export type PlannedEntity = {
  names: EntityNames;
  /** Templates add a `created_at` that is not among the fields. */
  addsCreatedAt: boolean;
  fields: PlannedField[];
  references: PlannedReference[];
  reverses: PlannedReverse[];
  links: PlannedLink[];
};

export type ProjectPlan = {
  /** For display: `Task tracker`. */
  title: string;
  /** For package and database names: `task_tracker`. */
  slug: string;
  entities: PlannedEntity[];
};

/** Names that a generated model already has, or that SQLAlchemy reserves. */
const reservedFieldNames: ReadonlySet<string> = new Set([
  "id",
  "metadata",
  "registry",
  "model_config",
  "bool",
  "dict",
  "float",
  "int",
  "list",
  "str",
]);

/** Converts the schema of a prompt (`extractSchemaFromPrompt`) to the form that the templates need. */
export function planProject({ codeSchema, title }: { codeSchema: CodeSchema; title: string }): ProjectPlan {
  const entities = codeSchema.entities.map((entity) => planEntity({ entity, codeSchema }));
  markCycles(entities);
  for (const entity of entities) entity.reverses = findReverses({ entity, entities });
  return {
    title,
    slug:
      title
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "_")
        .replace(/^_+|_+$/g, "") || "app",
    entities: sortByDependency(entities),
  };
}

/** One field of the schema as a plan; null for a reference to another entity. */
export function planField({
  field,
  codeSchema,
}: {
  field: CodeEntity["fields"][number];
  codeSchema: CodeSchema;
}): PlannedField | null {
  if (field.references !== undefined) return null;
  const enumName = /^enum:(.+)$/.exec(field.type)?.[1];
  const enumType = codeSchema.enums.find(({ name }) => name === enumName) ?? null;
  const plainKind = promptFieldTypes.find((type) => type === field.type) ?? "string";
  return {
    name: reservedFieldNames.has(field.name) ? `${field.name}_value` : field.name,
    kind: enumType === null ? plainKind : "enum",
    enumType: enumType === null ? null : { name: enumType.name, values: enumType.values },
    isOptional: field.isOptional,
    isUnique: field.isUnique,
    isList: field.isList,
    isGenerated: field.type === "datetime" && /^(?:created|updated)_at$/.test(field.name),
    defaultValue: field.defaultValue ?? null,
  };
}

function planEntity({ entity, codeSchema }: { entity: CodeEntity; codeSchema: CodeSchema }): PlannedEntity {
  const relations = codeSchema.relations.filter(({ fromEntity }) => fromEntity === entity.name);
  return {
    names: nameEntity(entity.name),
    addsCreatedAt: !entity.fields.some(({ name }) => name === "created_at"),
    fields: entity.fields.flatMap((field) => planField({ field, codeSchema }) ?? []),
    references: entity.fields.flatMap((field) => planReference({ field, entity, codeSchema }) ?? []),
    reverses: [],
    links: relations.flatMap((relation) => planLink({ relation, codeSchema }) ?? []),
  };
}

function planReference({
  field,
  entity,
  codeSchema,
}: {
  field: CodeEntity["fields"][number];
  entity: CodeEntity;
  codeSchema: CodeSchema;
}): PlannedReference | null {
  if (field.references === undefined) return null;
  const role = field.name.replace(/_id$/, "");
  const plural = nameEntity(entity.name).snakePlural;
  const reverses = codeSchema.relations.filter(
    ({ fromEntity, toEntity }) => fromEntity === field.references && toEntity === entity.name,
  );
  const wanted = [
    `${role}_${plural}`,
    `${role}_${nameEntity(entity.name).snake}`,
    `child_${plural}`,
    plural,
    nameEntity(entity.name).snake,
  ];
  const reverse = wanted.find((name) => reverses.some(({ fieldName }) => fieldName === name)) ?? `${role}_${plural}`;
  return {
    fieldName: field.name,
    role: avoidPythonKeyword(role),
    target: nameEntity(field.references),
    reverse: avoidPythonKeyword(reverse),
    isOptional: field.isOptional || field.references === entity.name,
    isUnique: field.isUnique,
    isCyclic: false,
  };
}

function planLink({ relation, codeSchema }: { relation: CodeRelation; codeSchema: CodeSchema }): PlannedLink | null {
  if (relation.cardinality !== "many") return null;
  const source = codeSchema.entities.find(({ name }) => name === relation.fromEntity);
  const target = codeSchema.entities.find(({ name }) => name === relation.toEntity);
  if (source === undefined || target === undefined || source === target) return null;
  const isReverseOfReference = target.fields.some((field) => field.references === source.name);
  if (isReverseOfReference) return null;
  const back = codeSchema.relations.find(
    ({ fromEntity, toEntity, cardinality }) =>
      fromEntity === target.name && toEntity === source.name && cardinality === "many",
  );
  if (back === undefined) return null;
  const isOwner = codeSchema.relations.indexOf(relation) < codeSchema.relations.indexOf(back);
  const owner = isOwner ? source : target;
  const owned = isOwner ? target : source;
  return {
    fieldName: relation.fieldName,
    target: nameEntity(target.name),
    reverse: back.fieldName,
    tableName: `${nameEntity(owner.name).snake}_${nameEntity(owned.name).snakePlural}`,
    isOwner,
  };
}

/**
 * A cycle of required references could never be filled: this one becomes optional, with a foreign key created later.
 */
function markCycles(entities: PlannedEntity[]): void {
  const targetsByClass = new Map<string, Set<string>>();
  const reaches = ({ from, to }: { from: string; to: string }): boolean =>
    from === to || [...(targetsByClass.get(from) ?? [])].some((next) => reaches({ from: next, to }));
  for (const { names, references } of entities) {
    const targets = new Set<string>();
    targetsByClass.set(names.className, targets);
    for (const reference of references) {
      if (reference.target.className === names.className) continue;
      if (reaches({ from: reference.target.className, to: names.className })) {
        reference.isCyclic = true;
        reference.isOptional = true;
      } else {
        targets.add(reference.target.className);
      }
    }
  }
}

function findReverses({ entity, entities }: { entity: PlannedEntity; entities: PlannedEntity[] }): PlannedReverse[] {
  return entities.flatMap((source) =>
    source.references
      .filter(({ target }) => target.className === entity.names.className)
      .map(({ fieldName, reverse, role, isUnique, isOptional }) => ({
        fieldName: reverse,
        source: source.names,
        role,
        keyField: fieldName,
        isMany: !isUnique,
        isOptional,
      })),
  );
}

/** Entities after those that they belong to, otherwise in prompt order. */
function sortByDependency(entities: PlannedEntity[]): PlannedEntity[] {
  const sorted: PlannedEntity[] = [];
  const visit = (entity: PlannedEntity): void => {
    if (sorted.includes(entity)) return;
    for (const { target, isCyclic } of entity.references) {
      const parent = entities.find(({ names }) => names.className === target.className);
      if (parent !== undefined && parent !== entity && !isCyclic) visit(parent);
    }
    sorted.push(entity);
  };
  entities.forEach(visit);
  return sorted;
}
