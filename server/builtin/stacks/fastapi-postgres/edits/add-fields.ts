import { insertLinesAfter, insertLinesBefore, spliceText } from "#server/builtin/edits/splice-text.ts";
import { nameEntity } from "#server/builtin/entity-names.ts";
import type { PlannedField } from "#server/builtin/project-plan.ts";
import { type RuleOutcome, done, joinWords, refuse } from "#server/builtin/rule-outcome.ts";
import { renderColumn } from "../model-file.ts";
import { renderAddColumn } from "../migration-file.ts";
import { annotationImports, renderEnumClass } from "../python-types.ts";
import type { PythonImport } from "../python-source.ts";
import { type ModelClass, type ShapeClass, findShapes, inheritsFromAny, shapeRole } from "../read-fastapi-project.ts";
import { renderSchemaField } from "../schema-file.ts";
import { isSentByClients, renderPayload, renderPayloadEntry } from "../test-files.ts";
import { addRevision } from "./add-revision.ts";
import type { PythonAssignment, PythonClass } from "./python-module.ts";
import { type PythonProject, editModule, openPythonProject } from "./python-project.ts";

/** Adds fields to a model, its API schemas and the database. */
export function addFields({
  python,
  model,
  fields,
}: {
  python: PythonProject;
  model: ModelClass;
  fields: PlannedField[];
}): RuleOutcome {
  const existing = fields.flatMap(
    ({ name }) => model.definition.assignments.find((assignment) => assignment.name === name) ?? [],
  );
  const [first] = existing;
  if (first !== undefined) {
    return refuse(
      `${joinWords(existing.map(({ name }) => name))} already exists on ${model.name} in ${model.path}:${first.line}.`,
    );
  }
  addToModel({ python, model, fields });
  const shapes = addToShapes({ python: openPythonProject(python), model, fields });
  addToFactory({ python, model, fields });
  const revision = addRevision({
    draft: python.draft,
    parser: python.parser,
    slug: `add_${fields.map(({ name }) => name).join("_and_")}_to_${model.tableName}`,
    title: `Add ${joinWords(fields.map(({ name }) => name))} to ${model.tableName}`,
    upgrade: fields
      .map((field) => renderAddColumn({ field, tableName: model.tableName, style: python.layout.style }))
      .join("\n"),
    downgrade: fields
      .toReversed()
      .map(({ name }) => `    op.drop_column("${model.tableName}", "${name}")`)
      .join("\n"),
  });
  const places = [
    "the model",
    ...(shapes.length === 0 ? [] : [`the schema (${joinWords(shapes)})`]),
    ...(revision.status === "written" ? [`migration ${revision.revision}`] : []),
  ];
  const described = fields.map(({ name, isOptional }) => (isOptional ? `${name} (may be empty)` : name));
  return done(
    `Added ${joinWords(described)} to ${model.name}: ${joinWords(places)}.${revision.status === "written" ? "" : ` ${revision.reason}`}`,
  );
}

function addToModel({
  python,
  model,
  fields,
}: {
  python: PythonProject;
  model: ModelClass;
  fields: PlannedField[];
}): void {
  const { style } = python.layout;
  const enums = fields.flatMap(({ enumType, name }) =>
    enumType === null ? [] : [renderEnumClass({ ...enumType, owner: model.name, fieldName: name })],
  );
  const imports: PythonImport[] = [
    { module: "sqlalchemy", alias: "sa" },
    ...(style.declaration === "mapped" ? fields.flatMap(annotationImports) : []),
    ...(enums.length === 0 ? [] : [{ module: "enum" }]),
  ];
  const code = fields.map((field) => renderColumn({ field, style })).join("\n");
  const takenNames = model.definition.assignments.map(({ name }) => name).concat(fields.map(({ name }) => name));
  editModule({
    python,
    path: model.path,
    code: { code, imports },
    takenNames,
    place: ({ text, code: fitted }) => {
      const withField = insertIntoClass({
        text,
        definition: model.definition,
        anchor: lastPlainField(model.columns),
        lines: reindent({ code: fitted, indent: model.definition.indent }),
      });
      return enums.length === 0
        ? withField
        : insertLinesBefore({ text: withField, offset: model.definition.start, lines: `${enums.join("\n\n\n")}\n\n` });
    },
  });
}

/** Adds the fields to each class that lists the entity's fields itself; returns the names of those classes. */
function addToShapes({
  python,
  model,
  fields,
}: {
  python: PythonProject;
  model: ModelClass;
  fields: PlannedField[];
}): string[] {
  const names = new Set(model.columns.map(({ name }) => name));
  const lists = ({ name, definition }: ShapeClass): boolean =>
    definition.assignments.some(
      (field) => names.has(field.name) && (shapeRole(name) !== "read" || !isKeyOrTime(field.name)),
    );
  const listing = findShapes({ project: python.project, entityName: model.name }).filter(lists);
  const targets = listing.filter(
    (shape) => !inheritsFromAny({ shape, others: listing.filter((other) => other !== shape), project: python.project }),
  );
  // From the last class of a file to the first, so that earlier offsets stay valid.
  for (const target of targets.toSorted((a, b) => b.definition.start - a.definition.start)) {
    const shape =
      openPythonProject(python).project.shapes.find(({ name, path }) => name === target.name && path === target.path) ??
      target;
    addToShape({ python, shape, model, fields });
  }
  return targets.map(({ name }) => name);
}

function addToShape({
  python,
  shape,
  model,
  fields,
}: {
  python: PythonProject;
  shape: ShapeClass;
  model: ModelClass;
  fields: PlannedField[];
}): void {
  const role = shapeRole(shape.name);
  const lines = fields.map((field) => renderSchemaField({ field, role, indent: "    " }));
  const code = lines.join("\n");
  const modelModule = python.layout.moduleName({ from: shape.path, to: model.path });
  const imports: PythonImport[] = [
    ...fields.flatMap(annotationImports),
    ...fields.flatMap(({ enumType }) =>
      enumType === null || shape.path === model.path ? [] : [{ module: modelModule, name: enumType.name }],
    ),
    ...["Field", "EmailStr"]
      .filter((name) => new RegExp(`\\b${name}\\b`).test(code))
      .map((name) => ({ module: "pydantic", name })),
  ];
  const annotated = shape.definition.assignments.filter(({ annotation }) => annotation !== null);
  editModule({
    python,
    path: shape.path,
    code: { code, imports },
    takenNames: shape.definition.assignments.map(({ name }) => name).concat(fields.map(({ name }) => name)),
    place: ({ text, code: fitted }) =>
      insertIntoClass({
        text,
        definition: shape.definition,
        anchor: lastPlainField(annotated),
        lines: reindent({ code: fitted, indent: shape.definition.indent }),
      }),
  });
}

/** A field that clients must send is also added to the payload of the tests' factory. */
function addToFactory({
  python,
  model,
  fields,
}: {
  python: PythonProject;
  model: ModelClass;
  fields: PlannedField[];
}): void {
  const { draft } = python;
  const required = fields.filter(isSentByClients);
  const name = `create_${nameEntity(model.name).snake}`;
  for (const [path, module] of python.project.modules) {
    const factory = module.functions.find((found) => found.name === name && /(?:^|\/)tests?\//.test(path));
    const payload = factory?.statements.find(({ text }) => /^payload = \{[\s\S]*\*\*fields,?\s*\}$/.test(text));
    if (payload === undefined || required.length === 0) continue;
    const entries = [
      ...payload.text
        .replace(/^payload = \{|\}$/g, "")
        .matchAll(/\s*("[^"]+": (?:f?"[^"]*"|\{[^}]*\}|[^,{}"]+)|\*\*fields)\s*,?/g),
    ].map((match) => match[1] ?? "");
    const insert = renderPayload([
      ...entries.slice(0, -1),
      ...required.map(renderPayloadEntry),
      "**fields",
    ]).trimStart();
    draft.write({
      path,
      text: spliceText({ text: draft.find(path) ?? "", start: payload.start, end: payload.end, insert }),
    });
  }
}

/** After its last field, or at the class's start if it has none. */
export function insertIntoClass({
  text,
  definition,
  anchor,
  lines,
}: {
  text: string;
  definition: PythonClass;
  anchor: PythonAssignment | null;
  lines: string;
}): string {
  if (anchor !== null) return insertLinesAfter({ text, offset: anchor.end, lines });
  if (definition.placeholder !== null) {
    return spliceText({
      text,
      start: definition.placeholder.start,
      end: definition.placeholder.end,
      insert: lines.trimStart(),
    });
  }
  const opening = definition.docstring ?? definition.assignments.at(-1) ?? null;
  return opening === null
    ? text
    : insertLinesAfter({ text, offset: opening.end, lines: definition.docstring === null ? lines : `\n${lines}` });
}

/** The last field that is neither a key nor a timestamp, so that a new one is beside similar fields. */
function lastPlainField(assignments: PythonAssignment[]): PythonAssignment | null {
  return (
    assignments
      .filter(({ name, value }) => !isKeyOrTime(name) && name !== "model_config" && !/ForeignKey\(/.test(value ?? ""))
      .at(-1) ??
    assignments.filter(({ name }) => name !== "model_config").at(-1) ??
    null
  );
}

function isKeyOrTime(name: string): boolean {
  return name === "id" || name.endsWith("_id") || /^(?:created|updated|deleted)_(?:at|on)$/.test(name);
}

/** Generated code has an indentation of four; a class may have another. */
function reindent({ code, indent }: { code: string; indent: string }): string {
  return code.replace(/^(?: {4})+/gm, (spaces) => indent.repeat(spaces.length / 4));
}
