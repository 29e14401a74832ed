import { join } from "node:path";
import { fileURLToPath } from "node:url";

const cacheDir = fileURLToPath(new URL("../../node_modules/.cache/graft", import.meta.url));

/**
 * A directory for the data of a suite's processes, reused by later suites. Suites run side by side, so Vitest's worker
 * is part of its name.
 */
export function faultDirectory(name: string): string {
  return join(cacheDir, `fault-${process.env["VITEST_POOL_ID"] ?? "1"}-${name}`);
}
