import type { GeneratedFile } from "#server/builtin/generated-file.ts";
import type { PlannedEntity } from "#server/builtin/project-plan.ts";
import { type RuleOutcome, done, joinWords, refuse } from "#server/builtin/rule-outcome.ts";
import { renderApiRoutes } from "../api-route-files.ts";
import { renderEntityPage, renderSectionLine } from "../page-files.ts";
import { renderPrismaEnum, renderPrismaModel } from "../prisma-schema.ts";
import { spellField } from "../prisma-types.ts";
import { renderLibraryFiles } from "../project-files.ts";
import { type NextProject, entityPaths, findLiteral, readNextProject } from "../read-next-project.ts";
import { renderSchemaTest } from "../test-file.ts";
import { renderZodFile } from "../zod-schema-file.ts";
import { migrationHint } from "./add-fields.ts";
import { addEntries } from "./literal-edits.ts";
import { insertPrismaFields } from "./prisma-document.ts";

/** Adds an entity in every layer: database schema with the parents' relations, API schema, routes, page, test. */
export function addEntity({ project, entity }: { project: NextProject; entity: PlannedEntity }): RuleOutcome {
  const { names, references } = entity;
  const existing = project.models.find(({ name }) => name === names.className);
  if (existing !== undefined)
    return refuse(`${existing.name} already exists in ${project.schemaPath}:${existing.line}.`);
  if (entity.links.length > 0) {
    return refuse(
      `The built-in generator adds no many-to-many relations to an existing project, and ${names.className} would have one.`,
    );
  }
  for (const { target, reverse } of references.filter((reference) => reference.target.className !== names.className)) {
    const parent = project.models.find(({ name }) => name === target.className);
    if (parent === undefined)
      return refuse(`${names.className} refers to ${target.className}, which the project does not have.`);
    if (
      !parent.fields.some(({ name, type, attributes }) => name === "id" && type === "Int" && attributes.includes("@id"))
    ) {
      return refuse(`${parent.name} has no integer id, and the built-in generator only writes relations to those.`);
    }
    const called = spellField({ name: reverse, fieldCase: project.fieldCase });
    const present = parent.fields.find(({ name }) => name === called);
    if (present !== undefined) {
      return refuse(
        `${parent.name} has ${called} already, in ${project.schemaPath}:${present.line}, which the new relation would be called.`,
      );
    }
  }
  const foundation = layFoundation(project);
  if (foundation.status === "refused") return foundation;
  const paths = entityPaths({ project, names });
  const taken = [paths.zod, paths.list, paths.item, paths.page].find((path) => project.draft.has(path));
  if (taken !== undefined)
    return refuse(`${taken} exists already, although the project has no model ${names.className}.`);
  addModel({ project, entity });
  writeEntityFiles({
    project,
    files: [
      ...renderZodAndTest({ project, entity }),
      ...renderRoutesAndPage({ project, entity, clientModule: foundation.clientModule }),
    ],
  });
  addToStartPage({ project, entity });
  const fields = joinWords(
    [...entity.fields.map(({ name }) => name), ...references.map(({ fieldName }) => fieldName)].map((name) =>
      spellField({ name, fieldCase: project.fieldCase }),
    ),
  );
  return done(
    `Added ${names.className} with ${fields}: model, schema, API routes, page and test. ${migrationHint(`add_${names.snakePlural}`)}`,
  );
}

function renderZodAndTest({ project, entity }: { project: NextProject; entity: PlannedEntity }): GeneratedFile[] {
  const { fieldCase } = project;
  const { zod } = entityPaths({ project, names: entity.names });
  return [
    renderZodFile({ entity, fieldCase, path: zod }),
    renderSchemaTest({ entity, fieldCase, schemaPath: `../${zod.replace(/\.ts$/, "")}` }),
  ];
}

export function renderRoutesAndPage({
  project,
  entity,
  clientModule,
}: {
  project: NextProject;
  entity: PlannedEntity;
  clientModule: string;
}): GeneratedFile[] {
  return [...renderApiRoutes({ entity }), renderEntityPage({ entity, fieldCase: project.fieldCase, clientModule })];
}

/** Writes template files where the project keeps such files, and never overwrites one. */
export function writeEntityFiles({ project, files }: { project: NextProject; files: GeneratedFile[] }): string[] {
  const { draft, root } = project;
  return files.flatMap(({ path, text }) => {
    const placed = path.startsWith("app/") ? `${root}${path}` : path;
    if (draft.has(placed)) return [];
    draft.write({ path: placed, text });
    return [placed];
  });
}

type Foundation = { status: "ready"; clientModule: string } | { status: "refused"; reason: string };

/**
 * The modules that generated routes and pages import. Adds missing shared helpers; refuses if the database module has
 * another name, because its content is unknown.
 */
export function layFoundation({ draft, root }: NextProject): Foundation {
  const db = draft.find(`${root}lib/db.ts`);
  if (db === null || !/export const prisma\b/.test(db)) {
    return {
      status: "refused",
      reason: `Routes need a module ${root}lib/db.ts that exports prisma, and the project has none.`,
    };
  }
  const clientModule =
    /import\s*\{[^}]*\bPrismaClient\b[^}]*\}\s*from\s*["']([^"']+)["']/.exec(db)?.[1] ?? "@prisma/client";
  for (const { path, text } of renderLibraryFiles({ clientModule })) {
    const placed = `${root}${path}`;
    const existing = draft.find(placed);
    if (existing === null) {
      if (draft.has(placed)) return { status: "refused", reason: `${placed} could not be read.` };
      draft.write({ path: placed, text });
      continue;
    }
    const lacking = [...text.matchAll(/export (?:async )?function (\w+)/g)]
      .map((match) => match[1] ?? "")
      .find((name) => !new RegExp(`export (?:async )?function ${name}\\b|export const ${name}\\b`).test(existing));
    if (lacking !== undefined) {
      return { status: "refused", reason: `${placed} exists without ${lacking}, which new routes and pages need.` };
    }
  }
  return { status: "ready", clientModule };
}

function addModel({ project, entity }: { project: NextProject; entity: PlannedEntity }): void {
  const { draft, parser, schemaPath, fieldCase, hasNativeTypes } = project;
  for (const { target, reverse, isUnique } of entity.references) {
    const current = readNextProject({ draft, parser }) ?? project;
    const model = current.models.find(({ name }) => name === target.className);
    if (model === undefined) continue;
    const relations = model.fields.filter(({ type }) =>
      current.models.some(({ name }) => name === type.replace(/[?[\]]+$/, "")),
    );
    const isNamed = entity.references.filter((other) => other.target.className === target.className).length > 1;
    const role = entity.references.find((other) => other.reverse === reverse)?.role ?? "";
    const line: [string, string, string] = [
      spellField({ name: reverse, fieldCase }),
      `${entity.names.className}${isUnique ? "?" : "[]"}`,
      isNamed ? `@relation("${entity.names.className}_${role}")` : "",
    ];
    const last = relations.at(-1) ?? null;
    const text = draft.find(schemaPath) ?? "";
    draft.write({
      path: schemaPath,
      text:
        last === null
          ? insertFirstRelation({ text, model, line })
          : insertPrismaFields({ text, model, after: last, lines: [line] }),
    });
  }
  const enums = entity.fields.flatMap(({ enumType }) => (enumType === null ? [] : [renderPrismaEnum(enumType)]));
  const text = (draft.find(schemaPath) ?? "").trimEnd();
  draft.write({
    path: schemaPath,
    text: `${[text, ...enums, renderPrismaModel({ entity, fieldCase, hasNativeTypes })].join("\n\n")}\n`,
  });
}

/** After the columns, separated by a blank line, and before attributes of the whole model. */
function insertFirstRelation({
  text,
  model,
  line,
}: {
  text: string;
  model: Parameters<typeof insertPrismaFields>[0]["model"];
  line: [string, string, string];
}): string {
  const last = model.fields.at(-1);
  const at = last === undefined ? model.bodyEnd : last.end + 1;
  return `${text.slice(0, at)}\n  ${line.filter((part) => part !== "").join(" ")}\n${text.slice(at)}`;
}

function addToStartPage({ project, entity }: { project: NextProject; entity: PlannedEntity }): void {
  const place = findLiteral({ project, name: "sections", isPath: (path) => path === `${project.root}app/page.tsx` });
  if (place !== null) addEntries({ project, place, lines: [renderSectionLine(entity)] });
}
