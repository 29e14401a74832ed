import { spawn } from "node:child_process";
import { constants } from "node:os";
import { nodePath, projectDir, runtimeEnv } from "./set-up.mjs";

const parentPid = process.ppid;
const parentPollMs = 500;

/**
 * Runs a TypeScript entry under Node 24, forwards signals, and exits with its code. Its IPC channel tells it when this
 * process has ended, even by kill -9.
 */
export function runTypeScript(entry, args = []) {
  const child = spawn(nodePath, [entry, ...args], {
    cwd: projectDir,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: runtimeEnv(),
  });
  // This process must outlive its child, which may receive Ctrl-C twice: from the terminal and from here.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
  if (process.env.npm_lifecycle_event !== undefined) stopWithNpm(child);
}

/** npm runs this through a shell, which a SIGTERM ends without forwarding it. */
function stopWithNpm(child) {
  const timer = setInterval(() => {
    if (process.ppid === parentPid) return;
    clearInterval(timer);
    child.kill("SIGTERM");
  }, parentPollMs);
}
