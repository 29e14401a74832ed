import { spawn } from "node:child_process";
import { nodePath, projectDir, runtimeEnv } from "./set-up.mjs";

/** Runs a TypeScript entry under Node 24, hands signals on, and ends as it ends. */
export function runTypeScript(entry, args = []) {
  const child = spawn(nodePath, ["--disable-warning=ExperimentalWarning", entry, ...args], { cwd: projectDir, stdio: "inherit", env: runtimeEnv() });
  // A terminal's Ctrl-C reaches the child by itself; this process only must not end before it.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.on("SIGHUP", () => child.kill("SIGHUP"));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)));
}
