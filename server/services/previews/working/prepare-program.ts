import { findMissing } from "#server/checks/find-missing.ts";
import { LogKeeper } from "#server/checks/log-keeper.ts";
import type { PreviewDoor } from "#server/sandbox/preview-door.ts";
import type { SandboxCommand } from "#server/sandbox/run-in-sandbox.ts";
import { checkLimits } from "#server/sandbox/sandbox-limits.ts";
import type { Sandbox } from "#server/sandbox/sandbox.ts";
import { PreviewEnded } from "./preview-ended.ts";

/** The common settings of a program's commands. */
export type Program = Pick<SandboxCommand, "folder" | "env" | "readPaths" | "writePaths">;

/** Runs the preparation of a version's program. @throws PreviewEnded */
export async function prepareProgram({
  sandbox,
  program,
  door,
  commands,
  signal,
  onOutput,
}: {
  sandbox: Sandbox;
  program: Program;
  door: PreviewDoor;
  commands: readonly { directory: string; command: string }[];
  signal: AbortSignal;
  onOutput: (chunk: Buffer) => void;
}): Promise<void> {
  for (const { directory, command } of commands) {
    onOutput(Buffer.from(`$ ${command}\n`));
    const keeper = new LogKeeper({ maxBytes: 20_000 });
    const end = await sandbox.run({
      ...program,
      command: door.wrap({ command, isServed: false }),
      directory,
      limits: checkLimits,
      signal,
      onOutput(chunk) {
        keeper.add(chunk);
        onOutput(chunk);
      },
    });
    signal.throwIfAborted();
    if (end.status === "exited" && end.exitCode === 0) continue;
    const what = `It was not started, because ${command}, which prepares it,`;
    const missing = findMissing({ end, log: keeper.read() });
    const why = end.status === "limited" ? `reached the limit of ${end.limit}.` : "failed. Its log says why.";
    throw new PreviewEnded({
      status: "FAILED",
      reason: missing === null ? `${what} ${why}` : `${what} could not run. ${missing}`,
    });
  }
}
