import { join } from "node:path";
import type { Sandbox } from "#server/sandbox/sandbox.ts";
import { createContentCache, type ContentCache } from "./content-cache.ts";
import { createPackageInstaller, trimPackages } from "./install-packages.ts";
import type { PackageRegistries } from "./package-registries.ts";
import { readToolchain } from "./read-toolchain.ts";
import { runCheck, type CheckOutcome, type CheckRequest } from "./run-check.ts";

/** Runs checks of versions, with caches that persist between them. */
export type CheckRunner = {
  /** Null if there is no sandbox. */
  getToolchain(): Promise<string | null>;
  run(request: Omit<CheckRequest, "toolchain">): Promise<CheckOutcome>;
};

export function createCheckRunner({
  sandbox,
  registries,
}: {
  sandbox: Sandbox;
  registries: PackageRegistries;
}): CheckRunner {
  const packages = createPackageInstaller({ sandbox, registries });
  let cache: Promise<ContentCache> | null = null;
  let toolchain: Promise<string> | null = null;
  let tidying: Promise<void> | null = null;
  const isAvailable = async () => (await sandbox.getState()).status === "available";
  const getCache = async () =>
    createContentCache({ directory: join((await sandbox.getMachine()).directory, "contents") });
  const getToolchain = async () => ((await isAvailable()) ? (toolchain ??= readToolchain(sandbox)) : null);
  /** Lazily before the first check, because many workers never run one. */
  const tidy = async () => {
    await sandbox.sweep();
    await trimPackages((await sandbox.getMachine()).directory);
  };
  return {
    getToolchain,
    async run(request) {
      const state = await sandbox.getState();
      if (state.status === "unavailable") return { status: "could-not-run", reason: state.reason, log: "" };
      await (tidying ??= tidy());
      return runCheck({
        dependencies: { sandbox, cache: await (cache ??= getCache()), packages },
        request: { ...request, toolchain: (await getToolchain()) ?? "" },
      });
    },
  };
}
