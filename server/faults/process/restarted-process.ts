import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

/**
 * The supervisor's back-off has tests of its own: here a process comes back at once, so that a hundred kills take two
 * minutes.
 */
const restartDelayMs = 50;

/** A Node process that is started again whenever it ends. */
export class RestartedProcess {
  readonly #args: readonly string[];
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess;
  #isStopping = false;
  /** All that it and its predecessors wrote to standard error. */
  log = "";

  constructor({ args, env }: { args: readonly string[]; env: NodeJS.ProcessEnv }) {
    this.#args = args;
    this.#env = env;
    this.#child = this.#start();
  }

  /** Absent from the moment when it is killed until it was started again. */
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
    // By the channel it notices the end of this process, even by kill -9.
    const child = spawn(process.execPath, this.#args, { env: this.#env, stdio: ["ignore", "ignore", "pipe", "ipc"] });
    child.stderr?.on("data", (chunk) => (this.log += String(chunk)));
    child.once("exit", async () => {
      await delay(restartDelayMs);
      if (!this.#isStopping) this.#child = this.#start();
    });
    return child;
  }
}
