import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const projectDir = fileURLToPath(new URL("../../", import.meta.url));
const nextBin = createRequire(import.meta.url).resolve("next/dist/bin/next");
const exitWithParent = new URL("exit-with-parent.ts", import.meta.url).href;

/** The arguments with which Node runs a worker. */
export const workerArgs: readonly string[] = [fileURLToPath(new URL("../jobs/worker-main.ts", import.meta.url))];

/** The arguments with which Node serves the production build. */
export function webArgs({ host, port }: { host: string; port: number }): string[] {
  return ["--import", exitWithParent, nextBin, "start", projectDir, "--hostname", host, "--port", String(port)];
}
