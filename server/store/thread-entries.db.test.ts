import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { FilePath, GenerationId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import type { ThreadEntry } from "#lib/contracts/runs/thread.ts";
import { importArchive } from "#server/services/versions/importing/import-archive.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { callTools, failTurn, ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { AppError } from "#lib/errors.ts";

const models = new ScriptedGateway({ turns: [] });
let server: TestServer;
let projectId: ProjectId;
let imported: GenerationId;
const long = `${Array.from({ length: 30 }, (_, index) => `def function_${index}():\n    return ${index}`).join("\n\n")}\n`;

beforeAll(async () => {
  server = await startTestServer({ models });
  ({ projectId, generationId: imported } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Thread",
    archive: await buildArchive({ "app/long.py": long, "a.txt": "1\n" }),
  }));
});
afterAll(() => server.close());

const send = async (prompt: string) => {
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: imported,
    prompt,
    model: scriptedModelId,
    mode: "classic",
  });
  return server.waitForRun(runId);
};
const write = (path: string, content: string): [string, unknown] => ["write_file", { path, content }];
const finish = (summary: string): [string, unknown] => ["finish", { summary }];
const hold = () =>
  models.script(callTools(write("app/long.py", "def function_0():\n    return 0\n"), finish("Tidied.")));

describe("a project with versions and with runs without one", () => {
  let heldRunId: RunId;
  beforeAll(async () => {
    models.script(callTools(write("b.txt", "x\ny\n"), finish("Added b.")));
    await send("Add b.txt");
    hold();
    heldRunId = (await send("Tidy up")).runId;
    models.script(failTurn(new AppError({ code: "MODEL_UNAVAILABLE", message: "Away." })));
    await send("Add c.txt");
    await server.api.generation.edit({
      parentGenerationId: (await server.api.project.get({ projectId })).headGenerationId ?? imported,
      changeSet: { operations: [{ type: "write", path: "d.txt" as FilePath, content: "d\n" }] },
    });
  });

  const name = (entry: ThreadEntry) =>
    entry.kind === "generation" ? `v${entry.version} ${entry.generationKind}` : `${entry.status} ${entry.prompt}`;

  test("lists both in chronological order, with everything that a row shows", async () => {
    const { items, nextCursor, waitingCount } = await server.api.project.thread({ projectId });
    expect(items.map(name)).toEqual(["v3 edit", "FAILED Add c.txt", "NEEDS_REVIEW Tidy up", "v2 iterate", "v1 import"]);
    expect(nextCursor).toBeNull();
    expect(waitingCount).toBe(1);
    expect(items[1]).toMatchObject({ failure: { code: "MODEL_UNAVAILABLE" }, parentVersion: 1, counts: null });
    expect(items[2]).toMatchObject({ runId: heldRunId, counts: { modified: 1, kept: 1 } });
  });

  test("has the fields of the version list for a version, and the model's summary", async () => {
    const thread = await server.api.project.thread({ projectId });
    const { items } = await server.api.generation.list({ projectId });
    const versions = thread.items.flatMap((entry) => {
      if (entry.kind !== "generation") return [];
      const { generationKind, summary: _, plan: __, durationMs: ___, attachments: ____, ...rest } = entry;
      return [{ ...rest, kind: generationKind }];
    });
    expect(versions).toEqual(items);
    expect(thread.items.map((entry) => (entry.kind === "generation" ? entry.summary : null))).toEqual([
      null,
      null,
      null,
      "Added b.",
      null,
    ]);
  });

  test("has the progress of a version's plan and the time from the prompt to the version", async () => {
    const run = await server.container.database.prisma.run.findFirstOrThrow({ where: { prompt: "Add b.txt" } });
    await server.container.database.prisma.run.update({
      where: { id: run.id },
      data: { plan: ["Write `b.txt`", "Write `c.txt`", "Think about it"] },
    });
    const { items } = await server.api.project.thread({ projectId });
    const made = items.find((entry) => entry.kind === "generation" && entry.runId === run.id);
    expect(made).toMatchObject({ plan: { doneCount: 1, count: 2 } });
    expect(made?.kind === "generation" && made.durationMs).toBe(Number(run.endedAt) - Number(run.createdAt));
    expect(items.at(-1)).toMatchObject({ plan: null, durationMs: null });
  });

  test("lists runs alone on request, in their own pages", async () => {
    const all = await server.api.project.thread({ projectId, only: "runs" });
    expect(all.items.map(name)).toEqual(["FAILED Add c.txt", "NEEDS_REVIEW Tidy up"]);
    expect(all.waitingCount).toBe(1);
    const first = await server.api.project.thread({ projectId, only: "runs", limit: 1 });
    const second = await server.api.project.thread({ projectId, only: "runs", limit: 1, cursor: first.nextCursor });
    expect([...first.items, ...second.items]).toEqual(all.items);
  });

  test("has pages that neither repeat nor skip an entry while others are added", async () => {
    const { items: all } = await server.api.project.thread({ projectId });
    const first = await server.api.project.thread({ projectId, limit: 2 });
    models.script(failTurn(new AppError({ code: "MODEL_UNAVAILABLE", message: "Away." })));
    await send("Later");
    const second = await server.api.project.thread({ projectId, limit: 2, cursor: first.nextCursor });
    const third = await server.api.project.thread({ projectId, limit: 2, cursor: second.nextCursor });
    expect([first, second, third].flatMap(({ items }) => items)).toEqual(all);
    expect(third.nextCursor).toBeNull();
  });

  test.each(["", "v3", "2026-13-45T99:00:00.000000_0_x", "2026-01-01T00:00:00.000000_0_x'; --"])(
    "refuses the cursor %j",
    async (cursor) => {
      await expect(server.api.project.thread({ projectId, cursor })).rejects.toMatchObject({
        cause: { code: "INVALID_INPUT" },
      });
    },
  );

  test("is invisible to another owner", async () => {
    await expect(server.api.project.thread({ projectId: "none" as ProjectId })).rejects.toMatchObject({
      cause: { code: "PROJECT_NOT_FOUND" },
    });
  });

  test("names the newest waiting run of the project until it is decided", async () => {
    hold();
    const { runId } = await send("Tidy up again");
    const read = async () => ({
      project: (await server.api.project.get({ projectId })).waitingRuns,
      list: (await server.api.project.list()).items[0]?.waitingRuns,
    });
    const two = { count: 2, newestRunId: runId };
    expect(await read()).toEqual({ project: two, list: two });
    const decisions = [{ path: "app/long.py", decision: "accept" as const }];
    await server.api.run.resolve({ runId, decisions, acceptIssues: true });
    const one = { count: 1, newestRunId: heldRunId };
    expect(await read()).toEqual({ project: one, list: one });
    await server.api.run.resolve({ runId: heldRunId, decisions, acceptIssues: true });
    expect(await read()).toEqual({ project: null, list: null });
    expect((await server.api.project.thread({ projectId })).waitingCount).toBe(0);
  });
});

test("takes as few statements for a page of 5,000 versions as for one of ten", async () => {
  const { prisma } = server.container.database;
  const source = await prisma.generation.findUniqueOrThrow({ where: { id: imported } });
  const { id: largeId } = await prisma.project.create({ data: { ownerId: testOwnerId, name: "Large" } });
  const at = (index: number) => new Date(1_700_000_000_000 + Math.floor(index / 3));
  await prisma.generation.createMany({
    data: Array.from({ length: 5_000 }, (_, index) => ({
      projectId: largeId,
      version: index + 1,
      kind: "iterate" as const,
      author: "model",
      prompt: `Prompt ${index}`,
      rootTreeHash: source.rootTreeHash,
      keptCount: 1,
      modifiedCount: 0,
      addedCount: 0,
      deletedCount: 0,
      movedCount: 0,
      totalCount: 1,
      issues: [],
      createdAt: at(index),
    })),
  });
  const query = vi.spyOn(pg.Client.prototype, "query");
  /** A page and the number of statements on the product's tables that it took, without the queue's. */
  const read = async (input: { limit: number; cursor?: string | null }) => {
    query.mockClear();
    const page = await server.api.project.thread({ projectId: largeId as ProjectId, ...input });
    const statements = query.mock.calls.filter((call) =>
      /\b(?:Project|Run|Generation)\b/.test(JSON.stringify(call[0])),
    );
    return { page, statementCount: statements.length };
  };
  const seen: number[] = [];
  const counts = [(await read({ limit: 10 })).statementCount];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const { page, statementCount }: Awaited<ReturnType<typeof read>> = await read({
      limit: 1_000,
      cursor: cursor ?? null,
    });
    seen.push(...page.items.flatMap((entry) => (entry.kind === "generation" ? [entry.version] : [])));
    counts.push(statementCount);
    cursor = page.nextCursor;
  }
  query.mockRestore();
  expect(seen).toEqual(Array.from({ length: 5_000 }, (_, index) => 5_000 - index));
  // The project's owner, the page, and the waiting runs.
  expect(counts).toEqual([3, 3, 3, 3, 3, 3]);
});
