import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

/**
 * The supervisor's back-off has its own tests. Here a process restarts at once, so that a hundred kills take two
 * minutes.
 */
const restartDelayMs = 50;

/** A Node process that is restarted whenever it exits. */
export class RestartedProcess {
  readonly #args: readonly string[];
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess;
  #isStopping = false;
  /** The standard error of this process and its predecessors. */
  log = "";

  constructor({ args, env }: { args: readonly string[]; env: NodeJS.ProcessEnv }) {
    this.#args = args;
    this.#env = env;
    this.#child = this.#start();
  }

  /** Absent between a kill and the restart. */
  get pid(): number | undefined {
    return this.#child.killed ? undefined : this.#child.pid;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill("SIGKILL");
    await once(this.#child, "exit");
  }

  #start(): ChildProcess {
    // Through the channel the process notices the end of this one, even after kill -9.
    const child = spawn(process.execPath, this.#args, { env: this.#env, stdio: ["ignore", "ignore", "pipe", "ipc"] });
    child.stderr?.on("data", (chunk) => (this.log += String(chunk)));
    child.once("exit", async () => {
      await delay(restartDelayMs);
      if (!this.#isStopping) this.#child = this.#start();
    });
    return child;
  }
}
