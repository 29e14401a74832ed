import { spawn, type ChildProcess } from "node:child_process";
import { logger } from "#server/logger.ts";

const firstRestartDelayMs = 200;
const maxRestartDelayMs = 10_000;

/** A process that ran this long was healthy, so that its next crash is restarted at once again. */
const healthyAfterMs = 30_000;

export type SupervisedProcess = {
  /** Asks it to end, and after its time ends it. */
  stop(): Promise<void>;
};

/**
 * Runs a Node process and starts it again, later each time, when it ends by itself. It has an IPC channel, so that it
 * notices at once when this process is gone, even by kill -9. Its standard error is ours; what else it prints is
 * dropped.
 */
export function superviseProcess({
  name,
  args,
  env,
  stopTimeoutMs,
}: {
  name: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  stopTimeoutMs: number;
}): SupervisedProcess {
  let child: ChildProcess | null = null;
  let isStopping = false;
  let restartDelayMs = firstRestartDelayMs;
  let restartTimer: NodeJS.Timeout | null = null;

  const start = () => {
    const startedAt = Date.now();
    const startedChild = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
    child = startedChild;
    const onEnd = (reason: object) => {
      child = null;
      if (isStopping) return;
      if (Date.now() - startedAt > healthyAfterMs) restartDelayMs = firstRestartDelayMs;
      logger.warn({ name, ...reason, restartDelayMs }, "process ended; starting it again");
      restartTimer = setTimeout(start, restartDelayMs);
      restartDelayMs = Math.min(restartDelayMs * 2, maxRestartDelayMs);
    };
    startedChild.once("exit", (code, signal) => onEnd({ code, signal }));
    startedChild.on("error", (error) => {
      // A process that was never started has no end to wait for.
      if (startedChild.pid === undefined) onEnd({ err: error });
    });
  };
  start();

  return {
    async stop() {
      isStopping = true;
      if (restartTimer !== null) clearTimeout(restartTimer);
      const running = child;
      if (running === null) return;
      const ended = new Promise<void>((resolve) => running.once("exit", () => resolve()));
      running.kill("SIGTERM");
      const killTimer = setTimeout(() => running.kill("SIGKILL"), stopTimeoutMs);
      await ended;
      clearTimeout(killTimer);
    },
  };
}
