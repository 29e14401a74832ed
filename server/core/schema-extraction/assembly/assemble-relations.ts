import type { CodeEntity, CodeField, CodeRelation } from "#lib/contracts/versions/code-schema.ts";
import type { RelationFact } from "../extract-file-facts.ts";
import type { Steps } from "../../steps.ts";

/**
 * Relations between the entities: declared ones, those from a foreign key only, and fields whose type is another entity
 * of the same origin. `extraFields` are fields that looked like relations but name no entity.
 */
export function* assembleRelations({
  entities,
  relationFacts,
}: {
  entities: readonly CodeEntity[];
  relationFacts: readonly RelationFact[];
}): Steps<{
  relations: CodeRelation[];
  extraFields: { entity: CodeEntity; field: CodeField }[];
}> {
  const entityByName = new Map(entities.toReversed().map((entity) => [entity.name, entity]));
  const entityByPlace = new Map(entities.toReversed().map((entity) => [`${entity.path}#${entity.name}`, entity]));
  const declared: CodeRelation[] = [];
  const extraFields: { entity: CodeEntity; field: CodeField }[] = [];
  for (const { otherwise, cardinality, ...fact } of relationFacts) {
    yield;
    const owner = entityByPlace.get(`${fact.path}#${fact.fromEntity}`);
    if (otherwise !== undefined && !entityByName.has(fact.toEntity)) {
      if (owner !== undefined) extraFields.push({ entity: owner, field: otherwise });
      continue;
    }
    const target = entityByName.get(fact.toEntity);
    declared.push({
      ...fact,
      cardinality:
        cardinality !== "unknown"
          ? cardinality
          : owner !== undefined && hasForeignKey({ owner, target })
            ? "one"
            : "many",
    });
  }
  return {
    relations: [
      ...declared,
      ...(yield* readForeignKeys({ entities, declared })),
      ...(yield* readTypedFields(entities)),
    ],
    extraFields,
  };
}

function hasForeignKey({ owner, target }: { owner: CodeEntity; target: CodeEntity | undefined }): boolean {
  return (
    target?.tableName !== undefined && owner.fields.some((field) => readReferencedTable(field) === target.tableName)
  );
}

/** The `projects` of `projects.id` and of `public.projects.id`. */
function readReferencedTable(field: CodeField): string | null {
  return field.references?.split(".").at(-2) ?? null;
}

/** Foreign keys of tables without a declared relationship. Prisma always declares its own. */
function* readForeignKeys({
  entities,
  declared,
}: {
  entities: readonly CodeEntity[];
  declared: readonly CodeRelation[];
}): Steps<CodeRelation[]> {
  const tables = entities.filter(({ origin }) => /^(?:sqlalchemy|sql|drizzle|alembic|sequelize)$/.test(origin));
  const entityByTable = new Map(
    tables
      .toReversed()
      .flatMap((entity) => (entity.tableName === undefined ? [] : [[entity.tableName, entity] as const])),
  );
  const entityByName = new Map(tables.toReversed().map((entity) => [entity.name, entity]));
  const known = new Set(declared.map(({ fromEntity, toEntity }) => `${fromEntity} ${toEntity}`));
  const found: CodeRelation[] = [];
  for (const entity of tables) {
    for (const field of entity.fields) {
      const target =
        entityByTable.get(readReferencedTable(field) ?? "") ?? entityByName.get(readReferencedTable(field) ?? "");
      if (target === undefined || known.has(`${entity.name} ${target.name}`)) continue;
      found.push({
        fromEntity: entity.name,
        fieldName: field.name,
        toEntity: target.name,
        cardinality: "one",
        path: field.path,
        line: field.line,
      });
    }
    yield;
  }
  return found;
}

/** `tasks: list[TaskRead]`, `project?: Project`, `z.array(taskSchema)`. */
function* readTypedFields(entities: readonly CodeEntity[]): Steps<CodeRelation[]> {
  const typed = entities.filter(({ origin }) =>
    /^(?:pydantic|typescript-type|zod|go-struct|graphql|openapi)$/.test(origin),
  );
  const names = new Set(typed.map(({ origin, name }) => `${origin} ${name}`));
  const found: CodeRelation[] = [];
  for (const entity of typed) {
    for (const field of entity.fields) {
      if (/=>/.test(field.type) && entity.origin === "typescript-type") continue;
      // In zod a string is a value; in a Python annotation it is a type that is declared later.
      const spelled = entity.origin === "pydantic" ? field.type : field.type.replace(/(["'`])(?:(?!\1).)*\1/g, "");
      for (const name of new Set(spelled.match(/[A-Za-z_$][\w$]*/g)))
        if (names.has(`${entity.origin} ${name}`))
          found.push({
            fromEntity: entity.name,
            fieldName: field.name,
            toEntity: name,
            cardinality: field.isList ? "many" : "one",
            path: field.path,
            line: field.line,
          });
    }
    yield;
  }
  return found;
}
