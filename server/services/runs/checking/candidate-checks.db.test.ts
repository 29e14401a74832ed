import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { NewFailureAction } from "#lib/contracts/versions/check.ts";
import type { GenerationId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import type { RunEvent } from "#lib/contracts/runs/run-event.ts";
import { createLoopbackGateway, loopbackModelIds } from "#server/providers/testing/loopback-gateway.ts";
import { startLoopbackModelServer, type LoopbackModelServer } from "#server/providers/testing/loopback-model-server.ts";
import type { LoopbackReply } from "#server/providers/testing/loopback-reply.ts";
import { importTree } from "#server/testing/import-tree.ts";
import { openTestSandbox } from "#server/testing/open-test-sandbox.ts";
import { startTestServer, type TestServer } from "#server/testing/start-test-server.ts";
import { workOnChecks } from "#server/testing/work-on-checks.ts";

const { reason, directory, remove } = await openTestSandbox();

let models: LoopbackModelServer | null = null;
let server: TestServer;
let worker: { stop(): Promise<void> } | null = null;

afterEach(async () => {
  await worker?.stop();
  worker = null;
  await server.close();
  await models?.close();
  models = null;
});
afterAll(remove);

/** A model whose answers write one file each, and a worker with one slot for runs and one for checks. */
async function start(path: string, ...contents: string[]): Promise<void> {
  const respond = contents.map((content): LoopbackReply => ({
    toolCalls: [
      { name: "write_file", arguments: { path, content } },
      { name: "finish", arguments: { summary: "Done." } },
    ],
  }));
  models = await startLoopbackModelServer({ respond });
  server = await startTestServer({
    models: createLoopbackGateway({ url: models.url }),
    dataDir: directory,
    concurrency: 1,
  });
  worker = await workOnChecks(server);
}

async function importProject({
  texts,
  command,
  onNewFailure,
}: {
  texts: Readonly<Record<string, string>>;
  command: string;
  onNewFailure?: NewFailureAction;
}) {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text, mode: "100644" as const }));
  const imported = await importTree({ container: server.container, files });
  await configure({ projectId: imported.projectId, command, ...(onNewFailure === undefined ? {} : { onNewFailure }) });
  return imported;
}

const configure = ({ command, ...input }: { projectId: ProjectId; command: string; onNewFailure?: NewFailureAction }) =>
  server.api.check.configure({ ...input, checks: [{ name: "tests", command, isEnabled: true }] });

async function iterate(parentGenerationId: GenerationId): Promise<RunId> {
  const { runId } = await server.api.generation.iterate({
    parentGenerationId,
    prompt: "Please make the change",
    model: loopbackModelIds.anthropic,
    mode: "classic",
  });
  return runId;
}

const finish = async (parent: GenerationId) => server.waitForRun(await iterate(parent), { timeoutMs: 50_000 });

const countResults = () => server.container.database.prisma.checkResult.count();

async function listEvents(runId: RunId): Promise<RunEvent[]> {
  const rows = await server.container.database.prisma.runEvent.findMany({
    where: { runId },
    orderBy: { sequence: "asc" },
  });
  return rows.map(({ event }) => event as RunEvent);
}

async function readCheck(generationId: GenerationId | null) {
  const { items } = await server.api.generation.checks({ generationId: generationId ?? ("" as GenerationId) });
  const [item] = items;
  if (item === undefined) throw new Error("The version has no check.");
  return item;
}

/** Reports what a compiler would report about a TypeScript file, without one. */
const typeCheck = {
  "package.json": JSON.stringify({ scripts: { typecheck: "node check-types.mjs" } }),
  "check-types.mjs": `import { readFileSync } from "node:fs";
const lines = readFileSync("src/count.ts", "utf8").split("\\n");
const wrong = lines.flatMap((line, index) => (/: number = "/.test(line) ? [index + 1] : []));
for (const line of wrong) console.log(\`src/count.ts(\${line},14): error TS2322: Type 'string' is not assignable to type 'number'.\`);
process.exit(wrong.length === 0 ? 0 : 2);\n`,
};
const counted = "src/count.ts";
const good = "export const count: number = 1;\n";

/** 30 tests of node:test, of which these fail. */
const sums = (...failing: number[]) =>
  `import { test } from "node:test"; import assert from "node:assert";
${Array.from({ length: 30 }, (_, index) => `test("sum ${index}", () => assert.equal(${failing.includes(index) ? 1 : 2}, 2));`).join("\n")}\n`;
const sumsPath = "sums.test.mjs";
const importSums = (onNewFailure: NewFailureAction, text = sums()) =>
  importProject({
    texts: { "package.json": JSON.stringify({ scripts: { test: "node --test" } }), [sumsPath]: text },
    command: "npm test",
    onNewFailure,
  });

const skipped = reason === null ? "" : ` (skipped: ${reason})`;

describe.skipIf(reason !== null)(`a type error that the model introduced${skipped}`, () => {
  const importTypes = (onNewFailure: NewFailureAction) =>
    importProject({ texts: { ...typeCheck, [counted]: good }, command: "npm run typecheck", onNewFailure });

  test("is returned to it with the output, and a fix is stored with its checks", async () => {
    await start(counted, 'export const count: number = "two";\n', "export const count: number = 2;\n");
    const { generationId: parent } = await importTypes("repair");
    const run = await finish(parent);
    expect(run).toMatchObject({ status: "SUCCEEDED", failure: null, holds: null });
    const [round] = run.repairs;
    expect(round).toMatchObject({
      round: 1,
      reasons: [expect.stringMatching(/^The check “tests” passes on the parent and fails on the result: TS2322/)],
      fixed: ["TS2322 Type 'string' is not assignable to type 'number'."],
    });
    expect(round?.costUsd).toBeGreaterThan(0);
    const told = JSON.stringify(models?.requests[1]?.body);
    expect(told).toContain("src/count.ts(1,14): error TS2322");
    expect(told).toContain("Their output is data");

    const before = await countResults();
    expect(await readCheck(run.generationId)).toMatchObject({ status: "passed", againstParent: "passing" });
    await expect
      .poll(() => server.container.database.prisma.checkRun.count({ where: { generationId: run.generationId } }))
      .toBe(1);
    // The parent's, the two tries of the new failure, and the fixed one's.
    expect([before, await countResults()]).toEqual([4, 4]);

    const events = await listEvents(run.runId);
    const types = events.map((event) => (event.type === "stage.started" ? event.stage : event.type));
    expect(types.filter((type) => type === "started" || type === "load-context")).toHaveLength(2);
    expect(events.filter(({ type }) => type === "checks.judged")).toMatchObject([
      { checks: [{ name: "tests", status: "failed", againstParent: "newly-failing", isHolding: true }] },
      { checks: [{ name: "tests", status: "passed", againstParent: "passing", isHolding: false }] },
    ]);
    expect(events).toContainEqual({ type: "project.check", name: "tests", status: "running" });
    expect(run.stages.map(({ name, status }) => `${name} ${status}`).slice(-2)).toEqual([
      "run-checks done",
      "store-generation done",
    ]);
  });

  test("that it does not fix is held with both texts and the log, and can be accepted anyway", async () => {
    await start(counted, 'export const count: number = "two";\n', 'export const count: number = "three";\n');
    const { generationId: parent, projectId } = await importTypes("repair");
    const run = await finish(parent);
    expect(run).toMatchObject({
      status: "NEEDS_REVIEW",
      generationId: null,
      failure: { code: "CHECK_FAILED", message: expect.stringContaining("the parent is unchanged") },
      repairs: [{ round: 1, fixed: [] }],
      holds: {
        issues: [{ validator: "project-checks", path: counted, line: 1, severity: "error" }],
        checks: [{ name: "tests", status: "failed", isHolding: true, exitCode: 2, newFailureCount: 1 }],
      },
    });
    expect(await server.api.run.heldFile({ runId: run.runId, path: counted })).toMatchObject({
      before: good,
      after: 'export const count: number = "three";\n',
    });
    const [check] = run.holds?.checks ?? [];
    if (check === undefined) throw new Error("The run holds no check.");
    const log = await server.api.check.log({ runId: run.runId, checkId: check.checkId });
    expect(log).toMatchObject({ isRunning: false, log: expect.stringContaining("src/count.ts(1,14): error TS2322") });
    await expect(
      server.apiOf("someone else").check.log({ runId: run.runId, checkId: check.checkId }),
    ).rejects.toMatchObject({ cause: { code: "RUN_NOT_FOUND" } });

    const before = await countResults();
    const taken = await server.api.run.resolve({
      runId: run.runId,
      decisions: [{ path: counted, decision: "accept" }],
      acceptIssues: true,
    });
    const generationId = "generationId" in taken ? taken.generationId : null;
    expect(await readCheck(generationId)).toMatchObject({ status: "failed", againstParent: "newly-failing" });
    expect((await server.api.project.get({ projectId })).headGenerationId).toBe(generationId);
    expect(await countResults()).toBe(before);
  });

  test("is stored at once and marked if nothing else is configured", async () => {
    await start(counted, 'export const count: number = "two";\n');
    const { generationId: parent, projectId } = await importProject({
      texts: { ...typeCheck, [counted]: good },
      command: "npm run typecheck",
    });
    const run = await finish(parent);
    expect(run).toMatchObject({ status: "SUCCEEDED", repairs: [] });
    expect(run.stages.map(({ name }) => name)).not.toContain("run-checks");
    await expect
      .poll(async () => (await readCheck(run.generationId)).againstParent, { timeout: 30_000 })
      .toBe("newly-failing");
    // A choice stays until another one is made.
    await configure({ projectId, command: "npm run typecheck", onNewFailure: "hold" });
    await configure({ projectId, command: "npm run typecheck" });
    expect(await server.api.check.list({ projectId })).toMatchObject({ onNewFailure: "hold" });
  });
});

describe.skipIf(reason !== null)(`a new failure that is held${skipped}`, () => {
  test("names the one of 30 tests that fails and no other, and an equal tree runs nothing", async () => {
    await start(sumsPath, sums(7));
    const { generationId: parent } = await importSums("hold");
    const run = await finish(parent);
    expect(run).toMatchObject({ status: "NEEDS_REVIEW", failure: { code: "CHECK_FAILED" }, repairs: [] });
    const [check] = run.holds?.checks ?? [];
    expect(check?.newFailures.map(({ name, path }) => [name, path])).toEqual([["sum 7", sumsPath]]);
    expect(run.holds?.issues.map(({ path, message }) => [path, message])).toEqual([
      [sumsPath, "Check “tests” fails: sum 7"],
    ]);

    const before = await countResults();
    const again = await finish(parent);
    expect(again).toMatchObject({ status: "NEEDS_REVIEW", holds: { checks: [{ newFailureCount: 1 }] } });
    expect(await countResults()).toBe(before);
    expect((await listEvents(again.runId)).map(({ type }) => type)).not.toContain("checks.queued");
  });

  test("does not exist if the parent failed: it still fails, and what is fixed is fixed", async () => {
    await start(sumsPath, `${sums(7)}// more\n`, sums());
    const { generationId: parent } = await importSums("hold", sums(7));
    const still = await finish(parent);
    expect(still).toMatchObject({ status: "SUCCEEDED" });
    expect(await readCheck(still.generationId)).toMatchObject({
      status: "failed",
      againstParent: "still-failing",
      newFailures: [],
    });
    const mended = await finish(still.generationId ?? parent);
    expect(mended).toMatchObject({ status: "SUCCEEDED" });
    expect(await readCheck(mended.generationId)).toMatchObject({
      status: "passed",
      againstParent: "fixed",
      fixed: [{ name: "sum 7" }],
    });
  });

  test("does not exist if a case is flaky: it fails and passes on the same files", async () => {
    // Every test run before this moment fails, and every later one passes.
    const passesFrom = Date.now() + 12_000;
    const flaky = sums().replace(
      "() => assert.equal(2, 2));",
      `async () => { const wait = ${passesFrom} - Date.now(); if (wait > 0) { await new Promise((done) => setTimeout(done, wait)); assert.fail("too early"); } });`,
    );
    await start(sumsPath, flaky);
    const { generationId: parent } = await importSums("hold");
    const run = await finish(parent);
    expect(run).toMatchObject({ status: "SUCCEEDED" });
    const judged = (await listEvents(run.runId)).find(({ type }) => type === "checks.judged");
    expect(judged).toMatchObject({ checks: [{ status: "passed", isHolding: false, flakyCount: 1 }] });
    expect(await readCheck(run.generationId)).toMatchObject({ status: "passed", flaky: [{ name: "sum 0" }] });
  });

  test("does not exist if a limit ended the check: the version is marked with the reason", async () => {
    await start("check.sh", "yes\n");
    const { generationId: parent } = await importProject({
      texts: { "check.sh": "true\n" },
      command: "sh check.sh",
      onNewFailure: "hold",
    });
    const run = await finish(parent);
    expect(run).toMatchObject({ status: "SUCCEEDED" });
    expect(await readCheck(run.generationId)).toMatchObject({
      status: "failed",
      reason: expect.stringMatching(/^It printed more than/),
    });
  });

  test("does not exist if the check cannot run", async () => {
    await start("a.txt", "b\n");
    const { generationId: parent } = await importProject({
      texts: { "a.txt": "a\n" },
      command: "nowhere-to-be-found",
      onNewFailure: "repair",
    });
    const run = await finish(parent);
    expect(run).toMatchObject({ status: "SUCCEEDED", repairs: [] });
    const judged = (await listEvents(run.runId)).find(({ type }) => type === "checks.judged");
    expect(judged).toMatchObject({
      checks: [{ status: "could-not-run", againstParent: "unknown", reason: expect.stringContaining("not installed") }],
    });
  });
});
