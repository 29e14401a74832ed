import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { FileTree } from "#server/core/file-tree.ts";
import type { Install } from "#server/core/checks/plan-installs.ts";
import { readPythonRequirements } from "#server/core/checks/read-python-requirements.ts";
import type { ReadPath } from "#server/sandbox/build-arguments.ts";
import { installLimits } from "#server/sandbox/sandbox-limits.ts";
import type { Sandbox } from "#server/sandbox/sandbox.ts";
import { removeWorkFolder } from "#server/sandbox/work-folder.ts";
import { buildInstallCommand } from "./build-install-command.ts";
import { LogKeeper } from "./log-keeper.ts";
import type { PackageRegistries } from "./package-registries.ts";

export type Installed =
  /** The package folders, and where the command sees them. */
  | { status: "installed"; readPaths: ReadPath[] }
  | { status: "failed"; reason: string; log: string }
  | { status: "cancelled" };

/** Folders inside installed packages that tools write to: writable copies for one command. */
export const writableFolders = [".cache", ".vite", ".vite-temp", ".prisma"];

export type PackageInstaller = {
  /** Installs a version's packages, once for equal manifests, lock files and tools. */
  install(options: {
    install: Install;
    tree: FileTree;
    readText: (path: FilePath) => Promise<string>;
    toolchain: string;
    signal: AbortSignal;
    onOutput: (chunk: Buffer) => void;
  }): Promise<Installed>;
};

export function createPackageInstaller({
  sandbox,
  registries,
}: {
  sandbox: Sandbox;
  registries: PackageRegistries;
}): PackageInstaller {
  /** Concurrent checks of one version need the same packages. */
  const inWork = new Map<string, Promise<Installed>>();
  return {
    async install(options) {
      const { install, tree, toolchain } = options;
      const key = hashInputs({ install, tree, toolchain });
      const place = join((await sandbox.getMachine()).directory, "packages", key);
      for (let running = inWork.get(key); running !== undefined; running = inWork.get(key)) await running;
      if (await exists(place)) {
        const now = new Date();
        await utimes(place, now, now);
        return { status: "installed", readPaths: await listTargets({ place, install }) };
      }
      const running = installOnce({ sandbox, registries, place, ...options }).finally(() => inWork.delete(key));
      inWork.set(key, running);
      return running;
    },
  };
}

type InstallOptions = Parameters<PackageInstaller["install"]>[0];

async function installOnce({
  sandbox,
  registries,
  place,
  install,
  readText,
  signal,
  onOutput,
}: InstallOptions & { sandbox: Sandbox; registries: PackageRegistries; place: string }): Promise<Installed> {
  const folder = await sandbox.makeFolder();
  try {
    await sandbox.writeFiles({ folder, files: await listInputs({ install, readText }) });
    const { command, env, registries: reached } = buildInstallCommand({ install, registries });
    const keeper = new LogKeeper({ maxBytes: 100_000 });
    const end = await sandbox.run({
      command,
      folder,
      directory: install.directory,
      env,
      network: { registries: reached },
      limits: installLimits,
      signal,
      onOutput(chunk) {
        keeper.add(chunk);
        onOutput(chunk);
      },
    });
    if (end.status === "cancelled") return end;
    const log = keeper.read();
    if (end.status !== "exited" || end.exitCode !== 0)
      return { status: "failed", reason: explain({ end, log, install }), log };
    if (install.target === "node_modules")
      for (const name of writableFolders)
        await mkdir(join(folder.files, install.directory, "node_modules", name), { recursive: true });
    await mkdir(dirname(place), { recursive: true });
    // Another worker may have installed the same first.
    await rename(folder.files, place).catch(async (error: unknown) => {
      if (!(await exists(place))) throw error;
    });
    return { status: "installed", readPaths: await listTargets({ place, install }) };
  } finally {
    await removeWorkFolder(folder);
  }
}

async function listInputs({
  install,
  readText,
}: {
  install: Install;
  readText: InstallOptions["readText"];
}): Promise<{ path: string; text: string }[]> {
  const files: { path: string; text: string }[] = [];
  for (const path of install.inputs) {
    const text = await readText(path);
    files.push({ path, text });
    if (path.endsWith("pyproject.toml"))
      files.push({
        path: join(dirname(path), ".graft-requirements.txt"),
        text: `${readPythonRequirements(text).join("\n")}\n`,
      });
  }
  return files;
}

function hashInputs({ install, tree, toolchain }: Pick<InstallOptions, "install" | "tree" | "toolchain">): string {
  const inputs = install.inputs.map((path) => [path, tree.get(path)?.contentHash ?? ""]);
  return createHash("sha256")
    .update(JSON.stringify([install.tool, install.directory, inputs, toolchain]))
    .digest("hex");
}

/** `node_modules` of the folder and of its workspaces. */
async function listTargets({ place, install }: { place: string; install: Install }): Promise<ReadPath[]> {
  const folders = new Set(
    install.target === ".venv"
      ? [install.directory]
      : install.inputs.map((path) => path.split("/").slice(0, -1).join("/")),
  );
  const targets = Array.from(folders, (folder) => join(folder, install.target));
  const found: ReadPath[] = [];
  for (const target of targets)
    if (await exists(join(place, target))) found.push({ from: join(place, target), to: `/work/${target}` });
  return found;
}

function explain({
  end,
  log,
  install,
}: {
  end: Exclude<Awaited<ReturnType<Sandbox["run"]>>, { status: "cancelled" }>;
  log: string;
  install: Install;
}): string {
  const what = `The packages of ${install.directory === "" ? "the project" : install.directory} could not be installed with ${install.tool}`;
  if (end.status === "refused") return `${what}: ${end.reason}`;
  if (end.status === "limited") return `${what}: it reached the limit of ${end.limit}.`;
  if (end.status === "exited" && end.exitCode === 127)
    return `${what}: ${install.tool} is not installed on this machine.`;
  const lines = log.split("\n").map((line) => line.trim());
  const telling = lines.find((line) => /^(npm error|error|ERROR|ERR_)/.test(line) && !/code|errno|syscall/.test(line));
  return `${what}: ${(telling ?? lines.findLast((line) => line !== "") ?? "it said nothing").slice(0, 300)}`;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Room for the packages of a few dozen lock files. */
const maxKept = 40;

/** Removes the least recently used packages before the first check of a process. */
export async function trimPackages(directory: string): Promise<void> {
  const place = join(directory, "packages");
  const names = await readdir(place).catch(() => []);
  const used = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(place, name))).mtimeMs })));
  const old = used.sort((a, b) => b.at - a.at).slice(maxKept);
  for (const { name } of old) await rm(join(place, name), { recursive: true, force: true });
}
