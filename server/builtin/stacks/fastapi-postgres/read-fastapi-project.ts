import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import { pluralizeNoun } from "#server/core/schema-extraction/inflect-noun.ts";
import { DraftCache } from "#server/builtin/edits/draft-cache.ts";
import type { ProjectDraft } from "#server/builtin/edits/project-draft.ts";
import { type PythonAssignment, type PythonClass, type PythonModule, readPythonModule } from "./edits/python-module.ts";
import { nameEntity, toSnakeCase } from "#server/builtin/entity-names.ts";
import type { SchemaRole } from "./schema-file.ts";

/** A SQLAlchemy model. */
export type ModelClass = {
  name: string;
  path: string;
  definition: PythonClass;
  tableName: string;
  columns: PythonAssignment[];
  relations: PythonAssignment[];
};

/** A Pydantic model. */
export type ShapeClass = { name: string; path: string; definition: PythonClass };

/** A FastAPI or SQLAlchemy project in its current state. Parsed again after each change. */
export type FastapiProject = {
  modules: ReadonlyMap<string, PythonModule>;
  models: ModelClass[];
  shapes: ShapeClass[];
};

const moduleCache = new DraftCache<PythonModule>();

/** Parses every Python file that was read. */
export function readFastapiProject({ draft, parser }: { draft: ProjectDraft; parser: SourceParser }): FastapiProject {
  const modules = new Map<string, PythonModule>();
  for (const path of draft.paths) {
    if (!path.endsWith(".py")) continue;
    const text = draft.find(path);
    if (text !== null) {
      modules.set(
        path,
        moduleCache.read({ draft, path, text, parse: (source) => readPythonModule({ text: source, parser }) }),
      );
    }
  }
  const classes = [...modules].flatMap(([path, { classes: found }]) =>
    found.map((definition) => ({ name: definition.name, path, definition })),
  );
  const shapeNames = findShapeNames(classes);
  return {
    modules,
    models: classes.flatMap((found) => readModel(found) ?? []),
    shapes: classes.filter(({ name, definition }) => shapeNames.has(name) && !definition.assignments.some(isColumn)),
  };
}

/** A column of a model: a call of `Column` or `mapped_column`, or a bare `Mapped[...]`. */
function isColumn({ annotation, value }: PythonAssignment): boolean {
  if (value !== null) return /^(?:\w+\.)*(?:Column|mapped_column)\s*\(/.test(value);
  return annotation !== null && /^(?:\w+\.)*Mapped\[/.test(annotation);
}

function isRelation({ value }: PythonAssignment): boolean {
  return value !== null && /^(?:\w+\.)*relationship\s*\(/.test(value);
}

function readModel({ name, path, definition }: ShapeClass): ModelClass | null {
  const columns = definition.assignments.filter(isColumn);
  const tableName = definition.assignments
    .find((assignment) => assignment.name === "__tablename__")
    ?.value?.replace(/^["']|["']$/g, "");
  if (columns.length === 0 && tableName === undefined) return null;
  if (definition.bases.length === 0) return null;
  return {
    name,
    path,
    definition,
    tableName: tableName ?? toSnakeCase(name),
    columns,
    relations: definition.assignments.filter(isRelation),
  };
}

/** Classes that inherit from `BaseModel`, directly or through classes of the project. */
function findShapeNames(classes: ShapeClass[]): ReadonlySet<string> {
  const found = new Set(["BaseModel", "pydantic.BaseModel", "CamelModel", "ORMModel"]);
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const { name, definition } of classes)
      if (definition.bases.some((base) => found.has(base.replace(/\[.*$/s, "")))) found.add(name);
  }
  return found;
}

/** The model that the user's words name: `task`, `tasks`, `Task`, `order items`; null if there is none. */
export function findModel({ project, words }: { project: FastapiProject; words: string }): ModelClass | null {
  const wanted = toSnakeCase(words);
  return (
    project.models.find(({ name, tableName }) => {
      const names = nameEntity(name);
      return (
        wanted === names.snake ||
        wanted === names.snakePlural ||
        wanted === tableName ||
        pluralizeNoun(wanted) === names.snakePlural
      );
    }) ?? null
  );
}

const shapeSuffixes =
  "Base|Create|CreateRequest|In|Input|New|Update|UpdateRequest|Patch|Read|Out|Output|Response|Public|Detail|InDB|InDBBase|Schema|Model|DTO";

/** The Pydantic classes of an entity, by the usual names: `TaskCreate`, `TaskOut`, `CreateTask`, `Task`. */
export function findShapes({ project, entityName }: { project: FastapiProject; entityName: string }): ShapeClass[] {
  const pattern = new RegExp(
    `^(?:${entityName}(?:${shapeSuffixes})?|(?:Create|Update|Read|Patch)${entityName}(?:Request|Response)?)$`,
  );
  return project.shapes.filter(({ name }) => pattern.test(name));
}

/** Pydantic 1 has `orm_mode`, Pydantic 2 `from_attributes`. */
export function usesPydantic1({ modules }: FastapiProject): boolean {
  return [...modules.values()].some(({ text }) => /\borm_mode\s*=/.test(text));
}

/** The purpose of a Pydantic class, by its name. */
export function shapeRole(name: string): SchemaRole {
  if (/Update|Patch/.test(name)) return "update";
  return /Create|Base$|In$|Input$|New$|DTO$/.test(name) && !/InDB/.test(name) ? "create" : "read";
}

/** True if a class inherits its fields from one of the others. */
export function inheritsFromAny({
  shape,
  others,
  project,
}: {
  shape: ShapeClass;
  others: ShapeClass[];
  project: FastapiProject;
}): boolean {
  const queue = [...shape.definition.bases];
  const visited = new Set<string>();
  for (let base = queue.shift(); base !== undefined; base = queue.shift()) {
    if (visited.has(base)) continue;
    visited.add(base);
    if (others.some(({ name }) => name === base)) return true;
    queue.push(...(project.shapes.find(({ name }) => name === base)?.definition.bases ?? []));
  }
  return false;
}
