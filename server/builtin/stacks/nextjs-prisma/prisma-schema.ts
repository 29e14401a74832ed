import type { PlannedEntity, PlannedEnum, PlannedReference, ProjectPlan } from "#server/builtin/project-plan.ts";
import { type FieldCase, alignFields, enumValue, prismaFieldLine, spellField } from "./prisma-types.ts";

/** `prisma/schema.prisma` */
export function renderPrismaSchema({ entities }: ProjectPlan): string {
  const enums = entities.flatMap(({ fields }) =>
    fields.flatMap(({ enumType }) => (enumType === null ? [] : [renderPrismaEnum(enumType)])),
  );
  const models = entities.map((entity) => renderPrismaModel({ entity, fieldCase: "camel", hasNativeTypes: true }));
  return `${[head, ...enums, ...models].join("\n\n")}\n`;
}

const head = `generator client {
  provider = "prisma-client"
  output   = "../lib/generated/prisma"
}

datasource db {
  provider = "postgresql"
}`;

/** An enum block, without a trailing newline. */
export function renderPrismaEnum({ name, values }: PlannedEnum): string {
  return `enum ${name} {\n${values.map((value) => `  ${enumValue(value)}`).join("\n")}\n}`;
}

/** A model block, without a trailing newline. */
export function renderPrismaModel({
  entity,
  fieldCase,
  hasNativeTypes,
}: {
  entity: PlannedEntity;
  fieldCase: FieldCase;
  hasNativeTypes: boolean;
}): string {
  const { names, fields, references } = entity;
  const columns: [string, string, string][] = [
    ["id", "Int", "@id @default(autoincrement())"],
    ...fields.map((field) => prismaFieldLine({ field, fieldCase, hasNativeTypes })),
    ...references.map((reference): [string, string, string] => [
      spellField({ name: reference.fieldName, fieldCase }),
      reference.isOptional ? "Int?" : "Int",
      reference.isUnique ? "@unique" : "",
    ]),
    ...(entity.addsCreatedAt
      ? [[spellField({ name: "created_at", fieldCase }), "DateTime", "@default(now())"] as [string, string, string]]
      : []),
  ];
  const relations = listRelations({ entity, fieldCase });
  const indexes = references
    .filter(({ isUnique }) => !isUnique)
    .map(({ fieldName }) => `  @@index([${spellField({ name: fieldName, fieldCase })}])`);
  const blocks = [alignFields(columns), relations.length === 0 ? [] : alignFields(relations), indexes]
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"));
  return `model ${names.className} {\n${blocks.join("\n\n")}\n}`;
}

function listRelations({
  entity,
  fieldCase,
}: {
  entity: PlannedEntity;
  fieldCase: FieldCase;
}): [string, string, string][] {
  const { names, references, reverses, links } = entity;
  return [
    ...references.map((reference): [string, string, string] =>
      renderReferenceLine({
        reference,
        owner: names.className,
        isNamed: isAmbiguous({ entity, other: reference.target.className }),
        fieldCase,
      }),
    ),
    ...reverses.map(({ fieldName, source, role, isMany }): [string, string, string] => {
      const name = isAmbiguous({ entity, other: source.className })
        ? `@relation("${relationName({ owner: source.className, role })}")`
        : "";
      return [spellField({ name: fieldName, fieldCase }), `${source.className}${isMany ? "[]" : "?"}`, name];
    }),
    ...links.map(({ fieldName, target, tableName }): [string, string, string] => {
      const name = isAmbiguous({ entity, other: target.className }) ? `@relation("${tableName}")` : "";
      return [spellField({ name: fieldName, fieldCase }), `${target.className}[]`, name];
    }),
  ];
}

/** The line of the side with the foreign key. */
function renderReferenceLine({
  reference,
  owner,
  isNamed,
  fieldCase,
}: {
  reference: PlannedReference;
  owner: string;
  isNamed: boolean;
  fieldCase: FieldCase;
}): [string, string, string] {
  const { role, target, isOptional, fieldName } = reference;
  const name = isNamed ? `"${relationName({ owner, role })}", ` : "";
  const key = spellField({ name: fieldName, fieldCase });
  return [
    spellField({ name: role, fieldCase }),
    `${target.className}${isOptional ? "?" : ""}`,
    `@relation(${name}fields: [${key}], references: [id], onDelete: ${isOptional ? "SetNull" : "Cascade"})`,
  ];
}

/** Prisma requires a name on both sides if two models have several relations, or a model has one to itself. */
function isAmbiguous({ entity, other }: { entity: PlannedEntity; other: string }): boolean {
  const { names, references, reverses, links } = entity;
  if (other === names.className) return true;
  const count =
    references.filter(({ target }) => target.className === other).length +
    reverses.filter(({ source }) => source.className === other).length +
    links.filter(({ target }) => target.className === other).length;
  return count > 1;
}

function relationName({ owner, role }: { owner: string; role: string }): string {
  return `${owner}_${role}`;
}
