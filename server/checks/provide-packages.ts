import { join } from "node:path";
import type { FilePath } from "#lib/contracts/ids.ts";
import { planInstalls, type Install } from "#server/core/checks/plan-installs.ts";
import type { FileTree } from "#server/core/file-tree.ts";
import type { ReadPath } from "#server/sandbox/build-arguments.ts";
import type { Installed, PackageInstaller } from "./install-packages.ts";

/** Installs the packages of every folder of a version that has manifests. */
export async function providePackages({
  packages,
  tree,
  texts,
  isNeeded,
  ...options
}: {
  packages: PackageInstaller;
  tree: FileTree;
  /** Of the manifests. */
  texts: ReadonlyMap<FilePath, string>;
  isNeeded: (install: Install) => boolean;
  readText: (path: FilePath) => Promise<string>;
  toolchain: string;
  signal: AbortSignal;
  onOutput: (chunk: Buffer) => void;
}): Promise<Installed> {
  const readPaths: ReadPath[] = [];
  for (const install of planInstalls({ paths: [...tree.keys()], texts })) {
    if (!isNeeded(install) || hasOwn({ tree, folder: join(install.directory, install.target) })) continue;
    const result = await packages.install({ install, tree, ...options });
    if (result.status !== "installed") return result;
    readPaths.push(...result.readPaths);
  }
  return { status: "installed", readPaths };
}

/** A version that contains its packages is run with those. */
function hasOwn({ tree, folder }: { tree: FileTree; folder: string }): boolean {
  for (const path of tree.keys()) if (path === folder || path.startsWith(`${folder}/`)) return true;
  return false;
}
