import type { Sandbox } from "#server/sandbox/sandbox.ts";
import { runCheck, type CheckOutcome, type CheckRequest } from "./run-check.ts";
import type { VersionTools } from "./version-tools.ts";

/** Runs checks of versions, with caches that persist between them. */
export type CheckRunner = {
  /** Null if there is no sandbox. */
  getToolchain(): Promise<string | null>;
  run(request: Omit<CheckRequest, "toolchain">): Promise<CheckOutcome>;
};

export function createCheckRunner({ sandbox, tools }: { sandbox: Sandbox; tools: VersionTools }): CheckRunner {
  return {
    getToolchain: () => tools.getToolchain(),
    async run(request) {
      const state = await sandbox.getState();
      if (state.status === "unavailable") return { status: "could-not-run", reason: state.reason, log: "" };
      await tools.tidy();
      return runCheck({
        dependencies: { sandbox, cache: await tools.getCache(), packages: tools.packages },
        request: { ...request, toolchain: (await tools.getToolchain()) ?? "" },
      });
    },
  };
}
