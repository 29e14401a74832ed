import type { FilePath } from "#lib/contracts/ids.ts";
import { listFolders, readPackageJson, type ProjectFolder } from "./read-manifests.ts";

export type PackageManager = "npm" | "pnpm" | "yarn";

/** Packages that a version needs before its checks can run. */
export type Install = {
  tool: PackageManager | "pip";
  directory: string;
  /** The files that determine the packages: versions with equal contents of these share one installation. */
  inputs: FilePath[];
  /** The folder that the installation creates, within `directory`. */
  target: "node_modules" | ".venv";
  isLocked: boolean;
};

const lockNames: readonly { name: string; manager: PackageManager }[] = [
  { name: "package-lock.json", manager: "npm" },
  { name: "npm-shrinkwrap.json", manager: "npm" },
  { name: "pnpm-lock.yaml", manager: "pnpm" },
  { name: "yarn.lock", manager: "yarn" },
];

const manifestOrLock =
  /(^|\/)(package(-lock)?\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|yarn\.lock)$/;

/** Decides by the folder's lock file, or by that of a parent folder with this folder in its workspaces. */
export function findPackageManager({
  folder,
  folders,
}: {
  folder: ProjectFolder;
  folders: readonly ProjectFolder[];
}): PackageManager {
  const owner = findRoot({ folder, folders }) ?? folder;
  return lockNames.find(({ name }) => owner.names.has(name))?.manager ?? "npm";
}

/** The parent folder with workspaces. */
function findRoot({
  folder,
  folders,
}: {
  folder: ProjectFolder;
  folders: readonly ProjectFolder[];
}): ProjectFolder | undefined {
  return folders.find(
    (other) =>
      other !== folder &&
      (other.directory === "" || folder.directory.startsWith(`${other.directory}/`)) &&
      (readPackageJson(other.texts.get("package.json"))?.hasWorkspaces === true ||
        other.names.has("pnpm-workspace.yaml")),
  );
}

export function planInstalls({
  paths,
  texts,
}: {
  paths: readonly FilePath[];
  texts: ReadonlyMap<FilePath, string>;
}): Install[] {
  const folders = listFolders({ paths, texts });
  return folders.flatMap((folder) => [...planNode({ folder, folders, paths }), ...planPython(folder)]);
}

function planNode({
  folder,
  folders,
  paths,
}: {
  folder: ProjectFolder;
  folders: readonly ProjectFolder[];
  paths: readonly FilePath[];
}): Install[] {
  const manifest = readPackageJson(folder.texts.get("package.json"));
  if (manifest === null || findRoot({ folder, folders }) !== undefined) return [];
  const lock = lockNames.find(({ name }) => folder.names.has(name));
  if (manifest.dependencies.size === 0 && !manifest.hasWorkspaces && lock === undefined) return [];
  const prefix = folder.directory === "" ? "" : `${folder.directory}/`;
  const isWhole = manifest.hasWorkspaces || folder.names.has("pnpm-workspace.yaml");
  const inputs = paths.filter(
    (path) =>
      path.startsWith(prefix) && manifestOrLock.test(path) && (isWhole || !path.slice(prefix.length).includes("/")),
  );
  return [
    {
      tool: lock?.manager ?? "npm",
      directory: folder.directory,
      inputs,
      target: "node_modules",
      isLocked: lock !== undefined,
    },
  ];
}

function planPython({ directory, names, texts }: ProjectFolder): Install[] {
  const prefix = directory === "" ? "" : `${directory}/`;
  const inputs = ["requirements.txt", "requirements-dev.txt"].filter((name) => (texts.get(name)?.trim() ?? "") !== "");
  if (inputs.length > 0 || !names.has("pyproject.toml") || !hasDependencies(texts.get("pyproject.toml") ?? ""))
    return inputs.length === 0
      ? []
      : [
          {
            tool: "pip",
            directory,
            inputs: inputs.map((name) => `${prefix}${name}` as FilePath),
            target: ".venv",
            isLocked: false,
          },
        ];
  return [
    { tool: "pip", directory, inputs: [`${prefix}pyproject.toml` as FilePath], target: ".venv", isLocked: false },
  ];
}

function hasDependencies(text: string): boolean {
  return /^\s*dependencies\s*=\s*\[\s*["'\n]/m.test(text);
}
