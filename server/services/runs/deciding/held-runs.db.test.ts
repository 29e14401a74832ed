import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { GenerationId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import type { ModelTurnRequest } from "#server/orchestrator/ports.ts";
import {
  callTools,
  failTurn,
  ScriptedGateway,
  scriptedModelId,
  type ScriptedTurn,
} from "#server/testing/scripted-gateway.ts";
import { AppError } from "#lib/errors.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../../versions/importing/import-archive.ts";
import { verifyHistory } from "../../operations/verify-history.ts";

const models = new ScriptedGateway({ turns: [] });
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ models });
});
afterAll(() => server.close());

const long = `${Array.from({ length: 30 }, (_, index) => `def function_${index}():\n    return ${index}`).join("\n\n")}\n`;
const files = { "app/long.py": long, "app/main.py": "x = 1\n" };
let projectId: ProjectId;
let parentId: GenerationId;

beforeEach(async () => {
  ({ projectId, generationId: parentId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Held",
    archive: await buildArchive(files),
  }));
});

const part = (name: string) => ({ path: `app/${name}.py`, content: `${name} = 1\n` });
const write = (name: string): [string, unknown] => ["write_file", part(name)];
const finish: [string, unknown] = ["finish", { summary: "Done." }];
const cutOff =
  (turn: ScriptedTurn): ScriptedTurn =>
  async (request) => ({ ...(await turn(request)), finishReason: "length" });

async function iterate({ prompt = "Make five parts", scope }: { prompt?: string; scope?: { include: string[] } } = {}) {
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: parentId,
    prompt,
    model: scriptedModelId,
    mode: "classic",
    ...(scope === undefined ? {} : { scope }),
  });
  return server.waitForRun(runId);
}

const readHeadId = async () => (await server.api.project.get({ projectId })).headGenerationId;
const readAll = async (generationId: GenerationId | null) => server.readTexts(generationId ?? parentId);
const toRunId = (result: { runId: RunId } | { generationId: GenerationId }) =>
  "runId" in result ? result.runId : ("" as RunId);
const lastParts = (): string => {
  const request: ModelTurnRequest | undefined = models.requests.at(-1);
  return request?.messages.map((message) => (message.role === "user" ? message.parts.join("\n") : "")).join("\n") ?? "";
};

describe("a cut-off answer", () => {
  const cutAfterThree = [
    cutOff(callTools(write("a"), write("b"), write("c"))),
    ...Array.from({ length: 3 }, () => cutOff(callTools(["list_files", {}]))),
  ];

  test("keeps what was complete, and another run adds the rest in one version", async () => {
    models.script(...cutAfterThree);
    const held = await iterate();
    expect(held).toMatchObject({
      status: "NEEDS_REVIEW",
      failure: { code: "OUTPUT_TRUNCATED" },
      holds: { isPartial: true },
    });
    expect(held.holds?.changes.map(({ path }) => path)).toEqual(["app/a.py", "app/b.py", "app/c.py"]);

    models.script(callTools(write("d"), write("e"), finish));
    const { runId } = await server.api.run.continue({ runId: held.runId });
    const done = await server.waitForRun(runId);
    expect(done).toMatchObject({ status: "SUCCEEDED", continuesRunId: held.runId });
    expect(lastParts()).toContain("These files are finished; leave them as they are: app/a.py, app/b.py, app/c.py.");
    expect(models.requests.at(-1)?.messages[0]).toMatchObject({ parts: expect.arrayContaining(["Make five parts"]) });
    expect(await readHeadId()).toBe(done.generationId);
    expect(await readAll(done.generationId)).toEqual({
      ...files,
      ...Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [part(name).path, part(name).content])),
    });
    expect(await server.api.generation.get({ generationId: done.generationId ?? "" })).toMatchObject({
      version: 2,
      kind: "iterate",
      counts: { kept: 2, added: 5, total: 7 },
    });
    expect(await server.api.run.get({ runId: held.runId })).toMatchObject({
      status: "SUCCEEDED",
      generationId: done.generationId,
      completedByRunId: runId,
      failure: null,
    });
    await expect(server.api.run.continue({ runId: held.runId })).rejects.toMatchObject({
      cause: { code: "RUN_HOLDS_NOTHING" },
    });
    expect((await verifyHistory({ database: server.container.database })).faults).toEqual([]);
  });

  test("may be cut off again, and continues from both", async () => {
    models.script(...cutAfterThree);
    const first = await iterate();
    models.script(
      cutOff(callTools(write("d"))),
      ...Array.from({ length: 3 }, () => cutOff(callTools(["list_files", {}]))),
    );
    const second = await server.waitForRun((await server.api.run.continue({ runId: first.runId })).runId);
    expect(second.holds?.changes).toHaveLength(4);
    models.script(callTools(write("e"), finish));
    const third = await server.waitForRun((await server.api.run.continue({ runId: second.runId })).runId);
    expect(third.status).toBe("SUCCEEDED");
    expect(Object.keys(await readAll(third.generationId))).toHaveLength(7);
    for (const { runId } of [first, second])
      expect(await server.api.run.get({ runId })).toMatchObject({
        status: "SUCCEEDED",
        generationId: third.generationId,
      });
  });

  test("can be accepted as it is, and viewed before", async () => {
    models.script(...cutAfterThree);
    const held = await iterate();
    expect(await server.api.run.heldFile({ runId: held.runId, path: "app/b.py" })).toMatchObject({
      before: null,
      after: "b = 1\n",
      patch: expect.stringContaining("+b = 1"),
    });
    await expect(server.api.run.heldFile({ runId: held.runId, path: "app/main.py" })).rejects.toMatchObject({
      cause: { code: "FILE_NOT_FOUND" },
    });
    const firstPage = await server.api.run.heldPatches({ runId: held.runId, limit: 2 });
    const [, last] = firstPage.items;
    const secondPage = await server.api.run.heldPatches({ runId: held.runId, limit: 2, afterPath: last?.path });
    expect([...firstPage.items, ...secondPage.items]).toMatchObject(
      ["a", "b", "c"].map((name) => ({
        path: `app/${name}.py`,
        patch: expect.stringContaining(`+${name} = 1`),
        isBinary: false,
        isTooLarge: false,
        colours: null,
      })),
    );
    const accepted = await server.api.run.resolve({
      runId: held.runId,
      decisions: [{ path: "app/c.py", decision: "keep-parent" }],
    });
    expect(Object.keys(await readAll("generationId" in accepted ? accepted.generationId : null)).toSorted()).toEqual([
      "app/a.py",
      "app/b.py",
      "app/long.py",
      "app/main.py",
    ]);
  });

  test("of a creation is continued, or accepted as the first version", async () => {
    const create = async () => {
      models.script(...cutAfterThree);
      const { runId } = await server.api.generation.create({
        prompt: "Make five parts",
        model: scriptedModelId,
        mode: "classic",
      });
      return server.waitForRun(runId);
    };
    const held = await create();
    expect(held).toMatchObject({ status: "NEEDS_REVIEW", parentGenerationId: null });
    models.script(callTools(write("d"), write("e"), finish));
    const done = await server.waitForRun((await server.api.run.continue({ runId: held.runId })).runId);
    expect(await server.api.generation.get({ generationId: done.generationId ?? "" })).toMatchObject({
      version: 1,
      kind: "create",
      isHead: true,
      counts: { added: 5, total: 5 },
    });

    const other = await create();
    const accepted = await server.api.run.resolve({ runId: other.runId, decisions: [] });
    expect(
      await server.api.generation.get({ generationId: "generationId" in accepted ? accepted.generationId : "" }),
    ).toMatchObject({ version: 1, kind: "accept", isHead: true, counts: { added: 3 } });
  });

  test("without anything complete is a failure", async () => {
    models.script(...Array.from({ length: 4 }, () => cutOff(callTools(["list_files", {}]))));
    expect(await iterate()).toMatchObject({ status: "FAILED", failure: { code: "OUTPUT_TRUNCATED" }, holds: null });
  });
});

describe("a file that lost code", () => {
  const rewrite = callTools(
    ["read_file", { path: "app/long.py" }],
    ["write_file", { path: "app/long.py", content: "def function_0():\n    return 100\n" }],
    write("a"),
    finish,
  );

  test("is redone alone, from the parent's text, and the other files are kept", async () => {
    models.script(rewrite);
    const held = await iterate({ prompt: "Return 100 from function_0 and add a part" });
    expect(held.status).toBe("NEEDS_REVIEW");
    models.script(
      callTools(
        ["edit_file", { path: "app/long.py", edits: [{ oldText: "    return 0\n", newText: "    return 100\n" }] }],
        write("z"),
        finish,
      ),
      callTools(finish),
    );
    const resolved = await server.api.run.resolve({
      runId: held.runId,
      decisions: [{ path: "app/long.py", decision: "repair" }],
    });
    const repaired = await server.waitForRun(toRunId(resolved));
    expect(repaired).toMatchObject({ status: "SUCCEEDED" });
    expect(lastParts()).toContain("damaged these files");
    expect(lastParts()).toContain(long);
    // It may only change that file; other proposals are shown and not applied.
    expect(await readAll(repaired.generationId)).toEqual({
      ...files,
      "app/a.py": part("a").content,
      "app/long.py": long.replace("    return 0\n", "    return 100\n"),
    });
    expect(await server.api.run.proposed({ runId: repaired.runId })).toMatchObject([
      { path: "app/z.py", type: "write", problem: null },
    ]);
    expect(await server.api.run.get({ runId: held.runId })).toMatchObject({
      status: "SUCCEEDED",
      generationId: repaired.generationId,
    });
  });

  test("can still be decided on if its repair fails, and a second repair is not started beside the first", async () => {
    models.script(rewrite);
    const held = await iterate();
    models.script(failTurn(new AppError({ code: "MODEL_REFUSED", message: "The model refused." })));
    const decisions = [{ path: "app/long.py", decision: "repair" as const }];
    const [one, two] = await Promise.all([
      server.api.run.resolve({ runId: held.runId, decisions }),
      server.api.run.resolve({ runId: held.runId, decisions }),
    ]);
    expect(one).toEqual(two);
    expect(await server.waitForRun(toRunId(one))).toMatchObject({
      status: "FAILED",
      failure: { code: "MODEL_REFUSED" },
    });
    expect(await server.api.run.get({ runId: held.runId })).toMatchObject({ status: "NEEDS_REVIEW" });
    const accepted = await server.api.run.resolve({
      runId: held.runId,
      decisions: [{ path: "app/long.py", decision: "keep-parent" }],
    });
    expect(await readAll("generationId" in accepted ? accepted.generationId : null)).toEqual({
      ...files,
      "app/a.py": part("a").content,
    });
  });

  test("is held if the model insists on a placeholder, shown as proposed, and never applied without a request", async () => {
    const elided = "def function_0():\n    return 100\n\n# ... rest of the code unchanged ...\n";
    models.script(
      ...Array.from({ length: 6 }, () =>
        callTools(
          ["read_file", { path: "app/long.py" }],
          ["write_file", { path: "app/long.py", content: elided }],
          finish,
        ),
      ),
      ...Array.from({ length: 6 }, () => callTools(finish)),
    );
    const held = await iterate({ prompt: "Return 100 from function_0" });
    expect(held).toMatchObject({ status: "NEEDS_REVIEW", generationId: null });
    expect(held.holds?.issues.map(({ validator }) => validator)).toContain("elision");
    expect(await readHeadId()).toBe(parentId);
    expect(await server.api.run.heldFile({ runId: held.runId, path: "app/long.py" })).toMatchObject({
      before: long,
      after: elided,
    });
    models.script(
      callTools(
        ["edit_file", { path: "app/long.py", edits: [{ oldText: "    return 0\n", newText: "    return 100\n" }] }],
        finish,
      ),
    );
    const repaired = await server.waitForRun(
      toRunId(
        await server.api.run.resolve({ runId: held.runId, decisions: [{ path: "app/long.py", decision: "repair" }] }),
      ),
    );
    expect(await readAll(repaired.generationId)).toEqual({
      ...files,
      "app/long.py": long.replace("    return 0\n", "    return 100\n"),
    });
  });
});

describe("a run that ended early", () => {
  test("keeps what it had finished, and another continues from there", async () => {
    models.script(
      callTools(write("a"), write("b")),
      failTurn(new AppError({ code: "MODEL_UNAVAILABLE", message: "The model did not answer." })),
    );
    const failed = await iterate();
    expect(failed).toMatchObject({
      status: "FAILED",
      failure: { code: "MODEL_UNAVAILABLE" },
      holds: { isPartial: true, counts: { added: 2 } },
    });
    models.script(callTools(write("c"), finish));
    const done = await server.waitForRun((await server.api.run.continue({ runId: failed.runId })).runId);
    expect(Object.keys(await readAll(done.generationId))).toHaveLength(5);
    expect(await server.api.run.get({ runId: failed.runId })).toMatchObject({
      status: "FAILED",
      generationId: done.generationId,
    });
  });

  test("is retried after its last finished call, which is not paid again", async () => {
    models.script(
      callTools(write("a")),
      failTurn(new AppError({ code: "MODEL_UNAVAILABLE", message: "The model did not answer." })),
    );
    const failed = await iterate();
    const calls = models.requests.length;
    models.script(callTools(write("b"), finish));
    const retried = await server.waitForRun((await server.api.run.retry({ runId: failed.runId })).runId);
    expect(retried.status).toBe("SUCCEEDED");
    expect(models.requests.length - calls).toBe(1);
    expect(await readAll(retried.generationId)).toEqual({
      ...files,
      "app/a.py": part("a").content,
      "app/b.py": part("b").content,
    });
  });

  test("ends with its reason even if damaged content affects what it had finished", async () => {
    const { prisma } = server.container.database;
    const archive = await buildArchive({ "only.py": "only_here = 'this text stands nowhere else'\n" });
    ({ projectId, generationId: parentId } = await importArchive({
      container: server.container,
      ownerId: testOwnerId,
      name: "Damaged",
      archive,
    }));
    const damage: ScriptedTurn = async (request) => {
      await prisma.$transaction([
        prisma.$executeRawUnsafe("SET LOCAL session_replication_role = replica"),
        prisma.$executeRawUnsafe(`DELETE FROM "Blob" WHERE "sizeBytes" = 44`),
      ]);
      return callTools(["read_file", { path: "only.py" }], ["search_files", { query: "only" }], finish)(request);
    };
    models.script(
      callTools(["edit_file", { path: "only.py", edits: [{ oldText: "only_here", newText: "here" }] }]),
      damage,
    );
    const failed = await iterate();
    expect(failed).toMatchObject({
      status: "FAILED",
      generationId: null,
      failure: { code: "STORED_CONTENT_DAMAGED" },
      holds: null,
    });
    // At once, and not through another worker.
    expect(await prisma.run.findUnique({ where: { id: failed.runId }, select: { attempt: true } })).toEqual({
      attempt: 1,
    });
    expect(await readHeadId()).toBe(parentId);
  });

  test("restarts if its answers were the failure", async () => {
    models.script(callTools(finish));
    const failed = await iterate();
    expect(failed).toMatchObject({ status: "FAILED", failure: { code: "NO_CHANGES" } });
    models.script(callTools(write("b"), finish));
    expect(await server.waitForRun((await server.api.run.retry({ runId: failed.runId })).runId)).toMatchObject({
      status: "SUCCEEDED",
    });
  });

  test("holds nothing if it finished nothing", async () => {
    models.script(failTurn(new AppError({ code: "MODEL_REFUSED", message: "The model refused." })));
    const failed = await iterate();
    expect(failed.holds).toBeNull();
    await expect(server.api.run.continue({ runId: failed.runId })).rejects.toMatchObject({
      cause: { code: "RUN_HOLDS_NOTHING" },
    });
    await expect(server.api.run.resolve({ runId: failed.runId, decisions: [] })).rejects.toMatchObject({
      cause: { code: "RUN_NOT_IN_REVIEW" },
    });
  });

  test("says how often problems were returned to the model, and what that cost", async () => {
    models.script(
      callTools(["write_file", { path: "app/a.py", content: "class Task(:\n" }], finish),
      callTools(write("a"), finish),
    );
    const run = await iterate();
    expect(run).toMatchObject({
      status: "SUCCEEDED",
      repairs: [{ round: 1, inputTokens: 100, outputTokens: 50, reasons: [expect.stringContaining("app/a.py")] }],
    });
  });

  test("requests a small file whole if its edits keep failing, and ends if the same failure repeats", async () => {
    const miss = callTools(
      ["edit_file", { path: "app/main.py", edits: [{ oldText: "not there at all", newText: "y" }] }],
      finish,
    );
    models.script(miss, miss, callTools(["write_file", { path: "app/main.py", content: "x = 2\n" }], finish));
    const mended = await iterate();
    expect(mended).toMatchObject({ status: "SUCCEEDED" });
    expect(await readAll(mended.generationId)).toEqual({ ...files, "app/main.py": "x = 2\n" });
    const calls = models.requests.length;
    models.script(...Array.from({ length: 40 }, () => miss));
    expect(await iterate()).toMatchObject({ status: "FAILED", failure: { code: "EDIT_FAILED" } });
    expect(models.requests.length - calls).toBeLessThan(8);
  });
});

describe("what is outside the scope", () => {
  const proposeBoth = callTools(
    ["edit_file", { path: "app/main.py", edits: [{ oldText: "x = 1", newText: "x = 2" }] }],
    write("a"),
    finish,
  );

  test("is shown, not applied, and applied if the user wants it", async () => {
    models.script(proposeBoth, callTools(finish));
    const run = await iterate({ scope: { include: ["app/a.py"] } });
    expect(run.status).toBe("SUCCEEDED");
    expect(await readAll(run.generationId)).toEqual({ ...files, "app/a.py": part("a").content });
    const proposed = await server.api.run.proposed({ runId: run.runId });
    expect(proposed).toMatchObject([
      { index: 0, path: "app/main.py", type: "edit", problem: null, patch: expect.stringContaining("+x = 2") },
    ]);
    const { generationId } = await server.api.run.applyProposed({ runId: run.runId, indexes: [0] });
    expect(await readAll(generationId)).toEqual({ ...files, "app/a.py": part("a").content, "app/main.py": "x = 2\n" });
    expect(await server.api.generation.get({ generationId })).toMatchObject({
      kind: "edit",
      author: "user",
      isHead: true,
    });
    await expect(server.api.run.applyProposed({ runId: run.runId, indexes: [7] })).rejects.toMatchObject({
      cause: { code: "INVALID_INPUT" },
    });
  });

  test("can be applied to the parent if the run had nothing else", async () => {
    models.script(
      callTools(["edit_file", { path: "app/main.py", edits: [{ oldText: "x = 1", newText: "x = 2" }] }], finish),
      callTools(finish),
    );
    const run = await iterate({ scope: { include: ["docs/**"] } });
    expect(run).toMatchObject({ status: "FAILED", failure: { code: "SCOPE_VIOLATION" } });
    const { generationId } = await server.api.run.applyProposed({ runId: run.runId, indexes: [0] });
    expect(await readAll(generationId)).toEqual({ ...files, "app/main.py": "x = 2\n" });
  });

  test("is refused if the user locked it, until it is unlocked", async () => {
    await server.api.project.setLockedPaths({ projectId, lockedPaths: ["app/main.py"] });
    models.script(proposeBoth, callTools(finish));
    const run = await iterate();
    expect(await readAll(run.generationId)).toEqual({ ...files, "app/a.py": part("a").content });
    expect(await server.api.run.proposed({ runId: run.runId })).toMatchObject([
      { path: "app/main.py", reason: "app/main.py is locked." },
    ]);
    expect((await server.api.project.setLockedPaths({ projectId, lockedPaths: [] })).lockedPaths).toEqual([]);
  });
});

describe("a held run that is discarded", () => {
  test("no longer waits, keeps what it holds, and can still be accepted", async () => {
    models.script(
      callTools(["write_file", { path: "app/long.py", content: "def function_0():\n    return 0\n" }], finish),
    );
    const held = await iterate({ prompt: "Look at the functions" });
    expect(held.status).toBe("NEEDS_REVIEW");
    expect((await server.api.project.get({ projectId })).waitingRuns?.count).toBe(1);

    const discarded = await server.api.run.cancel({ runId: held.runId });
    expect(discarded).toMatchObject({ status: "CANCELLED", generationId: null });
    expect((await server.api.project.get({ projectId })).waitingRuns).toBeNull();
    expect(await readHeadId()).toBe(parentId);

    await server.api.run.resolve({ runId: held.runId, decisions: [{ path: "app/long.py", decision: "accept" }] });
    expect(await readAll(await readHeadId())).toMatchObject({ "app/long.py": "def function_0():\n    return 0\n" });
    await expect(server.api.run.cancel({ runId: held.runId })).rejects.toMatchObject({
      cause: expect.objectContaining({ code: "RUN_NOT_ACTIVE" }),
    });
  });
});
