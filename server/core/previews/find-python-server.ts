import type { FilePath } from "#lib/contracts/ids.ts";
import type { ProjectFolder } from "#server/core/checks/read-manifests.ts";

type FoundServer = { command: string; source: string };

/** Created at the module's top level and named to the server. */
const application = /^(\w+)\s*(?::\s*[\w.]+\s*)?=\s*(?:\w+\.)?(FastAPI|Starlette|Flask|Quart)\(/m;
const factory = /^def (create_app|make_app)\(/m;

const manifests = ["requirements.txt", "pyproject.toml", "setup.cfg", "Pipfile"];

const asynchronous: ReadonlySet<string> = new Set(["FastAPI", "Starlette", "Quart"]);

/** How a folder's Python program serves HTTP; null if unknown. */
export function findPythonServer({
  folder,
  folders,
  paths,
  texts,
}: {
  folder: ProjectFolder;
  folders: readonly ProjectFolder[];
  paths: readonly FilePath[];
  texts: ReadonlyMap<FilePath, string>;
}): FoundServer | null {
  const { directory, names } = folder;
  if (names.has("manage.py"))
    return { command: "python3 manage.py runserver --noreload 127.0.0.1:$PORT", source: "manage.py" };
  const isProject = (one: ProjectFolder) => manifests.some((name) => one.names.has(name));
  // A folder of sources inside a project is not a project of its own.
  if (directory !== "" && !isProject(folder)) return null;
  const nested = folders.filter((one) => directory === "" && one.directory !== "" && isProject(one));
  const prefix = directory === "" ? "" : `${directory}/`;
  const isOwn = (path: string) => !nested.some((one) => path.startsWith(`${one.directory}/`));
  const sources = paths
    .filter((path) => path.startsWith(prefix) && path.endsWith(".py") && texts.has(path) && isOwn(path))
    .map((path) => ({ path: path.slice(prefix.length), text: texts.get(path) ?? "" }))
    .sort((a, b) => a.path.split("/").length - b.path.split("/").length || (a.path < b.path ? -1 : 1));
  for (const { path, text } of sources) {
    const [, name, framework] = application.exec(text) ?? [];
    if (name !== undefined && framework !== undefined) return serve({ path, name, framework });
  }
  for (const { path, text } of sources) {
    const name = factory.exec(text)?.[1];
    if (name !== undefined && /\bFlask\(/.test(text)) return serve({ path, name: `${name}()`, framework: "Flask" });
  }
  return null;
}

function serve({ path, name, framework }: { path: string; name: string; framework: string }): FoundServer {
  // With this layout, packages are imported relative to `src`.
  const isBelowSource = path.startsWith("src/");
  const inModule = isBelowSource ? path.slice("src/".length) : path;
  const module = inModule
    .replace(/\.py$/, "")
    .replace(/\/__init__$/, "")
    .replaceAll("/", ".");
  const command = asynchronous.has(framework)
    ? `python3 -m uvicorn ${isBelowSource ? "--app-dir src " : ""}${module}:${name} --host 127.0.0.1 --port $PORT`
    : `${isBelowSource ? "PYTHONPATH=src " : ""}python3 -m flask --app '${module}:${name}' run --port $PORT`;
  return { command, source: path };
}
