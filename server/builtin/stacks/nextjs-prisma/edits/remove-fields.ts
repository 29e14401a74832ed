import { nameEntity } from "#server/builtin/entity-names.ts";
import { type RuleOutcome, done, joinWords, refuse } from "#server/builtin/rule-outcome.ts";
import {
  type NextProject,
  entityPaths,
  findFieldSchemas,
  findKeys,
  findLiteral,
  readNextProject,
} from "../read-next-project.ts";
import { enumConstant } from "../zod-schema-file.ts";
import { findPlace, migrationHint } from "./add-fields.ts";
import { findFieldMentions } from "./find-field-mentions.ts";
import { removeConstant, removeEntries } from "./literal-edits.ts";
import { type PrismaBlock, removePrismaBlock, removePrismaField } from "./prisma-document.ts";

/** Removes fields from the Prisma model, the API schemas, the list page and the test. */
export function removeFields({
  project,
  model,
  fields,
}: {
  project: NextProject;
  model: PrismaBlock;
  fields: string[];
}): RuleOutcome {
  const { draft, parser, schemaPath } = project;
  const names = nameEntity(model.name);
  const key = model.fields.find(
    ({ name, attributes }) =>
      fields.includes(name) && (/@id\b/.test(attributes) || findKeys(model).some((found) => found.key === name)),
  );
  if (key !== undefined) {
    return refuse(
      `${key.name} is a key of ${model.name}, on which relations depend; the built-in generator does not remove it.`,
    );
  }
  const text = draft.find(schemaPath) ?? "";
  const indexed = fields.find((field) =>
    new RegExp(`@@\\w+\\([^\\n]*\\b${field}\\b`).test(text.slice(model.bodyStart, model.bodyEnd)),
  );
  if (indexed !== undefined)
    return refuse(`${indexed} is part of an index or a constraint of ${model.name}. Remove that first.`);
  const types = model.fields
    .filter(({ name }) => fields.includes(name))
    .map(({ type }) => type.replace(/[?[\]]+$/, ""));
  for (const field of fields) {
    const current = readNextProject({ draft, parser })?.models.find(({ name }) => name === model.name);
    const line = current?.fields.find(({ name }) => name === field);
    if (current !== undefined && line !== undefined) {
      draft.write({
        path: schemaPath,
        text: removePrismaField({ text: draft.find(schemaPath) ?? "", model: current, field: line }),
      });
    }
  }
  for (const { path, constant } of findFieldSchemas({ project, names })) {
    const place = findPlace({ project, path, name: constant.name });
    if (place !== null) removeEntries({ project, place, isGone: ({ name }) => name !== null && fields.includes(name) });
  }
  const valid = findPlace({ project, path: entityPaths({ project, names }).test, name: "valid" });
  if (valid !== null)
    removeEntries({ project, place: valid, isGone: ({ name }) => name !== null && fields.includes(name) });
  const columns = findLiteral({
    project,
    name: "columns",
    isPath: (path) => path === entityPaths({ project, names }).page,
  });
  if (columns !== null) {
    removeEntries({
      project,
      place: columns,
      isGone: ({ text: entry }) => fields.some((field) => entry.includes(`key: "${field}"`)),
    });
  }
  removeUnusedEnums({ project, names: types });
  const left = fields.flatMap((field) => findFieldMentions({ project, names, field }));
  const note =
    left.length === 0
      ? ""
      : ` Other code may still use ${fields.length === 1 ? "it" : "them"}: check ${joinWords(left)}.`;
  return done(
    `Removed ${joinWords(fields)} from ${model.name}, its schema, its page and its test. ${migrationHint(`remove_${fields.join("_and_")}_from_${names.snakePlural}`)} That drops what is stored there.${note}`,
  );
}

/** Enums that no model uses any more, with their values in the API schemas. */
export function removeUnusedEnums({ project, names }: { project: NextProject; names: readonly string[] }): void {
  const { draft, parser, schemaPath } = project;
  for (const name of new Set(names)) {
    const current = readNextProject({ draft, parser });
    const block = current?.enums.find((found) => found.name === name);
    if (current === null || block === undefined) continue;
    if (current.models.some(({ fields }) => fields.some(({ type }) => type.replace(/[?[\]]+$/, "") === name))) continue;
    draft.write({ path: schemaPath, text: removePrismaBlock({ text: draft.find(schemaPath) ?? "", block }) });
    const constant = findLiteral({ project, name: enumConstant(name), isPath: (path) => path.endsWith(".ts") });
    const uses =
      constant === null
        ? 0
        : [...(draft.find(constant.path) ?? "").matchAll(new RegExp(`\\b${enumConstant(name)}\\b`, "g"))].length;
    if (constant !== null && uses === 1) removeConstant({ project, place: constant });
  }
}
