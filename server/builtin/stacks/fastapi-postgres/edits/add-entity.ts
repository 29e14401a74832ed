import { insertLinesAfter, spliceText } from "#server/builtin/edits/splice-text.ts";
import { nameEntity } from "#server/builtin/entity-names.ts";
import type { PlannedEntity, PlannedReference } from "#server/builtin/project-plan.ts";
import { type RuleOutcome, done, joinWords, refuse } from "#server/builtin/rule-outcome.ts";
import { renderCreateTable } from "../migration-file.ts";
import { modelImports, renderModelDefinitions, renderModelFile, renderReverseRelation } from "../model-file.ts";
import { hasIntegerId } from "../plan-from-model.ts";
import { toRelativeModuleName } from "../python-layout.ts";
import { findModel, usesPydantic1, type ModelClass } from "../read-fastapi-project.ts";
import { renderSchemaClasses, renderSchemaFile, schemaImports } from "../schema-file.ts";
import { addEntityRouter } from "./add-router.ts";
import { addEntityTest } from "./add-test.ts";
import { insertIntoClass } from "./add-fields.ts";
import { addPythonImports } from "./add-python-imports.ts";
import { addRevision } from "./add-revision.ts";
import { fitPythonCode } from "./fit-python-code.ts";
import { readPythonModule } from "./python-module.ts";
import { type PythonProject, editModule, openPythonProject } from "./python-project.ts";

/**
 * Adds an entity in every layer that the project has: model, relations of its parents, schema, routes, tests,
 * migration.
 */
export function addEntity({ python, entity: planned }: { python: PythonProject; entity: PlannedEntity }): RuleOutcome {
  const { names } = planned;
  const existing = findModel({ project: python.project, words: names.snake });
  if (existing !== null)
    return refuse(`${existing.name} already exists in ${existing.path}:${existing.definition.line}.`);
  if (planned.links.length > 0) {
    return refuse(
      `The built-in generator adds no many-to-many relations to an existing project, and ${names.className} would have one.`,
    );
  }
  if (usesPydantic1(python.project)) {
    return refuse("The project uses Pydantic 1, and the built-in generator writes schemas for Pydantic 2.");
  }
  const references = planned.references
    .filter(({ target }) => target.className !== names.className)
    .map((reference) => ({ reference, target: findModel({ project: python.project, words: reference.target.snake }) }));
  for (const { reference, target } of references) {
    if (target === null)
      return refuse(`${names.className} refers to ${reference.target.className}, which the project does not have.`);
    if (!hasIntegerId(target)) {
      return refuse(
        `${target.name} has no integer primary key named id, and the built-in generator only writes foreign keys to those.`,
      );
    }
    const taken = target.definition.assignments.find(({ name }) => name === reference.reverse);
    if (taken !== undefined) {
      return refuse(
        `${target.name} has ${taken.name} already, in ${target.path}:${taken.line}, which the new relation would be called.`,
      );
    }
  }
  const entity: PlannedEntity = {
    ...planned,
    references: planned.references.map((reference) => {
      const target = references.find((found) => found.reference === reference)?.target ?? null;
      return target === null
        ? reference
        : { ...reference, target: { ...nameEntity(target.name), snakePlural: target.tableName } };
    }),
  };
  addModel({ python, entity });
  for (const { reference, target } of references) {
    if (target !== null) addReverse({ python: openPythonProject(python), entity, reference, target });
  }
  addShapes({ python: openPythonProject(python), entity });
  const router = addEntityRouter({ python: openPythonProject(python), entity });
  const test = router.status === "done" ? addEntityTest({ python: openPythonProject(python), entity }) : null;
  const revision = addRevision({
    draft: python.draft,
    parser: python.parser,
    slug: `add_${names.snakePlural}`,
    title: `Add the ${names.snakePlural} table`,
    upgrade: renderCreateTable(entity),
    downgrade: `    op.drop_table("${names.snakePlural}")`,
  });
  const fields = joinWords([
    ...entity.fields.map(({ name }) => name),
    ...entity.references.map(({ fieldName }) => fieldName),
  ]);
  const layers = [
    "model",
    "schema",
    ...(router.status === "done" ? ["routes"] : []),
    ...(test?.status === "done" ? ["tests"] : []),
    ...(revision.status === "written" ? [`migration ${revision.revision}`] : []),
  ];
  const notes = [
    ...(router.status === "done" ? [] : [router.reason]),
    ...(test?.status === "refused" ? [test.reason] : []),
    ...(revision.status === "written" ? [] : [revision.reason]),
  ];
  return done([`Added ${names.className} with ${fields}: ${joinWords(layers)}.`, ...notes].join(" "));
}

function addModel({ python, entity }: { python: PythonProject; entity: PlannedEntity }): void {
  const { draft, layout, project } = python;
  if (layout.models.kind === "module") {
    const definitions = renderModelDefinitions({ entity, style: layout.style });
    const imports = modelImports({ entity, layout }).filter(
      ({ name }) => layout.basePath !== layout.modelPath(entity.names) || name !== layout.style.baseName,
    );
    appendDefinitions({ python, path: layout.models.path, definitions, imports });
    return;
  }
  const [sibling] = project.models;
  const module = sibling === undefined ? null : (project.modules.get(sibling.path) ?? null);
  const takenNames = entity.fields.map(({ name }) => name);
  const { path, text } = renderModelFile({
    entity,
    layout,
    fit: (code) =>
      module === null ? code : fitPythonCode({ ...code, module, typePrefix: layout.style.typePrefix, takenNames }),
  });
  draft.write({ path, text });
  registerModel({ python, path, className: entity.names.className });
}

/** SQLAlchemy only knows imported models: if the project lists them, the new one is added to the list. */
function registerModel({ python, path, className }: { python: PythonProject; path: string; className: string }): void {
  const { draft, layout, project, parser } = python;
  for (const [listPath, module] of project.modules) {
    const spellings = [layout.moduleName, toRelativeModuleName];
    const importsFrom = ({ model, spell }: { model: ModelClass; spell: (typeof spellings)[number] }): boolean =>
      module.imports.some(
        ({ module: from, names }) =>
          from === spell({ from: listPath, to: model.path }) && names.some(({ name }) => name === model.name),
      );
    const spelled =
      spellings.find((spell) => project.models.some((model) => importsFrom({ model, spell }))) ?? layout.moduleName;
    const listed = project.models.filter((model) => importsFrom({ model, spell: spelled }));
    const isList =
      listPath.endsWith("models/__init__.py") ||
      (/(?:^|\/)(?:env|base|conftest)\.py$/.test(listPath) &&
        listed.length > 0 &&
        listed.length === project.models.length);
    if (!isList || (listed.length === 0 && module.imports.length > 0)) continue;
    const text = addPythonImports({
      text: module.text,
      imports: [{ module: spelled({ from: listPath, to: path }), name: className }],
      parser,
    });
    draft.write({ path: listPath, text: addToAll({ text, name: className, parser }) });
  }
}

/** Adds a name to `__all__`, preserving its order. */
function addToAll({ text, name, parser }: { text: string; name: string; parser: PythonProject["parser"] }): string {
  const all = readPythonModule({ text, parser }).assignments.find((assignment) => assignment.name === "__all__");
  if (all === undefined) return text;
  const source = text.slice(all.start, all.end);
  const names = [...source.matchAll(/["'](\w+)["']/g)].map((match) => match[1] ?? "");
  const isSorted = names.every((value, index) => index === 0 || (names[index - 1] ?? "") <= value);
  const allNames = isSorted ? [...names, name].sort() : [...names, name];
  const insert = source.includes("\n")
    ? `__all__ = [\n${allNames.map((value) => `    "${value}",\n`).join("")}]`
    : `__all__ = [${allNames.map((value) => `"${value}"`).join(", ")}]`;
  return spliceText({ text, start: all.start, end: all.end, insert });
}

/** The parent's side of a new relation. */
function addReverse({
  python,
  entity,
  reference,
  target,
}: {
  python: PythonProject;
  entity: PlannedEntity;
  reference: PlannedReference;
  target: ModelClass;
}): void {
  const { layout, draft, parser } = python;
  const model = python.project.models.find(({ name }) => name === target.name) ?? target;
  const { style } = layout;
  const reverse = {
    fieldName: reference.reverse,
    source: entity.names,
    role: reference.role,
    keyField: reference.fieldName,
    isMany: !reference.isUnique,
    isOptional: reference.isOptional,
  };
  const severalKeys = entity.references.filter(({ target: other }) => other.className === target.name).length > 1;
  const code = renderReverseRelation({ reverse, foreignKeyField: severalKeys ? reference.fieldName : null, style });
  const lastRelation = model.relations.at(-1) ?? null;
  const imports = style.relationshipName.includes(".")
    ? []
    : [{ module: "sqlalchemy.orm", name: style.relationshipName }];
  editModule({
    python,
    path: model.path,
    code: { code, imports },
    place: ({ text, code: lines }) => {
      if (lastRelation !== null) return insertLinesAfter({ text, offset: lastRelation.end, lines });
      return insertIntoClass({
        text,
        definition: model.definition,
        anchor: model.columns.at(-1) ?? null,
        lines: `\n${lines}`,
      });
    },
  });
  const entityPath = layout.modelPath(entity.names);
  if (style.declaration === "mapped" && entityPath !== model.path) {
    const text = draft.find(model.path) ?? "";
    draft.write({
      path: model.path,
      text: addTypeCheckingImport({
        text,
        line: `from ${layout.moduleName({ from: model.path, to: entityPath })} import ${entity.names.className}`,
        parser,
      }),
    });
  }
}

/** An import for type checkers, in the module's `if TYPE_CHECKING:` block. */
function addTypeCheckingImport({
  text,
  line,
  parser,
}: {
  text: string;
  line: string;
  parser: PythonProject["parser"];
}): string {
  const block = readPythonModule({ text, parser }).statements.find((statement) =>
    /^if (?:typing\.)?TYPE_CHECKING:/.test(statement.text),
  );
  if (block !== undefined) {
    const lines = text.slice(block.start, block.end).split("\n");
    const [head = "", ...rest] = lines;
    const wanted = `    ${line}`;
    if (rest.includes(wanted)) return text;
    const at = rest.findIndex((existing) => existing.startsWith("    from ") && existing > wanted);
    rest.splice(at === -1 ? rest.length : at, 0, wanted);
    return spliceText({ text, start: block.start, end: block.end, insert: [head, ...rest].join("\n") });
  }
  const withName = addPythonImports({ text, imports: [{ module: "typing", name: "TYPE_CHECKING" }], parser });
  const lastImport = readPythonModule({ text: withName, parser }).imports.at(-1);
  return lastImport === undefined
    ? withName
    : insertLinesAfter({ text: withName, offset: lastImport.end, lines: `\nif TYPE_CHECKING:\n    ${line}` });
}

/** Writes the entity's API schemas, in a module of their own or after the existing ones. */
export function addShapes({ python, entity }: { python: PythonProject; entity: PlannedEntity }): string {
  const { draft, layout } = python;
  const path = layout.schemaPath(entity.names);
  if (draft.has(path)) {
    appendDefinitions({
      python,
      path,
      definitions: renderSchemaClasses(entity),
      imports: schemaImports({ entity, layout }),
    });
  } else draft.write(renderSchemaFile({ entity, layout }));
  return path;
}

function appendDefinitions({
  python,
  path,
  definitions,
  imports,
}: {
  python: PythonProject;
  path: string;
  definitions: string[];
  imports: Parameters<typeof editModule>[0]["code"]["imports"];
}): void {
  editModule({
    python,
    path,
    code: { code: definitions.join("\n\n\n"), imports },
    place: ({ text, code }) => (text.trim() === "" ? `${code}\n` : `${text.trimEnd()}\n\n\n${code}\n`),
  });
}
