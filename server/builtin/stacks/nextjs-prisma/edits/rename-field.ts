import { spliceText } from "#server/builtin/edits/splice-text.ts";
import { nameEntity, toSnakeCase } from "#server/builtin/entity-names.ts";
import { type RuleOutcome, done, joinWords, refuse } from "#server/builtin/rule-outcome.ts";
import { renderColumnLine } from "../page-files.ts";
import { spellField } from "../prisma-types.ts";
import { type NextProject, entityPaths, findKeys, findFieldSchemas, findLiteral } from "../read-next-project.ts";
import { findPlace } from "./add-fields.ts";
import { findFieldMentions } from "./find-field-mentions.ts";
import { type PrismaBlock, replacePrismaField } from "./prisma-document.ts";

/**
 * Renames a field in the Prisma model, the API schemas, the list page and the test. The column keeps its name through
 * `@map`, so no data is lost and no migration is needed.
 */
export function renameField({
  project,
  model,
  from,
  to: wanted,
}: {
  project: NextProject;
  model: PrismaBlock;
  from: string;
  to: string;
}): RuleOutcome {
  const { schemaPath, fieldCase } = project;
  const to = spellField({ name: toSnakeCase(wanted), fieldCase });
  const field = model.fields.find(({ name }) => name === from);
  if (field === undefined) return refuse(`${model.name} has no field ${from}.`);
  const taken = model.fields.find(({ name }) => name === to);
  if (taken !== undefined) return refuse(`${to} already exists on ${model.name} in ${schemaPath}:${taken.line}.`);
  if (/@id\b/.test(field.attributes) || findKeys(model).some(({ key }) => key === from)) {
    return refuse(
      `${from} is a key of ${model.name}, on which relations depend; the built-in generator does not rename it.`,
    );
  }
  renameInModel({ project, model, from, to });
  const names = nameEntity(model.name);
  for (const { path, constant } of findFieldSchemas({ project, names })) {
    renameEntry({ project, path, constantName: constant.name, from, to });
  }
  renameEntry({ project, path: entityPaths({ project, names }).test, constantName: "valid", from, to });
  renameColumn({ project, page: entityPaths({ project, names }).page, from, to });
  const left = findFieldMentions({ project, names, field: from });
  const note = left.length === 0 ? "" : ` Other code may still use ${from}: check ${joinWords(left)}.`;
  return done(
    `Renamed ${from} to ${to} on ${model.name}. The database column keeps its name through @map, so no data moves and no migration is needed.${note}`,
  );
}

/** The line itself, and the model's indexes and constraints on the field. */
function renameInModel({
  project,
  model,
  from,
  to,
}: {
  project: NextProject;
  model: PrismaBlock;
  from: string;
  to: string;
}): void {
  const { draft, schemaPath } = project;
  const field = model.fields.find(({ name }) => name === from);
  if (field === undefined) return;
  const text = draft.find(schemaPath) ?? "";
  const attributes = /@map\(/.test(field.attributes)
    ? field.attributes
    : withMap({ attributes: field.attributes, column: from });
  const body = text
    .slice(model.bodyStart, model.bodyEnd)
    .replace(/^\s*@@\w+\([^\n]*$/gm, (line) => line.replace(new RegExp(`\\b${from}\\b`, "g"), to));
  const withIndexes = spliceText({ text, start: model.bodyStart, end: model.bodyEnd, insert: body });
  draft.write({
    path: schemaPath,
    text: replacePrismaField({ text: withIndexes, model, field, line: [to, field.type, attributes] }),
  });
}

/** Before the native type, like `prisma format`. */
function withMap({ attributes, column }: { attributes: string; column: string }): string {
  const at = attributes.indexOf("@db.");
  const [plain, native] = at === -1 ? [attributes, ""] : [attributes.slice(0, at), attributes.slice(at)];
  return [plain.trim(), `@map("${column}")`, native].filter((part) => part !== "").join(" ");
}

function renameEntry({
  project,
  path,
  constantName,
  from,
  to,
}: {
  project: NextProject;
  path: string;
  constantName: string;
  from: string;
  to: string;
}): void {
  const place = findPlace({ project, path, name: constantName });
  const entry = place?.constant.literal?.entries.find(({ name }) => name === from);
  if (entry === undefined) return;
  const text = project.draft.find(path) ?? "";
  project.draft.write({
    path,
    text: spliceText({ text, start: entry.start, end: entry.start + from.length, insert: to }),
  });
}

function renameColumn({
  project,
  page,
  from,
  to,
}: {
  project: NextProject;
  page: string;
  from: string;
  to: string;
}): void {
  const place = findLiteral({ project, name: "columns", isPath: (path) => path === page });
  const entry = place?.constant.literal?.entries.find(({ text }) => text.includes(`key: "${from}"`));
  if (entry === undefined) return;
  const text = project.draft.find(page) ?? "";
  const line = renderColumnLine({ name: toSnakeCase(to), fieldCase: project.fieldCase })
    .trim()
    .replace(/,$/, "");
  project.draft.write({ path: page, text: spliceText({ text, start: entry.start, end: entry.end, insert: line }) });
}
