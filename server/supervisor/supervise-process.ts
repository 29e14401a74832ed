import { spawn, type ChildProcess } from "node:child_process";
import { logger } from "#server/logger.ts";
import { heartbeat, heartbeatIntervalMs } from "./heartbeat.ts";

const firstRestartDelayMs = 100;
const maxRestartDelayMs = 10_000;

/**
 * A process that ran this long was healthy, so that its next crash is restarted at once again. Longer, and a host whose
 * processes are killed every few seconds would be down for most of the time.
 */
const healthyAfterMs = 3_000;

export type SupervisedProcess = {
  /** Asks it to end, and after its time ends it. */
  stop(): Promise<void>;
};

/**
 * Runs a Node process and starts it again, later each time, when it ends by itself. It has an IPC channel, so that it
 * notices at once when this process is gone, even by kill -9. One that sent heartbeats and then none for
 * `silenceLimitMs` is blocked: it is killed, and replaced like one that crashed. Its standard error is ours; what else
 * it prints is dropped.
 */
export function superviseProcess({
  name,
  args,
  env,
  stopTimeoutMs,
  silenceLimitMs,
}: {
  name: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  stopTimeoutMs: number;
  silenceLimitMs: number;
}): SupervisedProcess {
  let child: ChildProcess | null = null;
  let isStopping = false;
  let restartDelayMs = firstRestartDelayMs;
  let restartTimer: NodeJS.Timeout | null = null;

  const start = () => {
    const startedAt = Date.now();
    const startedChild = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
    child = startedChild;
    const stopWatching = watchHeartbeats({ child: startedChild, name, silenceLimitMs });
    const onEnd = (reason: object) => {
      stopWatching();
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

/**
 * Counts intervals without a heartbeat, and not time: a machine that slept lets both processes miss the same interval.
 * Counting starts with the first heartbeat, because loading the modules blocks a process as well.
 */
function watchHeartbeats({
  child,
  name,
  silenceLimitMs,
}: {
  child: ChildProcess;
  name: string;
  silenceLimitMs: number;
}): () => void {
  let silentMs = 0;
  let timer: NodeJS.Timeout | null = null;
  const count = () => {
    silentMs += heartbeatIntervalMs;
    if (silentMs <= silenceLimitMs) return;
    logger.error({ name, silentMs }, "process does not answer; it is replaced");
    child.kill("SIGKILL");
  };
  child.on("message", (message) => {
    if (message !== heartbeat) return;
    silentMs = 0;
    timer ??= setInterval(count, heartbeatIntervalMs);
  });
  return () => {
    if (timer !== null) clearInterval(timer);
  };
}
