import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { ContentHash, GenerationId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import { restoreBackup, writeBackup } from "#server/database/backup.ts";
import { migrate } from "#server/database/migrate.ts";
import { insertCheckResult } from "#server/store/checks/check-results.ts";
import { insertScreenshot } from "#server/store/previews/screenshots.ts";
import { readMigrations } from "#server/database/read-migrations.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { callTools, failTurn, ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { createEmptyTestDatabase } from "#server/testing/test-database.ts";
import { importArchive } from "../versions/importing/import-archive.ts";
import { requeueRuns } from "../runs/working/requeue-runs.ts";
import { verifyHistory } from "./verify-history.ts";

const models = new ScriptedGateway({ turns: [] });
let server: TestServer;
let directory = "";
let path = "";
let projectId: ProjectId;
let headId: GenerationId;
let failedRunId: RunId;
let waitingRunId: RunId;
let texts: Record<string, string>;

const addFile = (name: string) =>
  callTools(["write_file", { path: name, content: `text of ${name}\n` }], ["finish", { summary: `Added ${name}.` }]);

/** A row in every table: texts, bytes, labels, every kind of end, and a waiting run. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "graft-backup-"));
  path = join(directory, "backup.jsonl.gz");
  server = await startTestServer({ models });
  const archive = await buildArchive({
    "a.ts": "export const a = 'ünïcode \\\\ \"quoted\"';\n".repeat(40),
    "b.bin": new Uint8Array(5_000).map((_, index) => (index * 7) % 256),
    "lib/c.prisma": "model C {\n  id String @id\n}\n",
  });
  const imported = await importArchive({ container: server.container, ownerId: testOwnerId, name: "Kept", archive });
  ({ projectId } = imported);
  models.script(addFile("d.txt"));
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: imported.generationId,
    prompt: "Add d",
    model: scriptedModelId,
  });
  headId = (await server.waitForRun(runId)).generationId as GenerationId;
  models.script(failTurn(new AppError({ code: "MODEL_REFUSED", message: "Refused." })));
  ({ runId: failedRunId } = await server.api.generation.iterate({
    parentGenerationId: headId,
    prompt: "Add e",
    model: scriptedModelId,
  }));
  await server.waitForRun(failedRunId);
  await server.container.database.prisma.generationMark.create({
    data: { generationId: headId, label: "First release", isBookmarked: true },
  });
  await server.api.generation.codeSchema({ generationId: headId });
  await server.container.database.prisma.reviewComment.create({
    data: {
      ownerId: testOwnerId,
      generationId: headId,
      againstGenerationId: imported.generationId,
      path: "d.txt",
      side: "after",
      firstLine: 1,
      lastLine: 1,
      quote: "text of d.txt",
      body: "Why?",
    },
  });
  await server.api.review.setViewed({
    generationId: headId,
    againstGenerationId: imported.generationId,
    path: "d.txt",
    isViewed: true,
  });
  await server.api.check.configure({ projectId, checks: [{ name: "tests", command: "npm test", isEnabled: true }] });
  await insertCheckResult({
    transaction: server.container.database.prisma,
    result: {
      ownerId: testOwnerId,
      rootTreeHash: "0".repeat(64) as ContentHash,
      command: "npm test",
      toolchain: "node",
      hasPassed: true,
      exitCode: 0,
      reason: null,
      durationMs: 1,
      counts: null,
      cases: [],
      log: "",
    },
  });
  await server.api.model.setSpending({ runUsd: 100 });
  await server.api.model.setKey({ provider: "anthropic", key: "sk-kept" });
  // The state of a run between its submission and its first worker.
  const { id } = await server.container.database.prisma.run.create({
    data: {
      ownerId: testOwnerId,
      projectId,
      parentGenerationId: headId,
      mode: "auto",
      modelId: scriptedModelId,
      prompt: "Add f",
      scopeInclude: [],
    },
  });
  waitingRunId = id as RunId;
  await server.container.database.prisma.runAttachment.create({
    data: {
      runId: failedRunId,
      position: 0,
      name: "notes.txt",
      mediaType: "text/plain",
      sizeBytes: 3,
      contentHash: new Uint8Array(32),
    },
  });
  await server.container.database.prisma.previewCommand.create({ data: { projectId, command: "npm start" } });
  await server.container.database.prisma.preview.create({
    data: {
      ownerId: testOwnerId,
      projectId,
      generationId: headId,
      version: 2,
      command: "npm start",
      status: "STOPPED",
      token: "0".repeat(32),
    },
  });
  await insertScreenshot({
    database: server.container.database,
    generationId: headId,
    bytes: Buffer.from("an image"),
    width: 640,
    height: 400,
  });
  texts = await server.readTexts(headId);
  await writeBackup({ connectionString: server.connectionString, path });
});
afterAll(async () => {
  await server.close();
  await rm(directory, { recursive: true });
});

async function readBackup(): Promise<Record<string, unknown>[]> {
  return gunzipSync(await readFile(path))
    .toString("utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function writeChanged({ name, lines }: { name: string; lines: object[] }): Promise<string> {
  const changed = join(directory, name);
  await writeFile(changed, gzipSync(`${lines.map((line) => JSON.stringify(line)).join("\n")}\n`));
  return changed;
}

const listCreatedTables = (migrations: { sql: string }[]) =>
  migrations.flatMap(({ sql }) => [...sql.matchAll(/^CREATE TABLE "(\w+)"/gm)].map(([, table]) => table ?? "")).sort();

async function createEmpty(): Promise<string> {
  const { connectionString, drop } = await createEmptyTestDatabase();
  onTestFinished(drop);
  return connectionString;
}

/**
 * Asserts that everything is readable through the product, the history is valid, waiting runs finish, and an iteration
 * works.
 */
async function expectWhole(connectionString: string): Promise<void> {
  models.script(addFile("f.txt"), addFile("g.txt"));
  const restored = await startTestServer({ models, connectionString });
  try {
    expect((await verifyHistory(restored.container)).faults).toEqual([]);
    expect(await restored.readTexts(headId)).toEqual(texts);
    expect(
      (await restored.api.generation.list({ projectId })).items.map(({ version, kind }) => [version, kind]),
    ).toEqual([
      [2, "iterate"],
      [1, "import"],
    ]);
    expect((await restored.api.generation.get({ generationId: headId })).counts).toMatchObject({
      kept: 3,
      added: 1,
      total: 4,
    });
    expect(await restored.api.run.get({ runId: failedRunId })).toMatchObject({
      status: "FAILED",
      failure: { code: "MODEL_REFUSED" },
    });
    expect((await restored.api.generation.codeSchema({ generationId: headId })).entities).toHaveLength(1);
    expect(await requeueRuns(restored.container)).toBe(1);
    expect(await restored.waitForRun(waitingRunId)).toMatchObject({ status: "SUCCEEDED" });
    const { headGenerationId } = await restored.api.project.get({ projectId });
    const { runId } = await restored.api.generation.iterate({
      parentGenerationId: headGenerationId ?? "",
      prompt: "Add g",
      model: scriptedModelId,
    });
    const { generationId } = await restored.waitForRun(runId);
    expect(Object.keys(await restored.readTexts(generationId as GenerationId))).toEqual(
      expect.arrayContaining(["a.ts", "d.txt", "f.txt", "g.txt"]),
    );
    expect((await verifyHistory(restored.container)).faults).toEqual([]);
  } finally {
    await restored.close();
  }
}

test("a backup of every non-cache table is restored into an empty database, and an iteration works there", async () => {
  const tables = new Set((await readBackup()).flatMap(({ table }) => (typeof table === "string" ? [table] : [])));
  expect([...tables].sort()).toEqual(
    // push.db.test.ts covers the backup of a pushed history: the first migration has no versions of that kind.
    listCreatedTables(await readMigrations()).filter((table) => table !== "DerivedContent" && table !== "PushedCommit"),
  );
  const connectionString = await createEmpty();
  await restoreBackup({ connectionString, path });
  const again = join(directory, "again.jsonl.gz");
  await writeBackup({ connectionString, path: again });
  expect(gunzipSync(await readFile(again)).equals(gunzipSync(await readFile(path)))).toBe(true);
  await expectWhole(connectionString);
});

test("a database of the first migration, with rows in every table, is upgraded through all later ones", async () => {
  const [first] = await readMigrations();
  const tables = listCreatedTables(first === undefined ? [] : [first]);
  const [header, ...lines] = await readBackup();
  const rows = lines.slice(0, -1).filter(({ table }) => typeof table === "string" && tables.includes(table));
  const old = await writeChanged({
    name: "old.jsonl.gz",
    lines: [{ ...header, migrations: [first?.name] }, ...rows, { rowCount: rows.length }],
  });
  const connectionString = await createEmpty();
  await restoreBackup({ connectionString, path: old });
  await migrate({ connectionString });
  await expectWhole(connectionString);
});

test("a truncated or changed backup, one of a newer Graft, and another file are refused, and leave no row", async () => {
  const lines = await readBackup();
  const cut = await writeChanged({ name: "cut.jsonl.gz", lines: lines.slice(0, -3) });
  const short = await writeChanged({ name: "short.jsonl.gz", lines: lines.filter((_, index) => index !== 5) });
  const newer = await writeChanged({
    name: "newer.jsonl.gz",
    lines: [{ ...lines[0], migrations: ["29990101000000_future"] }, ...lines.slice(1)],
  });
  const broken = join(directory, "broken.jsonl.gz");
  await writeFile(broken, (await readFile(path)).subarray(0, 2_000));
  const other = await writeChanged({ name: "other.jsonl.gz", lines: [{ some: "thing" }] });
  const connectionString = await createEmpty();
  await expect(restoreBackup({ connectionString, path: newer })).rejects.toThrow(
    /made by a newer Graft.*Nothing was restored/,
  );
  await expect(restoreBackup({ connectionString, path: other })).rejects.toThrow(
    "This file is not a backup of Graft. Nothing was restored.",
  );
  await expect(restoreBackup({ connectionString, path: broken })).rejects.toThrow(/cannot be read to its end/);
  for (const each of [cut, short])
    await expect(restoreBackup({ connectionString, path: each })).rejects.toThrow(/not complete|violates foreign key/);
  // Every refusal left it empty, so a complete backup is accepted, and a second one is not.
  await restoreBackup({ connectionString, path });
  await expect(restoreBackup({ connectionString, path })).rejects.toThrow(/holds projects already/);
});
