import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import { removeLines, spliceText } from "#server/builtin/edits/splice-text.ts";
import { nameEntity } from "#server/builtin/entity-names.ts";
import { type RuleOutcome, done, joinWords, refuse } from "#server/builtin/rule-outcome.ts";
import { renderCreateTable } from "../migration-file.ts";
import { planFromModel } from "../plan-from-model.ts";
import { type ModelClass, findShapes } from "../read-fastapi-project.ts";
import { addRevision } from "./add-revision.ts";
import { dropUnusedImports } from "./drop-unused-imports.ts";
import { readPythonModule } from "./python-module.ts";
import { type PythonProject, openPythonProject } from "./python-project.ts";

/** Removes an entity from every layer: its files, and its mentions in other files. */
export function removeEntity({ python, model }: { python: PythonProject; model: ModelClass }): RuleOutcome {
  const { draft, parser, project, layout } = python;
  const names = nameEntity(model.name);
  const dependent = project.models.find(
    ({ name, columns }) =>
      name !== model.name &&
      columns.some(({ value }) => new RegExp(`ForeignKey\\(\\s*["']${model.tableName}\\.`).test(value ?? "")),
  );
  if (dependent !== undefined) {
    return refuse(`${dependent.name} in ${dependent.path} belongs to ${model.name}. Remove ${dependent.name} first.`);
  }
  if (project.models.length === 1) return refuse(`${model.name} is the project's only entity.`);
  const plan = planFromModel({ model, project });
  const shapes = findShapes({ project, entityName: model.name });
  const enumNames = plan.fields.flatMap(({ enumType }) => (enumType === null ? [] : [enumType.name]));
  const owned = new Set([...shapes.map(({ name }) => name), model.name, ...enumNames]);
  const removed = [layout.routerPath(names), layout.testPath(names)].filter((path) => draft.has(path));
  removed.forEach((path) => draft.delete(path));
  for (const path of new Set([model.path, ...shapes.map((shape) => shape.path)])) {
    const module = project.modules.get(path);
    if (module === undefined) continue;
    if (module.classes.every(({ name }) => owned.has(name))) {
      draft.delete(path);
      removed.push(path);
    } else draft.write({ path, text: removeClasses({ text: module.text, names: owned, parser }) });
  }
  for (const path of openPythonProject(python).project.modules.keys()) removeReferences({ python, path, model, owned });
  const left = findLeftovers({ python: openPythonProject(python), model });
  const revision = addRevision({
    draft,
    parser,
    slug: `remove_${model.tableName}`,
    title: `Remove the ${model.tableName} table`,
    upgrade: `    op.drop_table("${model.tableName}")`,
    downgrade: renderCreateTable({ ...plan, names: { ...names, snakePlural: model.tableName } }),
  });
  const notes = [
    ...(revision.status === "written"
      ? [`Migration ${revision.revision} drops the table with what is stored there.`]
      : [revision.reason]),
    ...(left.length === 0 ? [] : [`Still named in ${joinWords(left)}.`]),
  ];
  return done(
    `Removed ${model.name}${removed.length === 0 ? "" : `, with ${joinWords(removed.sort())}`}. ${notes.join(" ")}`,
  );
}

/** Relations to it, imports of it, its router, its entry in `__all__` and its factory function. */
function removeReferences({
  python,
  path,
  model,
  owned,
}: {
  python: PythonProject;
  path: string;
  model: ModelClass;
  owned: ReadonlySet<string>;
}): void {
  const { draft, parser } = python;
  const before = draft.find(path);
  if (before === null || /(?:^|\/)versions\//.test(path)) return;
  const names = nameEntity(model.name);
  if (![model.name, names.snake, names.snakePlural].some((name) => before.includes(name))) return;
  const routerStems = new Set([names.snakePlural, names.pythonModule]);
  const target = new RegExp(
    `\\brelationship\\s*\\(\\s*["']${model.name}["']|["'\\[]${model.name}(?: \\| None)?["'\\]]`,
  );
  let text = before;
  const rewrite = (change: (module: ReturnType<typeof readPythonModule>) => string): void => {
    text = change(readPythonModule({ text, parser }));
  };
  rewrite((module) =>
    module.classes
      .flatMap(({ assignments }) => assignments)
      .filter(
        ({ value, annotation }) =>
          /relationship\s*\(/.test(value ?? "") && target.test(`${annotation ?? ""} ${value ?? ""}`),
      )
      .toReversed()
      .reduce((current, { start, end }) => removeLines({ text: current, start, end }), module.text),
  );
  rewrite((module) =>
    module.statements
      .filter((statement) =>
        new RegExp(`include_router\\(\\s*(?:${[...routerStems].join("|")})(?:\\.router|_router)\\b`).test(
          statement.text,
        ),
      )
      .toReversed()
      .reduce((current, { start, end }) => removeLines({ text: current, start, end }), module.text),
  );
  rewrite((module) => {
    const factory = module.functions.find(
      ({ name }) => name === `create_${names.snake}` && /(?:^|\/)tests?\//.test(path),
    );
    return factory === undefined
      ? module.text
      : `${module.text.slice(0, factory.start).trimEnd()}\n${module.text.slice(factory.end).replace(/^\n+/, "\n\n\n")}`.trimEnd() +
          "\n";
  });
  rewrite((module) =>
    removeImportedNames({
      module,
      isGone: (name, from) =>
        owned.has(name) ||
        (routerStems.has(name) && /router|api|endpoint/.test(from)) ||
        (name === "router" &&
          [...routerStems].some((stem) => from.endsWith(`.${stem}`) && /router|api|endpoint/.test(from))),
    }),
  );
  text = removeFromAll({ text, name: model.name, parser });
  text = removeTypeCheckingImport({ text, name: model.name, parser });
  if (text === before) return;
  draft.write({ path, text: tidyClassEnds(dropUnusedImports({ before, after: text, parser })) });
}

function removeImportedNames({
  module,
  isGone,
}: {
  module: ReturnType<typeof readPythonModule>;
  isGone: (name: string, from: string) => boolean;
}): string {
  let { text } = module;
  for (const line of module.imports.toReversed()) {
    const kept = line.names.filter(({ name }) => !isGone(name, line.module ?? ""));
    if (kept.length === line.names.length || line.module === null) continue;
    const source = text.slice(line.start, line.end);
    const spelled = kept.map(({ name, alias }) => (alias === null ? name : `${name} as ${alias}`));
    const oneLine = `from ${line.module} import ${spelled.join(", ")}`;
    const insert =
      source.includes("\n") && oneLine.length > 88
        ? `from ${line.module} import (\n${spelled.map((name) => `    ${name},\n`).join("")})`
        : oneLine;
    text =
      kept.length === 0
        ? removeLines({ text, start: line.start, end: line.end })
        : spliceText({ text, start: line.start, end: line.end, insert });
  }
  return text;
}

function removeClasses({
  text,
  names,
  parser,
}: {
  text: string;
  names: ReadonlySet<string>;
  parser: SourceParser;
}): string {
  const after = readPythonModule({ text, parser })
    .classes.filter(({ name }) => names.has(name))
    .toReversed()
    .reduce(
      (current, { start, end }) =>
        `${current.slice(0, start).trimEnd()}\n${current.slice(end).replace(/^\n+/, "\n\n\n")}`,
      text,
    );
  return dropUnusedImports({ before: text, after: `${after.trimEnd()}\n`, parser });
}

function removeFromAll({ text, name, parser }: { text: string; name: string; parser: SourceParser }): string {
  const all = readPythonModule({ text, parser }).assignments.find((assignment) => assignment.name === "__all__");
  if (all === undefined) return text;
  const source = text.slice(all.start, all.end);
  const changed = source
    .replace(new RegExp(`\\n[ \\t]*["']${name}["'],?(?=\\n)`), "")
    .replace(new RegExp(`["']${name}["'],\\s*|,\\s*["']${name}["'](?=\\s*\\])`), "");
  return spliceText({ text, start: all.start, end: all.end, insert: changed });
}

/** The import for type checkers; the whole block if it was the only one. */
function removeTypeCheckingImport({
  text,
  name,
  parser,
}: {
  text: string;
  name: string;
  parser: SourceParser;
}): string {
  const block = readPythonModule({ text, parser }).statements.find((statement) =>
    /^if (?:typing\.)?TYPE_CHECKING:/.test(statement.text),
  );
  if (block === undefined) return text;
  const lines = text.slice(block.start, block.end).split("\n");
  const kept = lines.filter((line) => !new RegExp(`^\\s+from \\S+ import ${name}$`).test(line));
  if (kept.length === lines.length) return text;
  if (kept.length > 1) return spliceText({ text, start: block.start, end: block.end, insert: kept.join("\n") });
  return `${text.slice(0, block.start).trimEnd()}\n${text.slice(block.end)}`;
}

/** At most two blank lines where relations or imports were removed. */
function tidyClassEnds(text: string): string {
  return `${text
    .replace(/\n{4,}/g, "\n\n\n")
    .replace(/\n{2,}$/, "\n")
    .trimEnd()}\n`;
}

function findLeftovers({ python, model }: { python: PythonProject; model: ModelClass }): string[] {
  return [...python.project.modules].flatMap(([path, { text }]) =>
    !/(?:^|\/)versions\//.test(path) && new RegExp(`\\b${model.name}(?:Create|Update|Read|Base)?\\b`).test(text)
      ? [path]
      : [],
  );
}
