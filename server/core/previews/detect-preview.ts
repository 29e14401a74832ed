import type { FilePath } from "#lib/contracts/ids.ts";
import { findPackageManager, type PackageManager } from "#server/core/checks/plan-installs.ts";
import { quoteForShell } from "#server/core/checks/quote-for-shell.ts";
import { listFolders, readPackageJson, type ProjectFolder } from "#server/core/checks/read-manifests.ts";
import { findPythonServer } from "./find-python-server.ts";

type FoundPreview = { command: string; source: string };

/** A page server takes precedence over an API server. */
type Candidate = FoundPreview & { rank: 0 | 1 };

const backFolder = /(^|\/)(backend|back|server|api)$/;

/**
 * The command that shows a version in a browser, as its files suggest; null if they suggest none. The program should
 * listen on `$PORT`; if it listens elsewhere, that port is detected.
 */
export function detectPreview({
  paths,
  texts,
}: {
  paths: readonly FilePath[];
  /** The texts of files that `listPreviewTexts` names. */
  texts: ReadonlyMap<FilePath, string>;
}): FoundPreview | null {
  const listed = listFolders({ paths, texts });
  // Searches the whole project for programs, even if it has no files at its root.
  const hasTop = listed.some(({ directory }) => directory === "");
  const folders = hasTop ? listed : [{ directory: "", texts: new Map(), names: new Set<string>() }, ...listed];
  const found = folders.flatMap((folder) => {
    const [best] = listCandidates({ folder, folders, paths, texts }).sort((a, b) => a.rank - b.rank);
    return best === undefined ? [] : [{ ...best, directory: folder.directory }];
  });
  const root = found.find(({ directory }) => directory === "");
  if (root !== undefined) return { command: root.command, source: root.source };
  const isBack = ({ directory, rank }: { directory: string; rank: number }) => rank === 1 || backFolder.test(directory);
  const front = found.find((one) => !isBack(one));
  const back = found.find(isBack);
  const shown = front ?? back;
  if (shown === undefined) return findPage(paths);
  const inFolder = `cd ${quoteForShell(shown.directory)} && ${shown.command}`;
  const source = `${shown.directory}/${shown.source}`;
  if (front === undefined || back === undefined) return { command: inFolder, source };
  // The back end listens where its front end expects it: on its own port, not on the page's.
  const behind = `(cd ${quoteForShell(back.directory)} && ${listenOnOwnPort(back.command)}) & ${inFolder}`;
  return { command: behind, source: `${source}, ${back.directory}/${back.source}` };
}

function listenOnOwnPort(command: string): string {
  return command.includes("$PORT")
    ? command.replaceAll("$PORT", command.includes("flask") ? "5000" : "8000")
    : `env -u PORT ${command}`;
}

function listCandidates({
  folder,
  folders,
  paths,
  texts,
}: {
  folder: ProjectFolder;
  folders: readonly ProjectFolder[];
  paths: readonly FilePath[];
  texts: ReadonlyMap<FilePath, string>;
}): Candidate[] {
  const script = fromPackageJson({ folder, folders });
  const server = findPythonServer({ folder, folders, paths, texts });
  const target = fromMakefile(folder);
  return [
    ...(script === null ? [] : [{ ...script, rank: 0 as const }]),
    ...(server === null ? [] : [{ ...server, rank: 1 as const }]),
    ...(target === null ? [] : [{ ...target, rank: 1 as const }]),
  ];
}

const scriptNames = ["dev", "develop", "start", "preview", "serve"] as const;

/** Tools that only accept their port as an argument. */
const takesPort = /^\s*(?:npx )?(vite|astro|ng|webpack)(?: (?:dev|serve|preview))?(?:\s|$)/;

/** Starts the output of a build. */
const needsBuild = /\b(next start|vite preview|nuxt preview|node (\.\/)?(dist|build|\.output)\/)/;

function fromPackageJson({
  folder,
  folders,
}: {
  folder: ProjectFolder;
  folders: readonly ProjectFolder[];
}): FoundPreview | null {
  const manifest = readPackageJson(folder.texts.get("package.json"));
  const name = scriptNames.find((script) => manifest?.scripts[script] !== undefined);
  if (manifest === null || name === undefined) return null;
  const text = manifest.scripts[name] ?? "";
  const manager = findPackageManager({ folder, folders });
  const last = text.split(/&&|;/).at(-1) ?? "";
  const asked = takesPort.test(last) && !/--port|-p\b/.test(last) ? "--port $PORT" : "";
  const run = [`${manager} run ${name}`, ...(asked === "" ? [] : [separator[manager], asked])]
    .filter((word) => word !== "")
    .join(" ");
  const isBuilt = needsBuild.test(text) && manifest.scripts["build"] !== undefined;
  return { command: isBuilt ? `${manager} run build && ${run}` : run, source: "package.json" };
}

/** Inserted before the script's own arguments. */
const separator: Readonly<Record<PackageManager, string>> = { npm: "--", pnpm: "", yarn: "" };

function fromMakefile({ texts }: ProjectFolder): FoundPreview | null {
  const text = texts.get("Makefile") ?? "";
  const targets = new Set(Array.from(text.matchAll(/^([\w-]+)\s*:(?!=)/gm), ([, name]) => name));
  const target = ["dev", "run", "serve", "start"].find((name) => targets.has(name));
  return target === undefined ? null : { command: `make ${target}`, source: "Makefile" };
}

const pageFolders = ["", "public", "dist", "build", "site", "docs", "src"];

function findPage(paths: readonly FilePath[]): FoundPreview | null {
  const all = new Set<string>(paths);
  const found = pageFolders.find((name) => all.has(name === "" ? "index.html" : `${name}/index.html`));
  if (found === undefined) return null;
  return found === ""
    ? { command: "serve-folder .", source: "index.html" }
    : { command: `serve-folder ${found}`, source: `${found}/index.html` };
}
