import { findMissing } from "#server/checks/find-missing.ts";
import { LogKeeper } from "#server/checks/log-keeper.ts";
import type { PreviewDoor } from "#server/sandbox/preview-door.ts";
import type { SandboxEnd, SandboxLimit } from "#server/sandbox/sandbox-end.ts";
import { previewLimits } from "#server/sandbox/sandbox-limits.ts";
import type { Sandbox } from "#server/sandbox/sandbox.ts";
import type { Program } from "./prepare-program.ts";
import type { PreviewEnd } from "./preview-ended.ts";

/** Time for a production build of a large front end, and the start of its output. */
const openTimeoutMs = 5 * 60_000;

const limitWords: Readonly<Record<SandboxLimit, string>> = {
  time: `It ran for ${previewLimits.timeoutMs / 3_600_000} hours and was ended. Start it again to continue.`,
  memory: `It took more than ${previewLimits.memoryBytes / 1_073_741_824} GiB of memory and was ended.`,
  disk: `It wrote more than ${previewLimits.diskBytes / 1_073_741_824} GiB or ${previewLimits.diskFiles} files and was ended.`,
  output: `It printed more than ${previewLimits.outputBytes / 1_048_576} MiB and was ended.`,
};

/** Runs the program until it ends or is stopped. Resolves when none of its processes is left. */
export async function serveProgram({
  sandbox,
  program,
  door,
  command,
  signal,
  ending,
  events,
}: {
  sandbox: Sandbox;
  program: Program;
  door: PreviewDoor;
  command: string;
  signal: AbortSignal;
  /** A resource limit was exceeded. Its reason is the message for the user. */
  ending: AbortSignal | null;
  events: { onOpen(door: PreviewDoor): void; onOutput(chunk: Buffer): void };
}): Promise<PreviewEnd> {
  const tooLate = new AbortController();
  const timer = setTimeout(() => tooLate.abort(), openTimeoutMs);
  const keeper = new LogKeeper({ maxBytes: 20_000 });
  let isOpen = false;
  void door.opened.then(() => {
    if (tooLate.signal.aborted || signal.aborted) return;
    clearTimeout(timer);
    isOpen = true;
    events.onOpen(door);
  });
  events.onOutput(Buffer.from(`$ ${command}\n`));
  const end = await sandbox.run({
    ...program,
    command: door.wrap({ command, isServed: true }),
    limits: previewLimits,
    signal: AbortSignal.any([signal, tooLate.signal, ...(ending === null ? [] : [ending])]),
    onOutput(chunk) {
      keeper.add(chunk);
      events.onOutput(chunk);
    },
  });
  clearTimeout(timer);
  signal.throwIfAborted();
  if (ending?.aborted === true) return { status: "STOPPED", reason: String(ending.reason) };
  if (tooLate.signal.aborted)
    return {
      status: "FAILED",
      reason: `It did not listen on any port within ${openTimeoutMs / 60_000} minutes, so it was stopped. Its log may say why.`,
    };
  return { status: isOpen ? "STOPPED" : "FAILED", reason: explain({ end, isOpen, log: keeper.read() }) };
}

function explain({ end, isOpen, log }: { end: SandboxEnd; isOpen: boolean; log: string }): string {
  if (end.status === "limited") return limitWords[end.limit];
  const missing = findMissing({ end, log });
  if (missing !== null) return missing;
  const code = end.status === "exited" ? ` with code ${end.exitCode}` : "";
  return isOpen
    ? `The program exited${code}. Its log says why.`
    : `The program exited${code} before it listened on a port. Its log says why.`;
}
