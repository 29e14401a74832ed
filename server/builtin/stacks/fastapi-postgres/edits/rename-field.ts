import { spliceText } from "#server/builtin/edits/splice-text.ts";
import { toSnakeCase } from "#server/builtin/entity-names.ts";
import { type RuleOutcome, done, refuse } from "#server/builtin/rule-outcome.ts";
import { type ModelClass, findShapes } from "../read-fastapi-project.ts";
import { addRevision } from "./add-revision.ts";
import { findFieldUses } from "./find-uses.ts";
import type { PythonProject } from "./python-project.ts";

type Span = { start: number; end: number };

/** Renames a field in the model, its API schemas, the code that uses it, the tests and the database. */
export function renameField({
  python,
  model,
  from,
  to: wanted,
}: {
  python: PythonProject;
  model: ModelClass;
  from: string;
  to: string;
}): RuleOutcome {
  const to = toSnakeCase(wanted);
  const { draft, project } = python;
  const column = model.columns.find(({ name }) => name === from);
  if (column === undefined) return refuse(`${model.name} has no field ${from}.`);
  const taken = model.definition.assignments.find(({ name }) => name === to);
  if (taken !== undefined) return refuse(`${to} already exists on ${model.name} in ${model.path}:${taken.line}.`);
  if (/ForeignKey\(/.test(column.value ?? "")) {
    return refuse(
      `${from} is a foreign key of ${model.name}, whose relations carry its name; the built-in generator does not rename those.`,
    );
  }
  if (/primary_key\s*=\s*True/.test(column.value ?? "")) {
    return refuse(`${from} is the primary key of ${model.name}; the built-in generator does not rename it.`);
  }
  const spans = new Map<string, Span[]>();
  const add = (path: string, span: Span): void => void spans.set(path, [...(spans.get(path) ?? []), span]);
  add(model.path, { start: column.start, end: column.start + from.length });
  for (const { path, definition } of findShapes({ project, entityName: model.name })) {
    for (const { name, start } of definition.assignments)
      if (name === from) add(path, { start, end: start + from.length });
  }
  for (const use of findFieldUses({ python, model, field: from })) add(use.path, use);
  for (const [path, found] of spans) {
    const descending = found
      .toSorted((a, b) => b.start - a.start)
      .filter((span, index, all) => span.start !== all[index - 1]?.start);
    draft.write({
      path,
      text: descending.reduce((text, span) => spliceText({ text, ...span, insert: to }), draft.find(path) ?? ""),
    });
  }
  const revision = addRevision({
    draft,
    parser: python.parser,
    slug: `rename_${from}_to_${to}_in_${model.tableName}`,
    title: `Rename ${from} to ${to} in ${model.tableName}`,
    upgrade: `    op.alter_column("${model.tableName}", "${from}", new_column_name="${to}")`,
    downgrade: `    op.alter_column("${model.tableName}", "${to}", new_column_name="${from}")`,
  });
  const note = revision.status === "written" ? ` and migration ${revision.revision}` : `. ${revision.reason}`;
  return done(
    `Renamed ${from} to ${to} on ${model.name}, in ${spans.size} files${note}${note.endsWith(".") ? "" : "."}`,
  );
}
