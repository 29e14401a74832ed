import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import { DraftCache } from "#server/builtin/edits/draft-cache.ts";
import type { ProjectDraft } from "#server/builtin/edits/project-draft.ts";
import { type EntityNames, nameEntity, toSnakeCase } from "#server/builtin/entity-names.ts";
import type { PlannedEntity, PlannedEnum, PlannedField } from "#server/builtin/project-plan.ts";
import { type PrismaBlock, type PrismaFieldLine, readPrismaDocument } from "./edits/prisma-document.ts";
import { type TypescriptConstant, type TypescriptModule, readTypescriptModule } from "./edits/typescript-module.ts";
import type { FieldCase } from "./prisma-types.ts";

/** A Next.js project with a Prisma schema, in its current state. Parsed again after each change. */
export type NextProject = {
  draft: ProjectDraft;
  parser: SourceParser;
  schemaPath: string;
  models: PrismaBlock[];
  enums: PrismaBlock[];
  fieldCase: FieldCase;
  /** The database is PostgreSQL, whose column types the templates use. */
  hasNativeTypes: boolean;
  /** `src/` if the project keeps its code there. */
  root: string;
};

/** Null if no Prisma schema with a model was read. */
export function readNextProject({ draft, parser }: { draft: ProjectDraft; parser: SourceParser }): NextProject | null {
  for (const schemaPath of draft.paths.filter((path) => path.endsWith(".prisma"))) {
    const text = draft.find(schemaPath) ?? "";
    const blocks = readPrismaDocument(text);
    const models = blocks.filter(({ kind }) => kind === "model");
    if (models.length === 0) continue;
    const names = models.flatMap(({ fields }) => fields.map(({ name }) => name));
    return {
      draft,
      parser,
      schemaPath,
      models,
      enums: blocks.filter(({ kind }) => kind === "enum"),
      fieldCase: names.some((name) => /[a-z]_[a-z]/.test(name)) ? "snake" : "camel",
      hasNativeTypes: !/^\s*provider\s*=\s*"(?:sqlite|mysql|sqlserver|mongodb|cockroachdb)"/m.test(text),
      root: draft.paths.some((path) => path.startsWith("src/app/")) ? "src/" : "",
    };
  }
  return null;
}

/** Fields with their own column. */
export function scalarFields({ model, project }: { model: PrismaBlock; project: NextProject }): PrismaFieldLine[] {
  return model.fields.filter(({ type }) => !project.models.some(({ name }) => name === type.replace(/[?[\]]+$/, "")));
}

/** The foreign key fields of a relation, with the relation's own line. */
export function findKeys(model: PrismaBlock): { key: string; relation: PrismaFieldLine }[] {
  return model.fields.flatMap((relation) =>
    (/@relation\([^)]*fields:\s*\[([^\]]+)\]/.exec(relation.attributes)?.[1] ?? "")
      .split(",")
      .flatMap((key) => (key.trim() === "" ? [] : [{ key: key.trim(), relation }])),
  );
}

/** The last field that is neither id, key, timestamp nor relation, so that a new one is beside similar fields. */
export function lastPlainField({
  model,
  project,
}: {
  model: PrismaBlock;
  project: NextProject;
}): PrismaFieldLine | null {
  const keys = new Set(findKeys(model).map(({ key }) => key));
  const scalars = scalarFields({ model, project });
  return (
    scalars
      .filter(
        ({ name, attributes }) =>
          !keys.has(name) && !/^(?:created|updated|deleted)_?at$/i.test(name) && !attributes.includes("@id"),
      )
      .at(-1) ??
    scalars.at(-1) ??
    null
  );
}

export type PlacedConstant = { path: string; constant: TypescriptConstant };

/** The `z.object` constants of an entity, by the usual names. */
export function findZodObjects({ project, names }: { project: NextProject; names: EntityNames }): PlacedConstant[] {
  const { camel, className } = names;
  const pattern = new RegExp(
    `^(?:${camel}|${className})(?:Create|Update|Input|Base|Body|Form|Insert|Patch)?(?:Input)?(?:Schema)?$|^(?:create|update|insert|patch|new)${className}(?:Input|Body|Form)?(?:Schema)?$`,
  );
  return listTypescript(project).flatMap(({ path, constants }) =>
    constants
      .filter(({ name, isZodObject }) => isZodObject && pattern.test(name))
      .map((constant) => ({ path, constant })),
  );
}

/** The schemas that list an entity's fields, including that of its list route's query. */
export function findFieldSchemas({ project, names }: { project: NextProject; names: EntityNames }): PlacedConstant[] {
  const filter = findLiteral({ project, name: `${names.camel}FilterSchema`, isPath: (path) => path.endsWith(".ts") });
  return [...findZodObjects({ project, names }), ...(filter === null ? [] : [filter])];
}

/** The entity's constant with this name and a literal of entries, in a file whose path passes. */
export function findLiteral({
  project,
  name,
  isPath,
}: {
  project: NextProject;
  name: string;
  isPath: (path: string) => boolean;
}): PlacedConstant | null {
  for (const { path, constants } of listTypescript(project)) {
    const constant = isPath(path)
      ? constants.find((found) => found.name === name && found.literal !== null)
      : undefined;
    if (constant !== undefined) return { path, constant };
  }
  return null;
}

const moduleCache = new DraftCache<TypescriptModule>();

function listTypescript({ draft, parser }: NextProject): { path: string; constants: TypescriptConstant[] }[] {
  return draft.paths.flatMap((path) => {
    const text = /\.tsx?$/.test(path) ? draft.find(path) : null;
    if (text === null) return [];
    const { constants } = moduleCache.read({
      draft,
      path,
      text,
      parse: (source) => readTypescriptModule({ path, text: source, parser }),
    });
    return [{ path, constants }];
  });
}

/** The existing or future locations of an entity's files. */
export function entityPaths({ project, names }: { project: NextProject; names: EntityNames }): {
  zod: string;
  list: string;
  item: string;
  page: string;
  test: string;
} {
  const { root } = project;
  return {
    zod: findZodObjects({ project, names })[0]?.path ?? `${root}lib/schemas/${names.kebab}.ts`,
    list: `${root}app/api/${names.kebabPlural}/route.ts`,
    item: `${root}app/api/${names.kebabPlural}/[id]/route.ts`,
    page: `${root}app/${names.kebabPlural}/page.tsx`,
    test: `tests/${names.kebab}-schema.test.ts`,
  };
}

const kindByType: Readonly<Record<string, PlannedField["kind"]>> = {
  String: "string",
  Int: "integer",
  BigInt: "integer",
  Float: "decimal",
  Decimal: "decimal",
  Boolean: "boolean",
  DateTime: "datetime",
  Json: "json",
};

/** The plan that corresponds to a model, as far as its lines show. */
export function planFromPrisma({ model, project }: { model: PrismaBlock; project: NextProject }): PlannedEntity {
  const keys = findKeys(model);
  const columns = scalarFields({ model, project }).filter(({ attributes }) => !/@id\b/.test(attributes));
  return {
    names: nameEntity(model.name),
    addsCreatedAt: false,
    fields: columns
      .filter(({ name }) => !keys.some(({ key }) => key === name))
      .map((field) => planField({ field, project })),
    references: columns.flatMap((field) => {
      const relation = keys.find(({ key }) => key === field.name)?.relation;
      if (relation === undefined) return [];
      const target = nameEntity(relation.type.replace(/[?[\]]+$/, ""));
      return [
        {
          fieldName: toSnakeCase(field.name),
          role: toSnakeCase(relation.name),
          target,
          reverse: "",
          isOptional: field.type.endsWith("?"),
          isUnique: /@unique\b/.test(field.attributes),
          isCyclic: false,
        },
      ];
    }),
    reverses: [],
    links: [],
  };
}

function planField({ field, project }: { field: PrismaFieldLine; project: NextProject }): PlannedField {
  const { name, type, attributes } = field;
  const base = type.replace(/[?[\]]+$/, "");
  const enumBlock = project.enums.find((block) => block.name === base);
  const enumType: PlannedEnum | null =
    enumBlock === undefined ? null : { name: enumBlock.name, values: enumBlock.fields.map((value) => value.name) };
  const plain = kindByType[base] ?? "string";
  const kind =
    enumType !== null
      ? "enum"
      : /@db\.Date\b/.test(attributes)
        ? "date"
        : /@db\.Uuid\b/.test(attributes)
          ? "uuid"
          : plain === "string" && !/@db\.VarChar/.test(attributes) && /description|body|notes|content|text/i.test(name)
            ? "text"
            : plain;
  const fallback = /@default\(([^()]*(?:\(\))?)\)/.exec(attributes)?.[1];
  return {
    name: toSnakeCase(name),
    kind: kind === "string" && /email/i.test(name) ? "email" : kind,
    enumType,
    isOptional: type.endsWith("?"),
    isUnique: /@unique\b/.test(attributes),
    isList: type.endsWith("[]"),
    isGenerated: /@updatedAt\b/.test(attributes) || (fallback?.endsWith("()") ?? false),
    defaultValue: fallback === undefined || fallback.endsWith("()") ? null : fallback.replace(/^"|"$/g, ""),
  };
}
