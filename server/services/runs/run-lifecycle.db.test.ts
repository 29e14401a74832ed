import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { AppError } from "#lib/errors.ts";
import {
  callTools,
  failTurn,
  hang,
  sayText,
  ScriptedGateway,
  scriptedModelId,
} from "#server/testing/scripted-gateway.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../versions/importing/import-archive.ts";

const models = new ScriptedGateway({ turns: [] });
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ models });
});
afterAll(() => server.close());

/** 14 files: the recorded project, which lacks its schema file. */
const tracedFiles: Record<string, string> = Object.fromEntries(
  Array.from({ length: 14 }, (_, index) => [
    `app/module_${String(index).padStart(2, "0")}.py`,
    `def part_${index}():\n    return ${index}\n`,
  ]),
);

let projectId: ProjectId;
let parentId: GenerationId;

beforeEach(async () => {
  ({ projectId, generationId: parentId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Traced",
    archive: await buildArchive(tracedFiles),
  }));
});

async function iterate(prompt = "Add missing schema file") {
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: parentId,
    prompt,
    model: scriptedModelId,
  });
  return server.waitForRun(runId);
}

async function readHeadId(): Promise<GenerationId | null> {
  return (await server.api.project.get({ projectId })).headGenerationId;
}

const schemaFile = { path: "app/schema.py", content: "class Task:\n    title: str\n" };
const finish: [string, unknown] = ["finish", { summary: "Added the schema." }];

/** A call whose arguments broke in transit. */
function sendUnreadable(path: string): ReturnType<typeof callTools> {
  return async (request) => {
    const turn = await callTools(["write_file", { path }])(request);
    return {
      ...turn,
      toolCalls: turn.toolCalls.map(({ callId, name }) => ({
        callId,
        name,
        invalidReason: "its arguments are no JSON",
      })),
    };
  };
}

describe("the recorded case", () => {
  test("an answer with one file gives 15 files, 14 of them the parent's, byte for byte", async () => {
    models.script(callTools(["write_file", schemaFile], finish));
    const run = await iterate();
    expect(run).toMatchObject({ status: "SUCCEEDED", failure: null });
    const child = await server.api.generation.get({ generationId: run.generationId as GenerationId });
    expect(child.counts).toEqual({ kept: 14, modified: 0, added: 1, deleted: 0, moved: 0, total: 15 });
    expect(child).toMatchObject({ version: 2, kind: "iterate", isHead: true, parentGenerationIds: [parentId] });
    expect(await server.readTexts(child.generationId)).toEqual({ ...tracedFiles, "app/schema.py": schemaFile.content });
    const parent = await server.api.generation.files({ generationId: parentId });
    const hashes = new Map(parent.items.map(({ path, contentHash }) => [path, contentHash]));
    for (const { path, disposition, newHash } of child.ledger)
      if (disposition === "kept") expect(newHash).toBe(hashes.get(path));
  });

  test("an answer with all 15 files gives the same", async () => {
    models.script(
      callTools(
        ...Object.entries(tracedFiles).map(([path, content]): [string, unknown] => ["write_file", { path, content }]),
        ["write_file", schemaFile],
        finish,
      ),
    );
    const run = await iterate();
    const child = await server.api.generation.get({ generationId: run.generationId as GenerationId });
    expect(child.counts).toEqual({ kept: 14, modified: 0, added: 1, deleted: 0, moved: 0, total: 15 });
  });

  test.each<[string, Parameters<typeof models.script>, string]>([
    ["nothing", [callTools(finish)], "NO_CHANGES"],
    ["prose", [sayText("I would add a file.")], "NO_CHANGES"],
    [
      "an error",
      [failTurn(new AppError({ code: "MODEL_UNAVAILABLE", message: "The model did not answer." }))],
      "MODEL_UNAVAILABLE",
    ],
    ["a refusal", [failTurn(new AppError({ code: "MODEL_REFUSED", message: "The model refused." }))], "MODEL_REFUSED"],
    [
      "edits that never fit",
      Array.from({ length: 4 }, () =>
        callTools(
          ["edit_file", { path: "app/module_00.py", edits: [{ oldText: "not there at all", newText: "x" }] }],
          finish,
        ),
      ).concat(Array.from({ length: 8 }, () => sayText("done"))),
      "EDIT_FAILED",
    ],
    [
      "broken code, again and again",
      Array.from({ length: 6 }, (_, index) =>
        callTools(["write_file", { path: "app/schema.py", content: `class Task(:\n    ${index}\n` }], finish),
      ),
      "VALIDATION_FAILED",
    ],
  ])("%s back makes no generation, and the head stays", async (_, turns, code) => {
    models.script(...turns);
    const run = await iterate();
    expect(run).toMatchObject({ status: "FAILED", generationId: null, failure: { code } });
    expect(run.failure?.message).toContain("the parent is unchanged");
    expect(await readHeadId()).toBe(parentId);
    expect((await server.api.generation.list({ projectId })).items).toHaveLength(1);
  });

  test("an answer that is always cut off keeps its complete parts as a candidate, and makes no generation", async () => {
    models.script(
      ...Array.from({ length: 5 }, () => async (request: Parameters<ReturnType<typeof callTools>>[0]) => ({
        ...(await callTools(["write_file", schemaFile])(request)),
        finishReason: "length" as const,
      })),
    );
    expect(await iterate()).toMatchObject({
      status: "NEEDS_REVIEW",
      generationId: null,
      failure: { code: "OUTPUT_TRUNCATED" },
      holds: { isPartial: true, changes: [{ path: schemaFile.path }] },
    });
    expect(await readHeadId()).toBe(parentId);
  });
});

describe("a run", () => {
  test("fixes what the checks found and says so", async () => {
    models.script(
      callTools(["write_file", { path: "app/schema.py", content: "class Task(:\n" }], finish),
      callTools(["write_file", schemaFile], finish),
    );
    const run = await iterate();
    expect(run.status).toBe("SUCCEEDED");
    expect(models.requests.at(-1)?.messages.at(-1)).toMatchObject({
      role: "user",
      parts: [expect.stringContaining("app/schema.py:1")],
    });
  });

  test("plans first in mode enhanced, and the plan precedes the prompt", async () => {
    models.script(sayText("1. app/schema.py: the entities"), callTools(["write_file", schemaFile], finish));
    const { runId } = await server.api.generation.iterate({
      parentGenerationId: parentId,
      prompt: "Add missing schema file",
      model: scriptedModelId,
      mode: "enhanced",
    });
    expect(await server.waitForRun(runId)).toMatchObject({ status: "SUCCEEDED", modeReason: "You chose enhanced." });
    expect(models.requests.at(-1)?.messages[0]).toMatchObject({
      parts: expect.arrayContaining(["Plan:\n1. app/schema.py: the entities", "Add missing schema file"]),
    });
  });

  test("records what auto chose and why, and what the model was shown", async () => {
    models.script(callTools(["write_file", schemaFile], finish));
    const run = await iterate();
    expect(run.modeReason).toBe("A short prompt on a small project needs no plan.");
    const { contextReceipt } = await server.api.generation.get({ generationId: run.generationId as GenerationId });
    expect(contextReceipt?.shown).toHaveLength(14);
    expect(contextReceipt?.shown.every(({ depth }) => depth === "full")).toBe(true);
    const parts = contextReceipt?.parts.reduce((total, { tokens }) => total + tokens, 0);
    expect(contextReceipt?.estimate.inputTokens).toBe(parts);
  });

  test("stops a model that never finishes", async () => {
    models.script(...Array.from({ length: 61 }, () => callTools(["list_files", {}])));
    expect(await iterate()).toMatchObject({ status: "FAILED", failure: { code: "BUDGET_EXCEEDED" } });
  });

  test.each<[string, Parameters<typeof models.script>]>([
    ["sends it so again", Array.from({ length: 8 }, () => sendUnreadable("app/other.py"))],
    ["says that it is done", [sendUnreadable("app/other.py"), ...Array.from({ length: 4 }, () => sayText("Done."))]],
  ])("is not complete without a change that could not be read, where the model %s", async (_, turns) => {
    models.script(callTools(["write_file", schemaFile]), ...turns);
    expect(await iterate()).toMatchObject({
      status: "NEEDS_REVIEW",
      generationId: null,
      failure: { code: "MODEL_OUTPUT_INVALID" },
      holds: { changes: [{ path: schemaFile.path }], isPartial: true },
      proposals: { applied: 1, refused: 0, madeGood: 0, open: expect.any(Number) as number },
    });
    expect(await readHeadId()).toBe(parentId);
  });

  test("stops for review if code vanishes without a request", async () => {
    const long = `${Array.from({ length: 30 }, (_, index) => `def function_${index}():\n    return ${index}`).join("\n\n")}\n`;
    const { generationId } = await server.api.generation.edit({
      parentGenerationId: parentId,
      changeSet: { operations: [{ type: "write", path: "app/long.py", content: long }] },
    });
    parentId = generationId;
    models.script(
      callTools(["read_file", { path: "app/long.py" }]),
      callTools(["write_file", { path: "app/long.py", content: "def function_0():\n    return 0\n" }], finish),
    );
    const run = await iterate("Tidy up");
    expect(run).toMatchObject({ status: "NEEDS_REVIEW", generationId: null });
    expect(await readHeadId()).toBe(parentId);
    const calls = models.requests.length;
    await expect(
      server.api.run.resolve({ runId: run.runId, decisions: [{ path: "app/long.py", decision: "keep-parent" }] }),
    ).rejects.toMatchObject({ cause: { code: "NO_CHANGES" } });
    const accepted = await server.api.run.resolve({
      runId: run.runId,
      decisions: [{ path: "app/long.py", decision: "accept" }],
    });
    expect(await readHeadId()).toBe("generationId" in accepted ? accepted.generationId : null);
    expect(await server.api.generation.get({ generationId: (await readHeadId()) ?? "" })).toMatchObject({
      kind: "accept",
      author: "user",
      counts: { kept: 14, modified: 1, total: 15 },
    });
    expect(models.requests).toHaveLength(calls);
    await expect(
      server.api.run.resolve({ runId: run.runId, decisions: [{ path: "app/long.py", decision: "accept" }] }),
    ).rejects.toMatchObject({ cause: { code: "RUN_NOT_IN_REVIEW" } });
  });

  test("accepts the good files of a doubtful result and keeps the parent's of the others", async () => {
    const long = `${Array.from({ length: 30 }, (_, index) => `def function_${index}():\n    return ${index}`).join("\n\n")}\n`;
    const { generationId } = await server.api.generation.edit({
      parentGenerationId: parentId,
      changeSet: { operations: [{ type: "write", path: "app/long.py", content: long }] },
    });
    parentId = generationId;
    models.script(
      callTools(["read_file", { path: "app/long.py" }]),
      callTools(
        ["write_file", { path: "app/long.py", content: "def function_0():\n    return 0\n" }],
        ["write_file", schemaFile],
        finish,
      ),
    );
    const run = await iterate("Tidy up");
    expect(run.status).toBe("NEEDS_REVIEW");
    const resolved = await server.api.run.resolve({
      runId: run.runId,
      decisions: [{ path: "app/long.py", decision: "keep-parent" }],
    });
    expect(await server.readTexts("generationId" in resolved ? resolved.generationId : parentId)).toEqual({
      ...tracedFiles,
      "app/long.py": long,
      "app/schema.py": schemaFile.content,
    });
  });

  test("continues after its last finished call when a worker dies, and pays for none twice", async () => {
    const callsBefore = models.requests.length;
    let isFirst = true;
    models.script(
      callTools(["read_file", { path: "app/module_00.py" }]),
      () => {
        if (!isFirst) throw new Error("The script was replayed.");
        isFirst = false;
        throw new Error("The worker died here.");
      },
      callTools(["write_file", schemaFile], finish),
    );
    expect(await iterate()).toMatchObject({ status: "SUCCEEDED" });
    // One finished call, one that died, and its repetition.
    expect(models.requests.length - callsBefore).toBe(3);
  });

  test("ends as cancelled, with the parent as head, and cannot be cancelled twice", async () => {
    models.script(hang());
    const { runId } = await server.api.generation.iterate({
      parentGenerationId: parentId,
      prompt: "Take your time",
      model: scriptedModelId,
    });
    while ((await server.api.run.get({ runId })).status !== "RUNNING")
      await new Promise((resolve) => setTimeout(resolve, 20));
    await server.api.run.cancel({ runId });
    expect(await server.waitForRun(runId)).toMatchObject({ status: "CANCELLED", generationId: null });
    expect(await readHeadId()).toBe(parentId);
    await expect(server.api.run.cancel({ runId })).rejects.toMatchObject({ cause: { code: "RUN_NOT_ACTIVE" } });
  });

  test("stores no version after an acknowledged cancellation, however late it came", async () => {
    const { prisma } = server.container.database;
    const countWaiting = async () =>
      (
        await prisma.$queryRaw<
          unknown[]
        >`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
      ).length;
    const answer = Promise.withResolvers<void>();
    models.script(async (request) => {
      await answer.promise;
      return callTools(["write_file", schemaFile], finish)(request);
    });
    const { runId } = await server.api.generation.iterate({
      parentGenerationId: parentId,
      prompt: "Add missing schema file",
      model: scriptedModelId,
    });
    while ((await server.api.run.get({ runId })).status !== "RUNNING")
      await new Promise((resolve) => setTimeout(resolve, 20));
    const cancelling = await prisma.$transaction(async (transaction) => {
      // Blocks whoever stores a version of this project, with the result complete.
      await transaction.$queryRaw`SELECT id FROM "Project" WHERE id = ${projectId} FOR UPDATE`;
      answer.resolve();
      while ((await countWaiting()) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      let isSettled = false;
      const cancelled = server.api.run.cancel({ runId }).then(
        () => true,
        () => false,
      );
      void cancelled.then(() => (isSettled = true));
      while (!isSettled && (await countWaiting()) < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      return { cancelled };
    });
    const run = await server.waitForRun(runId);
    expect(run.status).toBe((await cancelling.cancelled) ? "CANCELLED" : "SUCCEEDED");
  });

  test("delivers its events once each, without a gap, from any point", async () => {
    models.script(callTools(["write_file", schemaFile], finish));
    const run = await iterate();
    const collect = async (lastEventId: string | null) => {
      const sequences: number[] = [];
      // A caller receives what the transport sends: the id, then the event.
      for await (const sent of await server.api.run.events({ runId: run.runId, lastEventId }))
        sequences.push(Number((sent as unknown as [id: string])[0]));
      return sequences;
    };
    const all = await collect(null);
    expect(all).toEqual(all.map((_, index) => index + 1));
    expect(await collect("5")).toEqual(all.slice(5));
  });

  test("becomes a branch tip if the head moved meanwhile", async () => {
    models.script(
      callTools(["write_file", schemaFile], finish),
      callTools(["write_file", { path: "app/other.py", content: "x = 1\n" }], finish),
    );
    const first = await iterate();
    const second = await iterate("Another");
    expect(second).toMatchObject({ status: "SUCCEEDED", isBranch: true });
    expect(await readHeadId()).toBe(first.generationId);
    expect(Object.keys(await server.readTexts(second.generationId as GenerationId))).not.toContain("app/schema.py");
  });

  test("answers a repeated key with the same run, and another request under it with a conflict", async () => {
    models.script(callTools(["write_file", schemaFile], finish));
    const input = {
      parentGenerationId: parentId,
      prompt: "Once",
      model: scriptedModelId,
      idempotencyKey: `key-${parentId}`,
    };
    const [first, second] = await Promise.all([
      server.api.generation.iterate(input),
      server.api.generation.iterate(input),
    ]);
    expect(second).toEqual(first);
    await expect(server.api.generation.iterate({ ...input, prompt: "Twice" })).rejects.toMatchObject({
      cause: { code: "IDEMPOTENCY_CONFLICT" },
    });
    await server.waitForRun(first.runId);
  });

  test("stays within its scope, and says what it left out", async () => {
    models.script(
      callTools(["write_file", { path: "other/x.py", content: "x = 1\n" }], finish),
      sayText("I could not."),
    );
    const { runId } = await server.api.generation.iterate({
      parentGenerationId: parentId,
      prompt: "Add x",
      model: scriptedModelId,
      scope: { include: ["app/**"] },
    });
    expect(await server.waitForRun(runId)).toMatchObject({ status: "FAILED", failure: { code: "SCOPE_VIOLATION" } });
  });
});

describe("history", () => {
  test("rolls back to the equal tree as a new head, and undoes that", async () => {
    models.script(callTools(["write_file", schemaFile], finish));
    const { generationId: second } = await iterate();
    const rolledBack = await server.api.generation.rollback({ projectId, toGenerationId: parentId });
    expect(await server.readTexts(rolledBack.generationId)).toEqual(tracedFiles);
    expect(await readHeadId()).toBe(rolledBack.generationId);
    expect(await server.api.generation.get({ generationId: rolledBack.generationId })).toMatchObject({
      kind: "rollback",
      version: 3,
      counts: { kept: 14, deleted: 1, total: 14 },
    });
    const undone = await server.api.generation.rollback({ projectId, toGenerationId: second as GenerationId });
    expect(await server.readTexts(undone.generationId)).toEqual({
      ...tracedFiles,
      "app/schema.py": schemaFile.content,
    });
    expect((await server.api.generation.list({ projectId })).items.map(({ version }) => version)).toEqual([4, 3, 2, 1]);
  });

  test("refuses a roll back that was planned on another head", async () => {
    models.script(callTools(["write_file", schemaFile], finish));
    await iterate();
    await expect(
      server.api.generation.rollback({ projectId, toGenerationId: parentId, expectedHeadGenerationId: parentId }),
    ).rejects.toMatchObject({ cause: { code: "HEAD_MOVED" } });
  });

  test("restores one file and leaves the rest", async () => {
    const changed = await server.api.generation.edit({
      parentGenerationId: parentId,
      changeSet: {
        operations: [
          { type: "write", path: "app/module_00.py", content: "x = 0\n" },
          { type: "delete", path: "app/module_01.py" },
        ],
      },
    });
    expect(await readHeadId()).toBe(changed.generationId);
    const restored = await server.api.generation.restoreFiles({
      projectId,
      fromGenerationId: parentId,
      paths: ["app/module_01.py"],
    });
    expect(await server.readTexts(restored.generationId)).toEqual({ ...tracedFiles, "app/module_00.py": "x = 0\n" });
    await expect(
      server.api.generation.restoreFiles({ projectId, fromGenerationId: parentId, paths: ["app/module_01.py"] }),
    ).rejects.toMatchObject({ cause: { code: "NO_CHANGES" } });
  });

  test("shows the difference of any two versions as a patch that git applies", async () => {
    const { generationId } = await server.api.generation.edit({
      parentGenerationId: parentId,
      changeSet: {
        operations: [
          { type: "edit", path: "app/module_00.py", edits: [{ oldText: "return 0", newText: "return 100" }] },
          { type: "move", source: "app/module_01.py", destination: "app/renamed.py" },
        ],
      },
    });
    expect(await server.api.generation.diff({ generationId })).toEqual({
      files: [
        {
          path: "app/module_00.py",
          status: "modified",
          additions: 1,
          deletions: 1,
          isBinary: false,
          oldSizeBytes: 27,
          oldMode: "100644",
          newSizeBytes: 29,
          newMode: "100644",
        },
        {
          path: "app/renamed.py",
          previousPath: "app/module_01.py",
          status: "moved",
          additions: 0,
          deletions: 0,
          isBinary: false,
          oldSizeBytes: 27,
          oldMode: "100644",
          newSizeBytes: 27,
          newMode: "100644",
        },
      ],
      keptCount: 12,
    });
    const { patch } = await server.api.generation.fileDiff({ generationId, path: "app/module_00.py" });
    expect(patch).toContain("-    return 0\n+    return 100\n");
    expect(
      (await server.api.generation.diff({ generationId: parentId, againstGenerationId: generationId })).files.map(
        ({ status }) => status,
      ),
    ).toEqual(["modified", "moved"]);
  });

  test("refuses to change what is stored, in the database itself", async () => {
    await expect(server.container.database.prisma.$executeRaw`UPDATE "Generation" SET prompt = 'x'`).rejects.toThrow(
      "insert-only",
    );
    await expect(server.container.database.prisma.$executeRaw`DELETE FROM "Blob"`).rejects.toThrow("insert-only");
  });
});

describe("bad input", () => {
  test.each<[string, () => Promise<unknown>, string]>([
    ["an unknown project", () => server.api.project.get({ projectId: "nope" }), "PROJECT_NOT_FOUND"],
    ["an unknown version", () => server.api.generation.get({ generationId: "nope" }), "GENERATION_NOT_FOUND"],
    [
      "an unknown parent",
      () => server.api.generation.iterate({ parentGenerationId: "nope", prompt: "x", model: scriptedModelId }),
      "GENERATION_NOT_FOUND",
    ],
    ["an unknown run", () => server.api.run.get({ runId: "nope" }), "RUN_NOT_FOUND"],
    [
      "an unknown file",
      () => server.api.generation.file({ generationId: parentId, path: "nope.py" }),
      "FILE_NOT_FOUND",
    ],
    ["an unknown model", () => server.api.generation.create({ prompt: "x", model: "builtin:nope" }), "MODEL_NOT_FOUND"],
    [
      "a path that leaves the project",
      () =>
        server.api.generation.edit({
          parentGenerationId: parentId,
          changeSet: { operations: [{ type: "write", path: "../x", content: "" }] },
        }),
      "INVALID_PATH",
    ],
    [
      "a file over the limit",
      () =>
        server.api.generation.edit({
          parentGenerationId: parentId,
          changeSet: { operations: [{ type: "write", path: "x.txt", content: "x".repeat(limits.textFileBytes + 1) }] },
        }),
      "INPUT_TOO_LARGE",
    ],
    [
      "an edit without effect",
      () => server.api.generation.edit({ parentGenerationId: parentId, changeSet: { operations: [] } }),
      "NO_CHANGES",
    ],
    [
      "an edit that does not fit",
      () =>
        server.api.generation.edit({
          parentGenerationId: parentId,
          changeSet: {
            operations: [{ type: "edit", path: "app/module_00.py", edits: [{ oldText: "zzzzzz", newText: "" }] }],
          },
        }),
      "EDIT_FAILED",
    ],
  ])("%s is refused", async (_, call, code) => {
    await expect(call()).rejects.toMatchObject({ cause: { code } });
    expect(await readHeadId()).toBe(parentId);
  });
});
