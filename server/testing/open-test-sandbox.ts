import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkLimits } from "#server/sandbox/sandbox-limits.ts";
import type { SandboxCommand } from "#server/sandbox/run-in-sandbox.ts";
import type { SandboxEnd } from "#server/sandbox/sandbox-end.ts";
import { createSandbox, type Sandbox } from "#server/sandbox/sandbox.ts";
import type { WorkFolder } from "#server/sandbox/work-folder.ts";

export type TestSandbox = {
  sandbox: Sandbox;
  directory: string;
  /** Why its tests are skipped here; null if they run. */
  reason: string | null;
  /** Runs a command in its own folder, or in the given one. */
  run(
    command: string,
    options?: Partial<Omit<SandboxCommand, "limits" | "command">> & { limits?: Partial<SandboxCommand["limits"]> },
  ): Promise<{ end: SandboxEnd; output: string; folder: WorkFolder; durationMs: number }>;
  remove(): Promise<void>;
};

/** A real sandbox on its own directory. */
export async function openTestSandbox(): Promise<TestSandbox> {
  const directory = await mkdtemp(join(tmpdir(), "graft-sandbox-"));
  await chmod(directory, 0o711);
  const sandbox = createSandbox({ dataDir: directory, searchPath: process.env["PATH"] ?? "" });
  const state = await sandbox.getState();
  return {
    sandbox,
    directory,
    reason: state.status === "available" ? null : state.reason,
    async run(command, { limits, ...options } = {}) {
      const folder = options.folder ?? (await sandbox.makeFolder());
      let output = "";
      const startedAt = performance.now();
      const end = await sandbox.run({
        signal: new AbortController().signal,
        onOutput: (chunk) => (output += chunk.toString("utf8")),
        ...options,
        command,
        folder,
        limits: { ...checkLimits, timeoutMs: 60_000, ...limits },
      });
      return { end, output, folder, durationMs: performance.now() - startedAt };
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
