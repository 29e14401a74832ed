import { join } from "node:path";
import type { Sandbox } from "#server/sandbox/sandbox.ts";
import { createContentCache, type ContentCache } from "./content-cache.ts";
import { createPackageInstaller, trimPackages, type PackageInstaller } from "./install-packages.ts";
import type { PackageRegistries } from "./package-registries.ts";
import { readToolchain } from "./read-toolchain.ts";

/** Turns a version into a folder that commands run in, with caches that persist between versions. */
export type VersionTools = {
  packages: PackageInstaller;
  getCache(): Promise<ContentCache>;
  /** Null if there is no sandbox. */
  getToolchain(): Promise<string | null>;
  /** Called lazily before the first use, because many processes never run a command. */
  tidy(): Promise<void>;
};

export function createVersionTools({
  sandbox,
  registries,
}: {
  sandbox: Sandbox;
  registries: PackageRegistries;
}): VersionTools {
  let cache: Promise<ContentCache> | null = null;
  let toolchain: Promise<string> | null = null;
  let tidying: Promise<void> | null = null;
  const openCache = async () =>
    createContentCache({ directory: join((await sandbox.getMachine()).directory, "contents") });
  const tidy = async () => {
    await sandbox.sweep();
    await trimPackages((await sandbox.getMachine()).directory);
  };
  return {
    packages: createPackageInstaller({ sandbox, registries }),
    getCache: () => (cache ??= openCache()),
    async getToolchain() {
      if ((await sandbox.getState()).status === "unavailable") return null;
      return (toolchain ??= readToolchain(sandbox));
    },
    tidy: () => (tidying ??= tidy()),
  };
}
