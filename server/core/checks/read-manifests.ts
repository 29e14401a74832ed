import type { FilePath } from "#lib/contracts/ids.ts";

/** Files whose text determines checks and packages; for all others the name is enough. */
const manifestNames: ReadonlySet<string> = new Set([
  "package.json",
  "pyproject.toml",
  "requirements.txt",
  "requirements-dev.txt",
  "setup.cfg",
  "tox.ini",
  "Makefile",
]);

/** The depth to which folders are searched: repositories keep front end and back end in separate folders. */
const maxDepth = 2;

/** A folder that may have checks, with its manifests' texts and the names of its files. */
export type ProjectFolder = { directory: string; texts: ReadonlyMap<string, string>; names: ReadonlySet<string> };

const ignored = /(^|\/)(node_modules|vendor|dist|build|\.[^/]+|fixtures?|__fixtures__|examples?|templates?)(\/|$)/;

/** The manifests whose texts `listFolders` needs. */
export function listManifests(paths: Iterable<FilePath>): FilePath[] {
  return [...paths].filter((path) => {
    const { directory, name } = split(path);
    return manifestNames.has(name) && isNear(directory);
  });
}

export function listFolders({
  paths,
  texts,
}: {
  paths: Iterable<FilePath>;
  texts: ReadonlyMap<FilePath, string>;
}): ProjectFolder[] {
  const folders = new Map<string, { texts: Map<string, string>; names: Set<string> }>();
  for (const path of paths) {
    const { directory, name } = split(path);
    if (!isNear(directory)) continue;
    const folder = folders.get(directory) ?? { texts: new Map(), names: new Set() };
    folders.set(directory, folder);
    folder.names.add(name);
    const text = texts.get(path);
    if (text !== undefined) folder.texts.set(name, text);
  }
  return [...folders]
    .map(([directory, folder]) => ({ directory, ...folder }))
    .sort((a, b) => depth(a.directory) - depth(b.directory) || (a.directory < b.directory ? -1 : 1));
}

function split(path: string): { directory: string; name: string } {
  const slash = path.lastIndexOf("/");
  return { directory: slash === -1 ? "" : path.slice(0, slash), name: path.slice(slash + 1) };
}

function isNear(directory: string): boolean {
  return depth(directory) <= maxDepth && !ignored.test(directory);
}

function depth(directory: string): number {
  return directory === "" ? 0 : directory.split("/").length;
}

type PackageJson = {
  scripts: Readonly<Record<string, string>>;
  dependencies: ReadonlySet<string>;
  hasWorkspaces: boolean;
};

/** Null if the text is not a package.json. */
export function readPackageJson(text: string | undefined): PackageJson | null {
  if (text === undefined) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    const fields = value as Record<string, unknown>;
    const names = (key: string) => Object.keys(isRecord(fields[key]) ? fields[key] : {});
    const scripts = Object.entries(isRecord(fields["scripts"]) ? fields["scripts"] : {});
    return {
      scripts: Object.fromEntries(scripts.filter((entry): entry is [string, string] => typeof entry[1] === "string")),
      dependencies: new Set([...names("dependencies"), ...names("devDependencies"), ...names("optionalDependencies")]),
      hasWorkspaces: fields["workspaces"] !== undefined,
    };
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
