import { spawn, type ChildProcess } from "node:child_process";
import { logger } from "#server/logger.ts";
import { heartbeat, heartbeatIntervalMs } from "./heartbeat.ts";

const firstRestartDelayMs = 100;
const maxRestartDelayMs = 10_000;

/**
 * After a process has run this long, the delay before its next restart starts from zero again. With a longer time, a
 * host whose processes are killed every few seconds would be down most of the time.
 */
const healthyAfterMs = 3_000;

export type SupervisedProcess = {
  /** Sends SIGTERM, and SIGKILL when the grace period is over. */
  stop(): Promise<void>;
};

/**
 * Runs a Node process and restarts it when it exits by itself, after a delay that grows with each crash. The process
 * has an IPC channel, so it notices at once when its supervisor exits, even after kill -9. A process that has sent
 * heartbeats and then none for `silenceLimitMs` is blocked: the supervisor kills it and restarts it like one that
 * crashed. Its standard error is passed through; its standard output is dropped.
 */
export function superviseProcess({
  name,
  args,
  env,
  stopTimeoutMs,
  silenceLimitMs,
  message,
}: {
  name: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  stopTimeoutMs: number;
  silenceLimitMs: number;
  /** Sent to each process once it is known. */
  message?: Promise<object>;
}): SupervisedProcess {
  let child: ChildProcess | null = null;
  let isStopping = false;
  let restartDelayMs = firstRestartDelayMs;
  let restartTimer: NodeJS.Timeout | null = null;

  const start = () => {
    const startedAt = Date.now();
    const startedChild = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
    child = startedChild;
    void message?.then((known) => startedChild.connected && startedChild.send(known, () => undefined));
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
      // A process that was never started emits no exit event to wait for.
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
 * Counts intervals without a heartbeat instead of time, because both processes miss the same intervals while the
 * machine sleeps. Counting starts with the first heartbeat, because loading the modules blocks a process as well.
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
