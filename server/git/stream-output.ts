import { Readable } from "node:stream";
import { logger } from "#server/logger.ts";
import type { GitCommand, GitEngine } from "./git-engine.ts";

/**
 * The standard output of a command as a stream. The command is killed when `signal` aborts or when the stream is
 * cancelled. If the command fails, the stream fails, so that no reader takes a part for the whole.
 */
export function streamOutput({
  git,
  command,
  input,
  signal,
}: {
  git: GitEngine;
  command: GitCommand;
  input: Readable;
  signal: AbortSignal;
}): ReadableStream<Uint8Array> {
  const child = git.start(command);
  const stop = () => child.kill("SIGTERM");
  signal.addEventListener("abort", stop, { once: true });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr = `${stderr}${chunk.toString("utf8")}`.slice(0, 2_000)));
  const ended = new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      signal.removeEventListener("abort", stop);
      if (code === 0) return resolve();
      if (!signal.aborted) logger.warn({ code, stderr, command: command.args[0] }, "git ended early");
      reject(new Error(`git ${command.args[0]} ended with ${code ?? "a signal"}.`));
    });
  });
  // The reader may be gone when it fails.
  ended.catch(() => undefined);
  // A command may have read enough before all of its input arrived.
  child.stdin.on("error", () => undefined);
  input.once("error", stop);
  input.pipe(child.stdin);
  return Readable.toWeb(
    Readable.from(readUntilEnd({ output: child.stdout, ended, stop }), { objectMode: false }),
  ) as ReadableStream<Uint8Array>;
}

async function* readUntilEnd({
  output,
  ended,
  stop,
}: {
  output: Readable;
  ended: Promise<void>;
  stop: () => void;
}): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of output) yield chunk as Uint8Array;
    await ended;
  } finally {
    stop();
  }
}
