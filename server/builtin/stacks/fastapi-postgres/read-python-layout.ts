import type { ProjectDraft } from "#server/builtin/edits/project-draft.ts";
import type { PythonModule } from "./edits/python-module.ts";
import type { EntityNames } from "#server/builtin/entity-names.ts";
import {
  type ModelStyle,
  type PythonLayout,
  type SessionSource,
  generatedLayout,
  generatedStyle,
  toModuleName,
  toRelativeModuleName,
} from "./python-layout.ts";
import { type FastapiProject, findShapes } from "./read-fastapi-project.ts";

/** The location of one kind of code: a folder with a module per entity, or one module for all. */
type Home = { kind: "folder"; folder: string } | { kind: "module"; path: string };

export type ProjectLayout = PythonLayout & {
  models: Home;
  schemas: Home;
  routers: Home;
  tests: Home;
  /** The module name for a server that starts in the project's root. */
  absoluteModuleName: (path: string) => string;
};

/**
 * Derives the layout of an existing project from its files. Missing kinds of code get a location that matches its
 * models.
 */
export function readPythonLayout({ project, draft }: { project: FastapiProject; draft: ProjectDraft }): ProjectLayout {
  const modelPaths = project.models.map(({ path }) => path);
  const root = commonFolder(modelPaths.length > 0 ? modelPaths : [...project.modules.keys()]);
  const packageFolder = /(?:^|\/)models$/.test(root) ? parentFolder(root) : root;
  const models = readHome({ paths: modelPaths, fallback: { kind: "folder", folder: join(packageFolder, "models") } });
  const schemas = readHome({
    paths: project.shapes
      .filter(({ path }) => !modelPaths.includes(path) && /schema|dto|shape/i.test(path))
      .map(({ path }) => path),
    fallback: likeModels({ models, packageFolder, name: "schemas" }),
  });
  const routerPaths = listRouterPaths(project);
  const routers = readHome({
    paths: routerPaths,
    fallback: { kind: "folder", folder: join(packageFolder, "routers") },
  });
  const testPaths = draft.paths.filter((path) => /(?:^|\/)test_\w+\.py$/.test(path));
  const { root: importRoot, ...names } = readModuleNames({ project, draft });
  const tests = readHome({ paths: testPaths, fallback: { kind: "folder", folder: join(importRoot, "tests") } });
  const placeOf = ({ home, file }: { home: Home; file: string }): string =>
    home.kind === "module" ? home.path : join(home.folder, file);
  const style = readStyle(project);
  return {
    style,
    basePath: findBasePath({ project, baseName: style.baseName }),
    session: findSession(project),
    getOr404Path: findGetOr404(project),
    models,
    schemas,
    routers,
    tests,
    modelPath: (names) =>
      project.models.find(({ name }) => name === names.className)?.path ??
      placeOf({ home: models, file: `${names.pythonModule}.py` }),
    schemaPath: (names) =>
      findShapes({ project, entityName: names.className })[0]?.path ??
      placeOf({ home: schemas, file: `${names.pythonModule}.py` }),
    routerPath: (names) =>
      join(routers.kind === "folder" ? routers.folder : parentFolder(routers.path), routerFile({ names, routerPaths })),
    testPath: (names) =>
      join(tests.kind === "folder" ? tests.folder : parentFolder(tests.path), `test_${names.snakePlural}.py`),
    ...names,
  };
}

/** Modules with their own routes, excluding those that only include other routers. */
export function listRouterPaths({ modules }: FastapiProject): string[] {
  return [...modules].flatMap(([path, { assignments, statements }]) => {
    const hasRouter = assignments.some(({ value }) => /^(?:\w+\.)*APIRouter\s*\(/.test(value ?? ""));
    return hasRouter && !statements.some(({ text }) => /^\w+\.include_router\s*\(/.test(text)) ? [path] : [];
  });
}

/** `tasks.py`, or `task.py` if the project's router names are singular. */
function routerFile({ names, routerPaths }: { names: EntityNames; routerPaths: string[] }): string {
  const stems = routerPaths.map((path) => path.split("/").at(-1)?.replace(/\.py$/, "") ?? "");
  const isSingular = stems.length > 0 && stems.every((stem) => !stem.endsWith("s"));
  return `${isSingular ? names.pythonModule : names.snakePlural}.py`;
}

function readHome({ paths, fallback }: { paths: string[]; fallback: Home }): Home {
  const unique = [...new Set(paths)];
  const [first] = unique;
  if (first === undefined) return fallback;
  const stem = first.split("/").at(-1)?.replace(/\.py$/, "") ?? "";
  const isOneForAll =
    unique.length === 1 &&
    /^(?:models?|schemas?|database|db|entities|orm|main|app|routes?|routers?|api|dtos?)$/.test(stem);
  return isOneForAll
    ? { kind: "module", path: first }
    : { kind: "folder", folder: mostCommon(unique.map(parentFolder)) };
}

function likeModels({ models, packageFolder, name }: { models: Home; packageFolder: string; name: string }): Home {
  return models.kind === "folder"
    ? { kind: "folder", folder: join(packageFolder, name) }
    : { kind: "module", path: join(packageFolder, `${name}.py`) };
}

/** The style of most models; without models that of generated projects. */
function readStyle({ models, modules }: FastapiProject): ModelStyle {
  const columns = models.flatMap((model) => model.columns);
  const calls = columns.flatMap(({ value }) => /^([\w.]+)\s*\(/.exec(value ?? "")?.[1] ?? []);
  if (columns.length === 0) return generatedStyle;
  const columnName = calls.length === 0 ? "mapped_column" : mostCommon(calls);
  const mappedName =
    columns.flatMap(({ annotation }) => /^((?:\w+\.)*Mapped)\[/.exec(annotation ?? "")?.[1] ?? [])[0] ?? "Mapped";
  const owner = /^(\w+)\.(?:Column|mapped_column)$/.exec(columnName)?.[1];
  const isFlaskStyle =
    owner !== undefined &&
    ![...modules.values()].some(({ imports }) =>
      imports.some(({ names }) =>
        names.some(({ name, alias }) => name.startsWith("sqlalchemy") && (alias ?? name) === owner),
      ),
    );
  const relationshipName = models
    .flatMap(({ relations }) => relations)
    .flatMap(({ value }) => /^([\w.]+)\s*\(/.exec(value ?? "")?.[1] ?? [])[0];
  return {
    declaration: columnName.endsWith("mapped_column") ? "mapped" : "column",
    baseName: mostCommon(models.flatMap(({ definition }) => definition.bases.slice(-1))),
    mappedName,
    // `sa.Column` is adapted like every other SQLAlchemy name.
    columnName: isFlaskStyle || columnName.endsWith("mapped_column") ? columnName : "sa.Column",
    relationshipName: relationshipName ?? (isFlaskStyle ? `${owner}.relationship` : "relationship"),
    typePrefix: isFlaskStyle ? `${owner}.` : null,
    mapsEnums: [...modules.values()].some(({ text }) => /type_annotation_map[^}]*enum\.Enum\s*:/.test(text)),
  };
}

function findBasePath({ project, baseName }: { project: FastapiProject; baseName: string }): string {
  const name = baseName.split(".")[0] ?? baseName;
  for (const [path, { classes, assignments }] of project.modules) {
    if (classes.some((found) => found.name === name) || assignments.some((found) => found.name === name)) return path;
  }
  return generatedLayout.basePath;
}

function findSession({ modules }: FastapiProject): SessionSource {
  for (const [path, { assignments }] of modules) {
    if (assignments.some(({ value }) => /APIRouter\(/.test(value ?? ""))) continue;
    const alias = assignments.find(({ value }) => /^Annotated\[\s*(?:\w+\.)?Session\s*,\s*Depends\(/.test(value ?? ""));
    if (alias !== undefined) return { kind: "alias", path, name: alias.name };
  }
  for (const [path, { functions }] of modules) {
    const found = functions.find(
      ({ name, body }) => /^get_(?:db|session|database)/.test(name) && /\byield\b/.test(body.text),
    );
    if (found !== undefined) return { kind: "dependency", path, name: found.name };
  }
  return generatedLayout.session;
}

function findGetOr404({ modules }: FastapiProject): string | null {
  for (const [path, { functions, assignments }] of modules) {
    const isRouter = assignments.some(({ value }) => /APIRouter\(/.test(value ?? ""));
    if (
      !isRouter &&
      functions.some(
        ({ name, parameters }) =>
          name === "get_or_404" && /^\(\s*session\b[^,]*,\s*model\b[^,]*,\s*record_id\b/.test(parameters.text),
      )
    )
      return path;
  }
  return null;
}

/** Absolute names relative to the root of the project's own imports, or relative ones if the project uses those. */
function readModuleNames({
  project,
  draft,
}: {
  project: FastapiProject;
  draft: ProjectDraft;
}): Pick<ProjectLayout, "moduleName" | "absoluteModuleName"> & { root: string } {
  const paths = new Set(draft.paths);
  const roots = new Map<string, number>();
  let relativeCount = 0;
  for (const [path, module] of project.modules) {
    for (const name of importedModules(module)) {
      if (name.startsWith(".")) relativeCount += 1;
      else
        for (const root of ancestors(path))
          if (isModuleAt({ root, name, paths })) roots.set(root, (roots.get(root) ?? 0) + 1);
    }
  }
  const [root, absoluteCount] = [...roots].sort(
    ([a, countA], [b, countB]) => countB - countA || a.length - b.length,
  )[0] ?? ["", 0];
  const absoluteModuleName = (path: string): string => toModuleName(withoutRoot({ path, root }));
  const isRelative = relativeCount > absoluteCount;
  return {
    root,
    absoluteModuleName,
    moduleName: ({ from, to }) =>
      isRelative && !/(?:^|\/)tests?\//.test(from) ? toRelativeModuleName({ from, to }) : absoluteModuleName(to),
  };
}

function importedModules({ imports }: PythonModule): string[] {
  return imports.flatMap(({ module, names }) => (module === null ? names.map(({ name }) => name) : [module]));
}

function isModuleAt({ root, name, paths }: { root: string; name: string; paths: ReadonlySet<string> }): boolean {
  const base = join(root, name.replaceAll(".", "/"));
  return paths.has(`${base}.py`) || paths.has(`${base}/__init__.py`);
}

function withoutRoot({ path, root }: { path: string; root: string }): string {
  return root !== "" && path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

function ancestors(path: string): string[] {
  const folders = path.split("/").slice(0, -1);
  return folders.map((_, index) => folders.slice(0, index + 1).join("/")).concat("");
}

function commonFolder(paths: string[]): string {
  const [first, ...rest] = paths.map((path) => path.split("/").slice(0, -1));
  if (first === undefined) return "app";
  const shared = first.filter((folder, index) =>
    rest.every(
      (other) => other.slice(0, index + 1).join("/") === first.slice(0, index + 1).join("/") && other[index] === folder,
    ),
  );
  return shared.join("/");
}

function parentFolder(path: string): string {
  return path.split("/").slice(0, -1).join("/");
}

function join(folder: string, file: string): string {
  return folder === "" ? file : `${folder}/${file}`;
}

function mostCommon(values: string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? "";
}
