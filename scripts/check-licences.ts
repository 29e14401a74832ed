import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findLicenceFaults, listProductionPackages, type Lock, type LockedPackage } from "./find-licence-faults.ts";

const projectDir = fileURLToPath(new URL("../", import.meta.url));

const lock = readJson("package-lock.json") as Lock;
const faults = findLicenceFaults({
  lock,
  readLicence: (path) => (readJson(`${path}/package.json`) as LockedPackage | null)?.license,
});
for (const fault of faults) console.error(fault);
console.log(`${listProductionPackages(lock).length} packages of the production tree, ${faults.length} licence faults`);
process.exitCode = faults.length > 0 ? 1 : 0;

/** Null if there is no such file. */
function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(`${projectDir}${path}`, "utf8"));
  } catch {
    return null;
  }
}
