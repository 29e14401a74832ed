import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CheckStatus, GenerationCheck } from "#lib/contracts/versions/check.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { openTestSandbox } from "#server/testing/open-test-sandbox.ts";
import { countProcesses } from "#server/testing/count-processes.ts";
import { importTree } from "#server/testing/import-tree.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startTestServer, type TestServer } from "#server/testing/start-test-server.ts";
import { workOnChecks } from "#server/testing/work-on-checks.ts";

const { reason, directory, remove } = await openTestSandbox();

let server: TestServer;
let worker: { stop(): Promise<void> } | null;

beforeEach(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }), dataDir: directory });
  worker = null;
});
afterEach(async () => {
  await worker?.stop();
  await server.close();
});
afterAll(remove);

async function startWorking(): Promise<void> {
  worker = await workOnChecks(server);
}

/** 30 tests, of which these fail. */
const sums = (...failing: number[]) =>
  `import { test } from "node:test"; import assert from "node:assert";
${Array.from({ length: 30 }, (_, index) => `test("sum ${index}", () => assert.equal(${failing.includes(index) ? 1 : 2}, 2));`).join("\n")}\n`;

async function importProject(texts: Readonly<Record<string, string>>) {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text, mode: "100644" as const }));
  return importTree({ container: server.container, files });
}

const importSums = () =>
  importProject({ "package.json": JSON.stringify({ scripts: { test: "node --test" } }), "sums.test.mjs": sums() });

const confirm = (projectId: ProjectId, command = "npm test", name = "tests") =>
  server.api.check.configure({ projectId, checks: [{ name, command, isEnabled: true }] });

async function edit({ parent, path, content }: { parent: GenerationId; path: string; content: string }) {
  const { generationId } = await server.api.generation.edit({
    parentGenerationId: parent,
    changeSet: { operations: [{ type: "write", path, content }] },
  });
  return generationId;
}

/** The single check of a version, once it has reached one of `statuses`. */
async function waitFor(generationId: GenerationId, ...statuses: CheckStatus[]): Promise<GenerationCheck> {
  const read = async () => (await server.api.generation.checks({ generationId })).items[0];
  await expect
    .poll(async () => statuses.includes((await read())?.status ?? "not-run"), { timeout: 50_000, interval: 50 })
    .toBe(true);
  const item = await read();
  if (item === undefined) throw new Error("The version has no check.");
  return item;
}
const waitForEnd = (generationId: GenerationId) =>
  waitFor(generationId, "passed", "failed", "could-not-run", "cancelled");

const countResults = () => server.container.database.prisma.checkResult.count();
const namesOf = (cases: readonly { name: string }[]) => cases.map(({ name }) => name);

describe.skipIf(reason !== null)(`checks of a project${reason === null ? "" : ` (skipped: ${reason})`}`, () => {
  test("nothing runs before the user confirms the commands, which are detected and shown", async () => {
    await startWorking();
    const { projectId, generationId } = await importSums();
    const listed = await server.api.check.list({ projectId });
    expect(listed).toMatchObject({ isConfirmed: false, onNewFailure: "mark", sandbox: { isAvailable: true } });
    expect(await server.api.sandbox.get()).toMatchObject({
      isAvailable: true,
      toolchain: expect.stringMatching(/node v24/),
    });
    expect(listed.items.map(({ name, command, source }) => `${name}: ${command} (${source})`)).toEqual([
      "tests: npm test (package.json)",
    ]);
    await expect(server.api.check.run({ generationId })).rejects.toMatchObject({
      cause: { code: "CHECKS_NOT_CONFIRMED" },
    });
    await edit({ parent: generationId, path: "a.txt", content: "a" });
    expect(await server.container.database.prisma.checkRun.count()).toBe(0);
    expect(await server.api.generation.checks({ generationId })).toEqual({
      items: [],
      isGreen: false,
      isConfirmed: false,
    });
  });

  test("a version that breaks one of 30 names it; a failure stays failing; a fix is fixed; a roll back passes at once", async () => {
    await startWorking();
    const { projectId, generationId: first } = await importSums();
    await confirm(projectId);
    expect(await waitForEnd(first)).toMatchObject({ status: "passed", cases: { passed: 30, failed: 0, skipped: 0 } });
    expect((await server.api.generation.checks({ generationId: first })).isGreen).toBe(true);

    const broken = await edit({ parent: first, path: "sums.test.mjs", content: sums(7) });
    const newly = await waitForEnd(broken);
    expect(newly).toMatchObject({ status: "failed", againstParent: "newly-failing", exitCode: 1 });
    expect(newly.newFailures).toMatchObject([{ name: "sum 7", path: "sums.test.mjs" }]);

    const still = await edit({ parent: broken, path: "README.md", content: "# Sums\n" });
    const old = await waitForEnd(still);
    expect([old.againstParent, namesOf(old.stillFailing), old.newFailures]).toEqual(["still-failing", ["sum 7"], []]);
    expect(await server.api.project.lastGreen({ projectId })).toMatchObject({ generationId: first, version: 1 });

    const mended = await edit({ parent: still, path: "sums.test.mjs", content: sums() });
    const fixed = await waitForEnd(mended);
    expect([fixed.againstParent, namesOf(fixed.fixed)]).toEqual(["fixed", ["sum 7"]]);

    const compared = (generationId: GenerationId, againstGenerationId: GenerationId) =>
      server.api.generation.checks({ generationId, againstGenerationId });
    expect((await compared(still, first)).items).toMatchObject([
      { againstParent: "newly-failing", newFailures: [{ name: "sum 7" }], stillFailing: [] },
    ]);
    expect((await compared(mended, first)).items).toMatchObject([{ againstParent: "passing", fixed: [] }]);
    const elsewhere = await importSums();
    await expect(compared(mended, elsewhere.generationId)).rejects.toMatchObject({
      cause: { code: "GENERATION_NOT_FOUND" },
    });

    const before = await countResults();
    const { generationId: back } = await server.api.generation.rollback({ projectId, toGenerationId: first });
    expect((await server.api.generation.checks({ generationId: back })).isGreen).toBe(true);
    await expect.poll(() => server.container.database.prisma.checkRun.count({ where: { generationId: back } })).toBe(1);
    expect(await countResults()).toBe(before);

    const { items } = await server.api.check.history({ projectId, checkId: fixed.checkId, case: "sum 7" });
    expect(items.map(({ version, status, againstParent }) => `v${version} ${status} ${againstParent}`)).toEqual([
      "v5 passed passing",
      "v4 passed fixed",
      "v3 failed still-failing",
      "v2 failed newly-failing",
      "v1 passed passing",
    ]);
    const other = await server.api.check.history({ projectId, checkId: fixed.checkId, case: "sum 8", limit: 2 });
    expect(other.items.map(({ status }) => status)).toEqual(["passed", "passed"]);
    expect(other.nextCursor).toBe("4");
    const marks = await server.api.check.versions({ projectId, generationIds: [broken, mended] });
    expect(
      marks.items.map(({ status, newlyFailing, fixed: mendedCount }) => [status, newlyFailing, mendedCount]),
    ).toEqual([
      ["green", 0, 1],
      ["red", 1, 0],
    ]);
    expect(marks.items.map(({ summary }) => summary)).toEqual([
      { passed: 1, failed: 0, newlyFailing: 0, running: 0, started: 1, total: 1 },
      { passed: 0, failed: 1, newlyFailing: 1, running: 0, started: 1, total: 1 },
    ]);
    expect((await server.api.check.log({ generationId: broken, checkId: fixed.checkId })).log).toContain("sum 7");
  });

  test("a failing test that is removed is reported as gone, not as fixed", async () => {
    await startWorking();
    const { projectId, generationId: first } = await importSums();
    await confirm(projectId);
    const broken = await edit({ parent: first, path: "sums.test.mjs", content: sums(29) });
    expect(await waitForEnd(broken)).toMatchObject({ againstParent: "newly-failing" });
    const removed = await edit({
      parent: broken,
      path: "sums.test.mjs",
      content: sums(29).replace(/test\("sum 29".*\n/, ""),
    });
    const item = await waitForEnd(removed);
    expect(item).toMatchObject({ status: "passed", againstParent: "passing", fixed: [] });
    expect(namesOf(item.gone)).toEqual(["sum 29"]);
  });

  test("a flaky case is marked and fails nothing", async () => {
    await startWorking();
    const { projectId, generationId } = await importSums();
    await confirm(projectId);
    await waitForEnd(generationId);
    // Fails on the first try and passes on the second, which follows at least a second later.
    const flaky = await edit({
      parent: generationId,
      path: "sums.test.mjs",
      content: sums().replace(
        'assert.equal(2, 2));\ntest("sum 1"',
        `{ assert.ok(Date.now() > ${Date.now() + 6_000}) });\ntest("sum 1"`,
      ),
    });
    const first = await waitForEnd(flaky);
    const item = first.status === "failed" ? await runAgain(flaky) : first;
    expect(item).toMatchObject({ status: "passed", againstParent: "passing", newFailures: [] });
    expect(namesOf(item.flaky)).toEqual(["sum 0"]);
    expect((await server.api.generation.checks({ generationId: flaky })).isGreen).toBe(true);
  });

  test("a running check shows its output, is cancelled at once, and can be run again", async () => {
    await startWorking();
    const { projectId, generationId } = await importProject({ "a.txt": "a" });
    const { items } = await confirm(projectId, "echo begun; sleep 300");
    await waitFor(generationId, "running");
    const [checkId] = items.map((check) => check.checkId);
    if (checkId === undefined) throw new Error("There is no check.");
    await expect
      .poll(() => server.api.check.log({ generationId, checkId }), { timeout: 20_000 })
      .toEqual({ log: "begun\n", isRunning: true });
    await server.api.check.cancel({ generationId });
    expect(await waitForEnd(generationId)).toMatchObject({ status: "cancelled", againstParent: "unknown" });
    await server.api.check.run({ generationId });
    await waitFor(generationId, "running");
    await server.api.check.cancel({ generationId, checkIds: [checkId] });
    await waitFor(generationId, "cancelled");
    expect(await countResults()).toBe(0);
  });

  test("a check whose worker is killed leaves no process, and another worker restarts it", async () => {
    const { projectId, generationId } = await importProject({ "a.txt": "a" });
    await confirm(projectId, "sleep 3.4711; echo done");
    const killed = spawn(process.execPath, [fileURLToPath(new URL("../../jobs/worker-main.ts", import.meta.url))], {
      env: { ...process.env, DATABASE_URL: server.connectionString, GRAFT_DATA_DIR: directory, NODE_ENV: "production" },
      stdio: "ignore",
    });
    const isAsleep = async () => (await countProcesses((line) => line === "sleep 3.4711")) > 0;
    await expect.poll(isAsleep, { timeout: 20_000 }).toBe(true);
    killed.kill("SIGKILL");
    await expect.poll(isAsleep, { timeout: 2_000 }).toBe(false);
    await server.container.checkQueue.recoverOrphans();
    await startWorking();
    expect(await waitForEnd(generationId)).toMatchObject({ status: "passed" });
    expect(await countResults()).toBe(1);
  });

  test("output is stored without secrets, and a check that cannot run says why", async () => {
    await startWorking();
    const { projectId, generationId } = await importProject({ "a.txt": "a" });
    const token = `ghp_${"Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx2".slice(0, 36)}`;
    const { items } = await confirm(projectId, `echo the token is ${token}`);
    await waitForEnd(generationId);
    const [checkId] = items.map((check) => check.checkId);
    if (checkId === undefined) throw new Error("There is no check.");
    const { log } = await server.api.check.log({ generationId, checkId });
    expect(log).toMatch(/^the token is \[secret withheld by Graft\]/);
    await confirm(projectId, "nowhere-to-be-found");
    expect(await waitForEnd(generationId)).toMatchObject({
      status: "could-not-run",
      reason: expect.stringMatching(/^nowhere-to-be-found is not installed/),
    });
  });

  test("another owner sees and runs nothing", async () => {
    await startWorking();
    const { projectId, generationId } = await importSums();
    const { items } = await confirm(projectId);
    const [checkId] = items.map((check) => check.checkId);
    if (checkId === undefined) throw new Error("There is no check.");
    await waitForEnd(generationId);
    const other = server.apiOf("someone else");
    const missing = (code: string) => ({ cause: { code } });
    await expect(other.check.list({ projectId })).rejects.toMatchObject(missing("PROJECT_NOT_FOUND"));
    await expect(other.check.configure({ projectId, checks: [] })).rejects.toMatchObject(missing("PROJECT_NOT_FOUND"));
    await expect(other.check.history({ projectId, checkId })).rejects.toMatchObject(missing("PROJECT_NOT_FOUND"));
    await expect(other.check.versions({ projectId, generationIds: [generationId] })).rejects.toMatchObject(
      missing("PROJECT_NOT_FOUND"),
    );
    await expect(other.project.lastGreen({ projectId })).rejects.toMatchObject(missing("PROJECT_NOT_FOUND"));
    for (const ask of [other.check.run, other.check.cancel, other.generation.checks])
      await expect(ask({ generationId })).rejects.toMatchObject(missing("GENERATION_NOT_FOUND"));
    await expect(other.check.log({ generationId, checkId })).rejects.toMatchObject(missing("GENERATION_NOT_FOUND"));
  });
});

async function runAgain(generationId: GenerationId): Promise<GenerationCheck> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    await server.api.check.run({ generationId });
    const item = await waitForEnd(generationId);
    if (item.status === "passed" || Date.now() > deadline) return item;
  }
}
