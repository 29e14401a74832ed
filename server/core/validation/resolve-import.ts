/** The files of a tree, and the directories that they make, for answering what an import names. */
export type ModulePaths = { files: ReadonlySet<string>; directories: ReadonlySet<string> };

export function listModulePaths(files: Iterable<string>): ModulePaths {
  const paths = new Set(files);
  const directories = new Set<string>([""]);
  for (const path of paths) {
    for (
      let end = path.lastIndexOf("/");
      end > 0 && !directories.has(path.slice(0, end));
      end = path.lastIndexOf("/", end - 1)
    )
      directories.add(path.slice(0, end));
  }
  return { files: paths, directories };
}

/** `outside`: not a module of this project as far as its files tell, so nothing can be said. */
export type ImportResolution = "found" | "missing" | "outside";

const scriptEndings = [
  "",
  ".ts",
  ".tsx",
  ".mts",
  ".cts",
  ".d.ts",
  ".js",
  ".jsx",
  ".mjs",
  ".cjs",
  ".json",
  ".vue",
  ".svelte",
  ".css",
  ".astro",
  ".node",
];

/** Written by build steps, so absent from a project's own files with good reason. */
const generatedModule =
  /(?:^|\/)(?:\.?generated|__generated__|\+types|\.[\w-]+|dist|build|out|node_modules)(?:\/|$)|\.gen(?:\.[cm]?[jt]sx?)?$/;

/**
 * Resolves a relative import of TypeScript or JavaScript as bundlers do: with endings, with `.js` for `.ts`, and to an
 * index file.
 */
export function resolveScriptImport({
  importer,
  specifier,
  paths,
}: {
  importer: string;
  specifier: string;
  paths: ModulePaths;
}): ImportResolution {
  if (!/^\.{1,2}(?:\/|$)/.test(specifier)) return "outside";
  const target = joinPath({ directory: getDirectory(importer), relative: specifier.replace(/[?#].*$/, "") });
  if (target === null || generatedModule.test(target)) return "outside";
  const bases = [target, target.replace(/\.[cm]?jsx?$/, "")];
  const candidates = bases.flatMap((base) =>
    scriptEndings.flatMap((ending) => [`${base}${ending}`, base === "" ? `index${ending}` : `${base}/index${ending}`]),
  );
  if (candidates.some((candidate) => paths.files.has(candidate))) return "found";
  return paths.directories.has(target) && paths.files.has(target === "" ? "package.json" : `${target}/package.json`)
    ? "found"
    : "missing";
}

/**
 * Resolves a Python module. An absolute one belongs to the project where its first part is a package or module in a
 * directory above the importer that is no package itself, or in a `src` folder there.
 */
export function resolvePythonImport({
  importer,
  module,
  paths,
}: {
  importer: string;
  module: string;
  paths: ModulePaths;
}): ImportResolution {
  const [, dots = "", rest = ""] = /^(\.*)(.*)$/s.exec(module.replace(/\s+/g, "")) ?? [];
  const parts = rest === "" ? [] : rest.split(".");
  if (dots !== "") {
    const start = joinPath({ directory: getDirectory(importer), relative: "../".repeat(dots.length - 1) });
    return start === null ? "missing" : resolveParts({ root: start, parts, paths });
  }
  const [first = ""] = parts;
  const roots = listRoots({ importer, paths }).filter((root) => isModule({ path: joinParts(root, first), paths }));
  if (roots.length === 0) return "outside";
  return roots.some((root) => resolveParts({ root, parts, paths }) === "found") ? "found" : "missing";
}

function resolveParts({
  root,
  parts,
  paths,
}: {
  root: string;
  parts: readonly string[];
  paths: ModulePaths;
}): ImportResolution {
  return isModule({ path: parts.reduce(joinParts, root), paths }) ? "found" : "missing";
}

/** A module file, or a directory with Python in it: packages need no `__init__.py`. */
function isModule({ path, paths }: { path: string; paths: ModulePaths }): boolean {
  return path === "" || [".py", ".pyi"].some((ending) => paths.files.has(path + ending)) || paths.directories.has(path);
}

/** Where Python may start to look: directories of the importer's path, and `src` in them, that are not packages. */
function listRoots({ importer, paths }: { importer: string; paths: ModulePaths }): string[] {
  const roots: string[] = [];
  for (let directory = getDirectory(importer); ; directory = getDirectory(directory)) {
    roots.push(directory, joinParts(directory, "src"));
    if (directory === "") return roots.filter((root) => !paths.files.has(joinParts(root, "__init__.py")));
  }
}

function getDirectory(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function joinParts(root: string, part: string): string {
  return root === "" ? part : `${root}/${part}`;
}

/** Null where the path leaves the project. */
function joinPath({ directory, relative }: { directory: string; relative: string }): string | null {
  const segments = directory === "" ? [] : directory.split("/");
  for (const segment of relative.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.join("/");
}
