import { insertLinesBefore } from "#server/builtin/edits/splice-text.ts";
import { nameEntity, toSnakeCase } from "#server/builtin/entity-names.ts";
import type { PlannedField } from "#server/builtin/project-plan.ts";
import { type RuleOutcome, done, joinWords, refuse } from "#server/builtin/rule-outcome.ts";
import { renderColumnLine } from "../page-files.ts";
import { renderPrismaEnum } from "../prisma-schema.ts";
import { hasDatabaseDefault, prismaFieldLine, spellField } from "../prisma-types.ts";
import {
  type NextProject,
  type PlacedConstant,
  entityPaths,
  findLiteral,
  findZodObjects,
  lastPlainField,
} from "../read-next-project.ts";
import { sampleValue } from "../test-file.ts";
import { renderZodEnum, zodFieldLine } from "../zod-schema-file.ts";
import { addEntries, insertBeforeConstant } from "./literal-edits.ts";
import { type PrismaBlock, insertPrismaFields } from "./prisma-document.ts";

/** Adds fields to the database schema, the API schemas and the list page. */
export function addFields({
  project,
  model,
  fields,
}: {
  project: NextProject;
  model: PrismaBlock;
  fields: PlannedField[];
}): RuleOutcome {
  const { fieldCase, schemaPath } = project;
  const spelled = fields.map(({ name }) => spellField({ name, fieldCase }));
  const existing = model.fields.filter(({ name }) => spelled.includes(name));
  const [first] = existing;
  if (first !== undefined) {
    return refuse(
      `${joinWords(existing.map(({ name }) => name))} already exists on ${model.name} in ${schemaPath}:${first.line}.`,
    );
  }
  const clash = fields.find(
    ({ enumType }) => enumType !== null && project.enums.some(({ name }) => name === enumType.name),
  );
  if (clash?.enumType != null) return refuse(`An enum ${clash.enumType.name} already exists in ${schemaPath}.`);
  addToModel({ project, model, fields });
  const schemas = addToSchemas({ project, model, fields });
  const names = nameEntity(model.name);
  const columns = findLiteral({
    project,
    name: "columns",
    isPath: (path) => path === entityPaths({ project, names }).page,
  });
  const shown = fields.filter(({ kind }) => kind !== "json");
  if (columns !== null && shown.length > 0) {
    addEntries({
      project,
      place: columns,
      lines: shown.map(({ name }) => renderColumnLine({ name, fieldCase })),
      isAnchor: ({ text }) => !/key: "\w+(?:Id|_id)"/.test(text),
    });
  }
  addToTest({ project, model, fields });
  const places = [
    "the model",
    ...(schemas.length === 0 ? [] : [joinWords(schemas)]),
    ...(columns === null ? [] : ["the list page"]),
  ];
  const described = fields.map(({ isOptional }, index) => `${spelled[index]}${isOptional ? " (may be empty)" : ""}`);
  return done(
    `Added ${joinWords(described)} to ${model.name}: ${joinWords(places)}. ${migrationHint(`add_${fields.map(({ name }) => name).join("_and_")}_to_${names.snakePlural}`)}`,
  );
}

/** Prisma generates its migrations against a database; none can be written here. */
export function migrationHint(name: string): string {
  return `Run npx prisma migrate dev --name ${toSnakeCase(name).slice(0, 60)} to change the database.`;
}

function addToModel({
  project,
  model,
  fields,
}: {
  project: NextProject;
  model: PrismaBlock;
  fields: PlannedField[];
}): void {
  const { draft, schemaPath, fieldCase, hasNativeTypes } = project;
  const text = draft.find(schemaPath) ?? "";
  const withFields = insertPrismaFields({
    text,
    model,
    after: lastPlainField({ model, project }),
    lines: fields.map((field) => prismaFieldLine({ field, fieldCase, hasNativeTypes })),
  });
  const enums = fields.flatMap(({ enumType }) => (enumType === null ? [] : [renderPrismaEnum(enumType)]));
  draft.write({
    path: schemaPath,
    text:
      enums.length === 0
        ? withFields
        : insertLinesBefore({ text: withFields, offset: model.start, lines: `${enums.join("\n\n")}\n` }),
  });
}

/** Adds the fields to each schema of the entity that lists its fields; returns the names of those schemas. */
function addToSchemas({
  project,
  model,
  fields,
}: {
  project: NextProject;
  model: PrismaBlock;
  fields: PlannedField[];
}): string[] {
  const { fieldCase } = project;
  const names = nameEntity(model.name);
  const known = new Set(model.fields.map(({ name }) => name));
  const targets = findZodObjects({ project, names }).filter(({ constant }) =>
    constant.literal?.entries.some(({ name }) => name !== null && known.has(name)),
  );
  for (const { path, constant } of targets) {
    const isUpdate = /update|patch/i.test(constant.name);
    const lines = fields.filter(({ isGenerated }) => !isGenerated).map((field) => zodFieldLine({ field, fieldCase }));
    const place = findPlace({ project, path, name: constant.name });
    if (place !== null) {
      addEntries({
        project,
        place,
        lines: lines.map((line) =>
          isUpdate && !/\.(?:nullish|optional)\(\),$/.test(line) ? line.replace(/,$/, ".optional(),") : line,
        ),
        isAnchor: ({ name }) => name === null || !/(?:Id|_id)$/.test(name),
      });
    }
  }
  const [first] = targets;
  if (first !== undefined) {
    for (const field of fields) {
      const place = findPlace({ project, path: first.path, name: first.constant.name });
      if (field.enumType !== null && place !== null)
        insertBeforeConstant({ project, place, statement: renderZodEnum(field) });
    }
  }
  return targets.map(({ constant }) => constant.name);
}

/** The constant after the edits so far. */
export function findPlace({
  project,
  path,
  name,
}: {
  project: NextProject;
  path: string;
  name: string;
}): PlacedConstant | null {
  return findLiteral({ project, name, isPath: (candidate) => candidate === path });
}

/** A field that clients must send is also added to the test's example. */
function addToTest({
  project,
  model,
  fields,
}: {
  project: NextProject;
  model: PrismaBlock;
  fields: PlannedField[];
}): void {
  const { fieldCase } = project;
  const required = fields.filter((field) => !field.isOptional && !field.isList && !hasDatabaseDefault(field));
  const place = findPlace({
    project,
    path: entityPaths({ project, names: nameEntity(model.name) }).test,
    name: "valid",
  });
  if (place === null || required.length === 0) return;
  addEntries({
    project,
    place,
    lines: required.map((field) => `  ${spellField({ name: field.name, fieldCase })}: ${sampleValue(field)},`),
  });
}
