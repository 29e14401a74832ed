import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { build, fail, nodePath, projectDir, runtimeEnv, say, setUp } from "./set-up.mjs";
import { ensureChromium, ensurePython, ensureSandbox, findChromium } from "./find-chromium.mjs";
import { findLeftovers, listOwnProcesses, makeTemporaryDirectory, removeClosedHomes } from "./find-leftovers.mjs";

const reportDir = join(projectDir, "node_modules", ".cache", "graft", "reports");
const modules = (path) => join(projectDir, "node_modules", path);

const counts = { passed: 0, failed: 0, skipped: 0 };
/** Repeated at the very end, because logs are read from their end. */
const failedTests = [];

/**
 * The parts of `npm test -- NAME`; without a name all of them, in this order. One after another, because the machine is
 * small.
 */
const parts = {
  lint() {
    run([modules("oxfmt/bin/oxfmt"), "--check", "."]);
    run([modules("oxlint/bin/oxlint"), "--quiet"]);
    run(["scripts/check-imports.ts"]);
    run(["scripts/check-licences.ts"]);
  },
  types() {
    run([modules("typescript/bin/tsc"), "--noEmit", "-p", "."]);
  },
  unit(args) {
    ensurePython();
    ensureSandbox();
    runVitest("unit", args);
  },
  database(args) {
    ensureSandbox();
    ensureChromium();
    runVitest("database", args);
  },
  /** Kills, cuts and floods, in the size for each change; GRAFT_FAULTS=nightly for long runs. */
  faults(args) {
    build();
    runVitest("faults", args);
  },
  browser(args) {
    const chromium = findChromium();
    build();
    const report = join(reportDir, "browser.json");
    run([modules("@playwright/test/cli.js"), "test", ...args], {
      GRAFT_CHROMIUM: chromium,
      // Journeys also wait, so two at a time take two thirds of the time even on two processors. For a few journeys, a
      // second server would only cost its start.
      GRAFT_E2E_SERVERS: String(args.length > 0 || availableParallelism() < 2 ? 1 : 2),
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      // Its compile cache would otherwise be in the temporary directory.
      PWTEST_CACHE_DIR: join(reportDir, "..", "playwright"),
    });
    if (!existsSync(report)) return;
    const { stats, suites } = JSON.parse(readFileSync(report, "utf8"));
    count({ passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped });
    for (const spec of suites.flatMap(listSpecs)) {
      const [error] = spec.tests.flatMap(({ results }) => results.flatMap(({ errors }) => errors));
      if (!spec.ok) failedTests.push({ name: `${spec.file} > ${spec.title}`, message: error?.message });
    }
  },
};

const [name, ...args] = process.argv.slice(2);
if (name !== undefined && !Object.hasOwn(parts, name))
  fail(`There is no part ${name}. The parts are ${Object.keys(parts).join(", ")}.`);
setUp();
rmSync(reportDir, { recursive: true, force: true });
mkdirSync(reportDir, { recursive: true });
const before = name === undefined ? listOwnProcesses() : null;
const temporaryDirectory = makeTemporaryDirectory();
process.env.TMPDIR = temporaryDirectory;
const failedParts = new Set();
let current = "";
for (const part of name === undefined ? Object.keys(parts) : [name]) {
  const startedAt = Date.now();
  current = part;
  say(`\n── ${part}`);
  parts[part](name === undefined ? [] : args);
  say(`── ${part}: ${((Date.now() - startedAt) / 1000).toFixed(1)} s${failedParts.has(part) ? ", failed" : ""}`);
}
const leftovers = findLeftovers({ before, temporaryDirectory });
// All of them ran, so their clusters are not needed again soon.
if (name === undefined) removeClosedHomes();
for (const leftover of leftovers) say(`\n✗ ${leftover}`);
if (leftovers.length > 0) failedParts.add("leftovers");
for (const { name: test, message } of failedTests) say(`\n✗ ${test}\n${indent(message ?? "")}`);
if (failedParts.size > 0) say(`\nFailed: ${[...failedParts].join(", ")}`);
say(`\n${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ""}`);
process.exit(failedParts.size > 0 || counts.failed > 0 ? 1 : 0);

function runVitest(project, args) {
  const report = join(reportDir, `${project}.json`);
  rmSync(report, { force: true });
  run([
    modules("vitest/vitest.mjs"),
    "run",
    "--project",
    project,
    "--passWithNoTests",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...args,
  ]);
  if (!existsSync(report)) return;
  const result = JSON.parse(readFileSync(report, "utf8"));
  // A file that fails to load has no failing test.
  const unloaded = result.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  ).length;
  count({
    passed: result.numPassedTests,
    failed: result.numFailedTests + unloaded,
    skipped: result.numPendingTests + result.numTodoTests,
  });
  for (const { name: file, status, message, assertionResults } of result.testResults) {
    if (status === "failed" && assertionResults.length === 0)
      failedTests.push({ name: relative(projectDir, file), message });
    for (const test of assertionResults)
      if (test.status === "failed")
        failedTests.push({
          name: `${relative(projectDir, file)} > ${test.fullName}`,
          message: test.failureMessages[0],
        });
  }
}

/** The specs of one of Playwright's suites, which are nested. */
function listSpecs({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(listSpecs)];
}

function indent(message) {
  return message
    .split("\n")
    .slice(0, 12)
    .map((line) => `    ${line}`)
    .join("\n");
}

function run(args, env = {}) {
  const { status } = spawnSync(nodePath, args, {
    cwd: projectDir,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...runtimeEnv(), ...env },
  });
  if (status !== 0) failedParts.add(current);
}

function count({ passed, failed, skipped }) {
  counts.passed += passed;
  counts.failed += failed;
  counts.skipped += skipped;
}
