import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectDir } from "./set-up.mjs";

const cacheDir = join(projectDir, "node_modules", ".cache", "graft");
/** Where root keeps the clusters of data directories that PostgreSQL's user cannot enter. */
const closedHomesDir = "/var/lib/graft";

/**
 * A temporary directory for this run only, so that leftovers of tests are distinguishable from others. Its path is
 * short, because socket paths have a length limit.
 */
export function makeTemporaryDirectory() {
  const directory = mkdtempSync(join(tmpdir(), "graft-t-"));
  // PostgreSQL's user enters it too, when root runs the tests.
  chmodSync(directory, 0o711);
  return directory;
}

/** The Node and PostgreSQL processes of this clone, except this one and its ancestors. */
export function listOwnProcesses() {
  if (!existsSync("/proc")) return [];
  const above = new Set();
  for (let pid = process.pid; pid > 1 && !above.has(pid); pid = parentOf(pid)) above.add(pid);
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && !above.has(Number(name)))
    .flatMap((pid) => {
      const program = read(() => readlinkSync(`/proc/${pid}/exe`));
      if (program?.startsWith(`${projectDir}/`) !== true) return [];
      const command = read(() => readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim()) ?? program;
      return [{ pid: Number(pid), command: command.slice(0, 200) }];
    });
}

/**
 * A sentence for each process and file that a test run left. `before` are the processes at its start, or null if other
 * runs may be active in this clone. Leftovers in the temporary directory are removed.
 */
export function findLeftovers({ before, temporaryDirectory }) {
  const known = new Set(before?.map(({ pid }) => pid));
  const processes = before === null ? [] : listOwnProcesses().filter(({ pid }) => !known.has(pid));
  // A killed database leaves only its socket's empty directory; the next one removes it.
  const files = readdirSync(temporaryDirectory, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() || readdirSync(join(temporaryDirectory, entry.name)).length > 0)
    .map(({ name }) => name);
  rmSync(temporaryDirectory, { recursive: true, force: true });
  return [
    ...processes.map(({ pid, command }) => `The process ${pid} was left: ${command}`),
    ...files.map((name) => `${join(temporaryDirectory, name)} was left, and is removed now.`),
  ];
}

/** The tests' clusters are cached in this clone; clusters in another place are removed with the run. */
export function removeClosedHomes() {
  mkdirSync(cacheDir, { recursive: true });
  for (const name of readdirSync(cacheDir)) {
    const hash = createHash("sha256").update(join(cacheDir, name)).digest("hex").slice(0, 12);
    rmSync(join(closedHomesDir, hash), { recursive: true, force: true });
  }
}

function parentOf(pid) {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  return stat === undefined ? 0 : Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

function read(look) {
  try {
    return look();
  } catch {
    return undefined;
  }
}
