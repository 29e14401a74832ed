import { spawn } from "node:child_process";
import { constants } from "node:os";
import { nodePath, projectDir, runtimeEnv } from "./set-up.mjs";

/**
 * Runs a TypeScript entry under Node 24, hands signals on, and ends as it ends. Its IPC channel tells it when this process
 * is gone, even by kill -9.
 */
export function runTypeScript(entry, args = []) {
  const child = spawn(nodePath, [entry, ...args], { cwd: projectDir, stdio: ["inherit", "inherit", "inherit", "ipc"], env: runtimeEnv() });
  // This process must not end before its child, which may hear of a Ctrl-C twice: from the terminal and from here.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}
