import { removeLines, spliceText } from "#server/builtin/edits/splice-text.ts";
import { nameEntity } from "#server/builtin/entity-names.ts";
import type { ProjectDraft } from "#server/builtin/edits/project-draft.ts";
import type { PlannedEntity } from "#server/builtin/project-plan.ts";
import { type RuleOutcome, done, joinWords, refuse } from "#server/builtin/rule-outcome.ts";
import { renderAddColumn } from "../migration-file.ts";
import { planFromModel } from "../plan-from-model.ts";
import { type ModelClass, findShapes } from "../read-fastapi-project.ts";
import { renderTestFile } from "../test-files.ts";
import { addRevision } from "./add-revision.ts";
import { dropUnusedImports } from "./drop-unused-imports.ts";
import { type FieldUse, findFieldUses } from "./find-uses.ts";
import { type PythonProject, openPythonProject } from "./python-project.ts";

/** Removes fields from the model, its API schemas, the tests and the database. Refuses if other code uses one. */
export function removeFields({
  python,
  model,
  fields,
}: {
  python: PythonProject;
  model: ModelClass;
  fields: string[];
}): RuleOutcome {
  const { draft, parser, project } = python;
  const columns = model.columns.filter(({ name }) => fields.includes(name));
  const key = columns.find(({ value }) => /ForeignKey\(|primary_key\s*=\s*True/.test(value ?? ""));
  if (key !== undefined) {
    return refuse(
      `${key.name} is a key of ${model.name}, on which relations depend; the built-in generator does not remove it.`,
    );
  }
  const uses = fields.flatMap((field) => findFieldUses({ python, model, field }).map((use) => ({ ...use, field })));
  const [codeUse] = uses.filter(({ isTest, isDocumentation }) => !isTest && !isDocumentation);
  if (codeUse !== undefined)
    return refuse(`${codeUse.field} is still used in ${codeUse.path}:${codeUse.line}. Remove that use first.`);
  const before = planFromModel({ model, project });
  const downgrade = before.fields
    .filter(({ name }) => fields.includes(name))
    .map((field) => renderAddColumn({ field, tableName: model.tableName, style: python.layout.style }));
  for (const field of fields) {
    removeAssignment({ python: openPythonProject(python), path: model.path, className: model.name, name: field });
    for (const shape of findShapes({ project, entityName: model.name })) {
      removeAssignment({ python: openPythonProject(python), path: shape.path, className: shape.name, name: field });
    }
  }
  removeUnusedEnums({
    python: openPythonProject(python),
    path: model.path,
    enumNames: before.fields.flatMap(({ name, enumType }) =>
      enumType !== null && fields.includes(name) ? [enumType.name] : [],
    ),
  });
  const left = removeFromTests({ python: openPythonProject(python), model, fields });
  const revision = addRevision({
    draft,
    parser,
    slug: `remove_${fields.join("_and_")}_from_${model.tableName}`,
    title: `Remove ${joinWords(fields)} from ${model.tableName}`,
    upgrade: fields.map((field) => `    op.drop_column("${model.tableName}", "${field}")`).join("\n"),
    downgrade: downgrade.join("\n"),
  });
  const notes = [
    ...(revision.status === "written"
      ? [`Migration ${revision.revision} drops the column${fields.length > 1 ? "s" : ""} with what is stored there.`]
      : [revision.reason]),
    ...(left.length === 0 ? [] : [`Still named in ${joinWords(left)}: check those tests.`]),
  ];
  return done(`Removed ${joinWords(fields)} from ${model.name}, its schema and its tests. ${notes.join(" ")}`);
}

/** Removes one declaration; an empty class gets `pass`. */
function removeAssignment({
  python,
  path,
  className,
  name,
}: {
  python: PythonProject;
  path: string;
  className: string;
  name: string;
}): void {
  const { draft, parser, project } = python;
  const module = project.modules.get(path);
  const definition = module?.classes.find((found) => found.name === className);
  const assignment = definition?.assignments.find((found) => found.name === name);
  if (module === undefined || definition === undefined || assignment === undefined) return;
  const isLast =
    definition.assignments.length === 1 && definition.methods.length === 0 && definition.docstring === null;
  const text = isLast
    ? spliceText({ text: module.text, start: assignment.start, end: assignment.end, insert: "pass" })
    : removeLines({ text: module.text, start: assignment.start, end: assignment.end });
  draft.write({ path, text: dropUnusedImports({ before: module.text, after: text, parser }) });
}

/** Enum classes of the model's module that the project no longer mentions. */
function removeUnusedEnums({
  python,
  path,
  enumNames,
}: {
  python: PythonProject;
  path: string;
  enumNames: string[];
}): void {
  const { draft, parser } = python;
  for (const enumName of new Set(enumNames)) {
    const { modules } = openPythonProject(python).project;
    const module = modules.get(path);
    const definition = module?.classes.find(({ name }) => name === enumName);
    if (module === undefined || definition === undefined) continue;
    const uses = [...modules.values()].reduce(
      (count, { text }) => count + [...text.matchAll(new RegExp(`\\b${enumName}\\b`, "g"))].length,
      0,
    );
    if (uses > 1) continue;
    const text = module.text.slice(0, definition.start) + module.text.slice(definition.end).replace(/^\n+/, "");
    draft.write({ path, text: dropUnusedImports({ before: module.text, after: text, parser }) });
  }
}

/**
 * Unchanged generated tests are regenerated; elsewhere the field's entry is removed from the payload. Returns the files
 * that still mention the field.
 */
function removeFromTests({
  python,
  model,
  fields,
}: {
  python: PythonProject;
  model: ModelClass;
  fields: string[];
}): string[] {
  const { draft, layout, project } = python;
  const testPath = layout.testPath(nameEntity(model.name));
  const current = project.models.find(({ name }) => name === model.name) ?? model;
  const plan = planFromModel({ model: current, project });
  const text = draft.find(testPath);
  if (text !== null && isGeneratedTest({ text, plan }))
    draft.write({ path: testPath, text: renderTestFile({ entity: plan }).text });
  const uses = fields
    .flatMap((field) => findFieldUses({ python: openPythonProject(python), model: current, field }))
    .filter(({ isTest, isDocumentation }) => isTest && !isDocumentation);
  // From the last to the first, so that earlier offsets stay valid.
  const left = uses.toSorted((a, b) => b.start - a.start).filter((use) => !removePayloadEntry({ draft, use }));
  return [...new Set(left.map(({ path, line }) => `${path}:${line}`))].sort();
}

/** The update test mentions a field, so it is excluded from the comparison. */
function isGeneratedTest({ text, plan }: { text: string; plan: PlannedEntity }): boolean {
  const withoutUpdate = (source: string): string =>
    source.replace(/\n\n\ndef test_update_changes_only_what_is_sent[\s\S]*?(?=\n\n\ndef |$)/, "");
  return withoutUpdate(text) === withoutUpdate(renderTestFile({ entity: plan }).text);
}

/** `"title": "Sample title", ` in a dictionary on one line or on several. */
function removePayloadEntry({ draft, use }: { draft: ProjectDraft; use: FieldUse }): boolean {
  const text = draft.find(use.path) ?? "";
  const start = use.start - 1;
  const value = /^["']: (?:f?"[^"\n]*"|f?'[^'\n]*'|[\w.]+(?:\([^()\n]*\))?|\{[^{}\n]*\}),/.exec(
    text.slice(use.end),
  )?.[0];
  if (value === undefined) return false;
  const end = use.end + value.length;
  const isOwnLine = /\n[ \t]*$/.test(text.slice(0, start)) && text[end] === "\n";
  draft.write({
    path: use.path,
    text: isOwnLine ? removeLines({ text, start, end }) : text.slice(0, start) + text.slice(end).replace(/^ /, ""),
  });
  return true;
}
