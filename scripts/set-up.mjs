// Plain JavaScript for any Node from 20.19, because it runs before anything is installed.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const projectDir = dirname(dirname(fileURLToPath(import.meta.url)));
const binDir = join(projectDir, "node_modules", ".bin");
export const nodePath = join(binDir, process.platform === "win32" ? "node.exe" : "node");

const stampDir = join(projectDir, "node_modules", ".cache", "graft", "stamps");
const sourceRoots = [
  "app",
  "components",
  "lib",
  "server",
  "public",
  "proxy.ts",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
  "prisma/schema.prisma",
];

/** What every command needs: packages, the Node 24 runtime, and the Prisma client. Skips what is up to date. */
export function setUp() {
  installPackages();
  ensureRuntime();
  generateClient();
}

/** The yardsticks of the benchmarks, which are not part of the product. */
export function installYardsticks() {
  const yardsticksDir = join(projectDir, "bench", "yardsticks");
  const state = hashOf([readFileSync(join(yardsticksDir, "package-lock.json"))]);
  if (isStamped("yardsticks", state) && existsSync(join(yardsticksDir, "node_modules"))) return;
  say("Installing what the benchmarks compare with…");
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: yardsticksDir,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0)
    fail("The yardsticks could not be installed. Check that the npm registry can be reached, then start again.");
  stamp("yardsticks", state);
}

/** The production build, if a source changed since the last one. */
export function build() {
  const state = hashOf(
    sourceRoots.flatMap(listFiles).map((path) => `${path} ${hashOf([readFileSync(join(projectDir, path))])}`),
  );
  if (isStamped("build", state) && existsSync(join(projectDir, ".next", "BUILD_ID"))) return;
  say("Building the web application…");
  runStep("The build", [join(projectDir, "node_modules/next/dist/bin/next"), "build"]);
  stamp("build", state);
}

/** The environment of our own processes: Node 24 is first in PATH. */
export function runtimeEnv() {
  return {
    NODE_COMPILE_CACHE: join(projectDir, "node_modules", ".cache", "graft", "compiled"),
    ...process.env,
    PATH: `${binDir}:${process.env.PATH ?? ""}`,
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

export function say(line) {
  console.log(line);
}

/** Exits with a message. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function installPackages() {
  const state = hashOf([readFileSync(join(projectDir, "package-lock.json"))]);
  if (isStamped("install", state)) return;
  say("Installing packages (first start and after updates)…");
  const { status } = spawnSync("npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: projectDir,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0)
    fail("The packages could not be installed. Check that the npm registry can be reached, then start again.");
  stamp("install", state);
}

/** If npm does not run install scripts, the `node` package has no runtime yet: this runs its own installer. */
function ensureRuntime() {
  if (majorVersion() >= 24) return;
  const packageDir = join(projectDir, "node_modules", "node");
  const installer = join(packageDir, "installArchSpecificPackage.js");
  if (existsSync(installer)) spawnSync(process.execPath, [installer], { cwd: packageDir, stdio: "inherit" });
  if (majorVersion() < 24)
    fail("The Node 24 runtime could not be installed. Install Node 24 yourself and start again.");
}

function majorVersion() {
  try {
    return Number.parseInt(execFileSync(nodePath, ["--version"], { encoding: "utf8" }).slice(1), 10);
  } catch {
    return 0;
  }
}

function generateClient() {
  const state = hashOf([
    readFileSync(join(projectDir, "prisma/schema.prisma")),
    readFileSync(join(projectDir, "package-lock.json")),
  ]);
  if (isStamped("client", state) && existsSync(join(projectDir, "server/store/prisma-client/client.ts"))) return;
  say("Generating the database client…");
  // The generator needs no schema engine, but the CLI would download one.
  runStep(
    "The database client",
    [join(projectDir, "node_modules/prisma-cli/build/index.js"), "generate"],
    { PRISMA_SCHEMA_ENGINE_BINARY: "/bin/true" },
    "pipe",
  );
  stamp("client", state);
}

function runStep(name, args, env = {}, stdio = "inherit") {
  const { status, stderr } = spawnSync(nodePath, args, {
    cwd: projectDir,
    stdio: ["ignore", stdio, stdio],
    env: { ...runtimeEnv(), ...env },
  });
  if (status !== 0) fail(`${name} failed. Nothing that was stored is affected.${stderr ? `\n${stderr}` : ""}`);
}

function listFiles(path) {
  const full = join(projectDir, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return (
    readdirSync(full, { recursive: true, withFileTypes: true })
      .filter(
        (entry) => entry.isFile() && !entry.parentPath.includes("__fixtures__") && !/\.test\.tsx?$/.test(entry.name),
      )
      .map((entry) => join(entry.parentPath, entry.name).slice(projectDir.length + 1))
      // Only tests import from there.
      .filter((name) => !/^server.faults\b/.test(name))
      .sort()
  );
}

function hashOf(parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
}

function isStamped(name, state) {
  const path = join(stampDir, name);
  return existsSync(path) && readFileSync(path, "utf8") === state;
}

function stamp(name, state) {
  mkdirSync(stampDir, { recursive: true });
  rmSync(join(stampDir, name), { force: true });
  writeFileSync(join(stampDir, name), state);
}
