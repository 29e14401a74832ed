import type { CodeEntity, CodeField, CodeRelation } from "#lib/contracts/versions/code-schema.ts";
import type { RelationFact } from "../extract-file-facts.ts";

/**
 * Relations between the entities: declared ones, those from a foreign key only, and fields whose type is another entity
 * of the same origin. `extraFields` are fields that looked like relations but name no entity.
 */
export function assembleRelations({
  entities,
  relationFacts,
}: {
  entities: readonly CodeEntity[];
  relationFacts: readonly RelationFact[];
}): {
  relations: CodeRelation[];
  extraFields: { entity: CodeEntity; field: CodeField }[];
} {
  const entityByName = new Map(entities.toReversed().map((entity) => [entity.name, entity]));
  const declared: CodeRelation[] = [];
  const extraFields: { entity: CodeEntity; field: CodeField }[] = [];
  for (const { otherwise, cardinality, ...fact } of relationFacts) {
    const owner = entities.find((entity) => entity.path === fact.path && entity.name === fact.fromEntity);
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
    relations: [...declared, ...readForeignKeys({ entities, declared }), ...readTypedFields(entities)],
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
function readForeignKeys({
  entities,
  declared,
}: {
  entities: readonly CodeEntity[];
  declared: readonly CodeRelation[];
}): CodeRelation[] {
  const tables = entities.filter(({ origin }) => /^(?:sqlalchemy|sql|drizzle|alembic|sequelize)$/.test(origin));
  const entityByTable = new Map(
    tables
      .toReversed()
      .flatMap((entity) => (entity.tableName === undefined ? [] : [[entity.tableName, entity] as const])),
  );
  const entityByName = new Map(tables.toReversed().map((entity) => [entity.name, entity]));
  const known = new Set(declared.map(({ fromEntity, toEntity }) => `${fromEntity} ${toEntity}`));
  return tables.flatMap((entity) =>
    entity.fields.flatMap((field): CodeRelation[] => {
      const target =
        entityByTable.get(readReferencedTable(field) ?? "") ?? entityByName.get(readReferencedTable(field) ?? "");
      if (target === undefined || known.has(`${entity.name} ${target.name}`)) return [];
      return [
        {
          fromEntity: entity.name,
          fieldName: field.name,
          toEntity: target.name,
          cardinality: "one",
          path: field.path,
          line: field.line,
        },
      ];
    }),
  );
}

/** `tasks: list[TaskRead]`, `project?: Project`, `z.array(taskSchema)`. */
function readTypedFields(entities: readonly CodeEntity[]): CodeRelation[] {
  const typed = entities.filter(({ origin }) =>
    /^(?:pydantic|typescript-type|zod|go-struct|graphql|openapi)$/.test(origin),
  );
  const names = new Set(typed.map(({ origin, name }) => `${origin} ${name}`));
  return typed.flatMap((entity) =>
    entity.fields.flatMap((field): CodeRelation[] => {
      if (/=>/.test(field.type) && entity.origin === "typescript-type") return [];
      // In zod a string is a value; in a Python annotation it is a type that is declared later.
      const spelled = entity.origin === "pydantic" ? field.type : field.type.replace(/(["'`])(?:(?!\1).)*\1/g, "");
      const targets = [...new Set(spelled.match(/[A-Za-z_$][\w$]*/g))].filter((name) =>
        names.has(`${entity.origin} ${name}`),
      );
      return targets.map((target) => ({
        fromEntity: entity.name,
        fieldName: field.name,
        toEntity: target,
        cardinality: field.isList ? "many" : "one",
        path: field.path,
        line: field.line,
      }));
    }),
  );
}
