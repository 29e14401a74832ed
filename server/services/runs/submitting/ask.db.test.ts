import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import type { GenerationId, ModelId, ProjectId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import { createLoopbackGateway, loopbackModelIds } from "#server/providers/testing/loopback-gateway.ts";
import { startLoopbackModelServer } from "#server/providers/testing/loopback-model-server.ts";
import { createScaffoldModel } from "#server/builtin/scaffold-model.ts";
import { createModelGateway } from "#server/providers/model-gateway.ts";
import { checkInvariants } from "#server/faults/check-invariants.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import {
  callTools,
  failTurn,
  hang,
  sayText,
  ScriptedGateway,
  scriptedModelId,
} from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../../versions/importing/import-archive.ts";

const files = { "app/models.py": "class Task:\n    title: str\n", "README.md": "# Tasks\n" };
const models = new ScriptedGateway({ turns: [] });
let server: TestServer;
let projectId: ProjectId;
let generationId: GenerationId;

beforeAll(async () => {
  server = await startTestServer({ models });
});
afterAll(() => server.close());
beforeEach(async () => {
  models.requests.length = 0;
  ({ projectId, generationId } = await importFiles(server));
});
afterEach(async () => {
  // Whatever the answer was, the version and its head are unchanged.
  const { items } = await server.api.generation.list({ projectId });
  expect(items).toMatchObject([{ generationId, isHead: true }]);
  expect(await server.readTexts(generationId)).toEqual(files);
});

function importFiles(on: TestServer) {
  return buildArchive(files).then((archive) =>
    importArchive({ container: on.container, ownerId: testOwnerId, name: "Asked", archive }),
  );
}

async function ask(prompt = "What is a task?") {
  const { runId } = await server.api.generation.ask({ generationId, prompt, model: scriptedModelId });
  return server.waitForRun(runId);
}

test("a question is answered from the files, with its receipt and its price, and no version is made", async () => {
  const text = "A [task](app/models.py#L1) has a title.";
  models.script(callTools(["read_file", { path: "app/models.py" }]), sayText(text));
  const run = await ask();
  expect(run).toMatchObject({
    kind: "ask",
    status: "SUCCEEDED",
    answer: text,
    generationId: null,
    holds: null,
    failure: null,
    parentGenerationId: generationId,
    usage: { modelCalls: 2, inputTokens: 200 },
    proposals: { sent: 0 },
  });
  expect(run.stages.map(({ name, status }) => [name, status])).toEqual([
    ["load-context", "done"],
    ["extract-schema", "done"],
    ["answer-question", "done"],
  ]);
  expect(models.requests[1]?.messages.at(-1)).toMatchObject({
    role: "tool",
    results: [{ text: files["app/models.py"], isError: false }],
  });
  const { items } = await server.api.project.thread({ projectId });
  expect(items[0]).toMatchObject({ kind: "run", runKind: "ask", answer: text, prompt: "What is a task?" });
});

test("calls that would change a file are refused, whatever they are called", async () => {
  models.script(
    callTools(
      ["write_file", { path: "app/new.py", content: "x = 1\n" }],
      ["edit_file", { path: "README.md", edits: [{ oldText: "Tasks", newText: "Notes" }] }],
      ["delete_file", { path: "README.md" }],
      ["move_file", { source: "README.md", destination: "b.md" }],
      ["finish", { summary: "Done." }],
      ["create_file", { path: "app/new.py", content: "x = 1\n" }],
    ),
    sayText("Nothing was written.\n\n```\n*** Begin Patch\n*** Delete File: README.md\n*** End Patch\n```"),
  );
  const run = await ask();
  expect(run).toMatchObject({ status: "SUCCEEDED", generationId: null, holds: null, proposals: { sent: 0 } });
  const last = models.requests[1]?.messages.at(-1);
  expect(last?.role === "tool" && last.results.every(({ isError, text }) => isError && /no tool/.test(text))).toBe(
    true,
  );
});

test("the database itself refuses a version for a question", async () => {
  models.script(sayText("It is a class."));
  const { runId } = await ask();
  const change = server.container.database.prisma.run.update({ where: { id: runId }, data: { generationId } });
  await expect(change).rejects.toThrow(/Run_kind_check/);
  const { database } = server.container;
  const report = await checkInvariants({
    database,
    acknowledged: [runId],
    before: new Map(),
    secret: "no such text in any row of this database",
    logs: [],
  });
  expect(report.faults).toEqual([]);
});

test("a cut-off answer is continued, and one that stays cut says so", async () => {
  const cut = (text: string) => async () => ({ ...(await sayText(text)(request)), finishReason: "length" as const });
  const request = {} as Parameters<ReturnType<typeof sayText>>[0];
  models.script(cut("One, "), sayText("two."));
  expect((await ask()).answer).toBe("One, two.");
  models.script(cut("a"), cut("b"), cut("c"), cut("d"));
  expect((await ask()).answer).toMatch(/^abcd\n\n\*.*cut this answer off/);
});

test("a failed question says so and can be retried; a cancelled one stops", async () => {
  models.script(
    callTools(["list_files", {}]),
    failTurn(new AppError({ code: "MODEL_UNAVAILABLE", message: "The model did not answer." })),
  );
  const failed = await ask();
  expect(failed).toMatchObject({
    status: "FAILED",
    failure: { message: "The model did not answer. Nothing was changed." },
  });
  models.script(sayText("Now it does."));
  const { runId } = await server.api.run.retry({ runId: failed.runId });
  // The earlier answered call is not repeated.
  expect(await server.waitForRun(runId)).toMatchObject({
    kind: "ask",
    answer: "Now it does.",
    usage: { modelCalls: 2 },
  });

  models.script(hang());
  const hanging = await server.api.generation.ask({ generationId, prompt: "Why?", model: scriptedModelId });
  await expect.poll(async () => (await server.api.run.get({ runId: hanging.runId })).status).toBe("RUNNING");
  await server.api.run.cancel({ runId: hanging.runId });
  expect(await server.waitForRun(hanging.runId)).toMatchObject({ status: "CANCELLED", answer: null, holds: null });
});

test("the result of an ended question cannot be decided on, continued or applied", async () => {
  models.script(sayText("An answer."));
  const { runId } = await ask();
  await expect(server.api.run.continue({ runId })).rejects.toMatchObject({ cause: { code: "RUN_HOLDS_NOTHING" } });
  await expect(server.api.run.resolve({ runId, decisions: [] })).rejects.toMatchObject({
    cause: { code: expect.stringMatching(/RUN_HOLDS_NOTHING|RUN_NOT_IN_REVIEW/) },
  });
  await expect(server.api.run.proposed({ runId })).rejects.toMatchObject({ cause: { code: "RUN_HOLDS_NOTHING" } });
});

test("one key is one question, and another body with it is a conflict", async () => {
  models.script(sayText("Once."));
  const input = { generationId, prompt: "Once?", model: scriptedModelId, idempotencyKey: "ask-once" };
  const first = await server.api.generation.ask(input);
  expect(await server.api.generation.ask(input)).toEqual(first);
  await server.waitForRun(first.runId);
  await expect(server.api.generation.ask({ ...input, prompt: "Twice?" })).rejects.toMatchObject({
    cause: { code: "IDEMPOTENCY_CONFLICT" },
  });
  await expect(
    server.api.generation.iterate({
      parentGenerationId: generationId,
      prompt: "Once?",
      model: scriptedModelId,
      idempotencyKey: "ask-once",
    }),
  ).rejects.toMatchObject({ cause: { code: "IDEMPOTENCY_CONFLICT" } });
});

test("another owner's version cannot be asked about", async () => {
  const stranger = "00000000-0000-4000-8000-000000000000" as GenerationId;
  await expect(
    server.api.generation.ask({ generationId: stranger, prompt: "What?", model: scriptedModelId }),
  ).rejects.toMatchObject({ cause: { code: "GENERATION_NOT_FOUND" } });
});

test.each([loopbackModelIds.compatible, loopbackModelIds.anthropic, loopbackModelIds.openai])(
  "the request to %s contains the read-only tools and none that writes",
  async (model) => {
    const provider = await startLoopbackModelServer({
      respond: [
        { toolCalls: [{ name: "read_file", arguments: { path: "README.md" } }] },
        { text: "It is about tasks." },
      ],
    });
    onTestFinished(() => provider.close());
    const wired = await startTestServer({ models: createLoopbackGateway({ url: provider.url }) });
    onTestFinished(() => wired.close());
    const asked = await importFiles(wired);
    const { runId } = await wired.api.generation.ask({
      generationId: asked.generationId,
      prompt: "About what?",
      model,
    });
    expect(await wired.waitForRun(runId)).toMatchObject({ status: "SUCCEEDED", answer: "It is about tasks." });
    expect(provider.requests).toHaveLength(2);
    for (const { toolNames } of provider.requests)
      expect(toolNames.toSorted()).toEqual(["list_files", "read_file", "search_files"]);
  },
);

test("the built-in generator refuses a question with a message, and nothing is started", async () => {
  const builtin = await startTestServer({
    models: createModelGateway({
      config: { compatibleTools: "off" },
      builtinModel: createScaffoldModel({ sourceParser: server.container.sourceParser }),
    }),
  });
  onTestFinished(() => builtin.close());
  const asked = await importFiles(builtin);
  const input = { generationId: asked.generationId, prompt: "Why?", model: "builtin:scaffold" as ModelId };
  await expect(builtin.api.generation.ask(input)).rejects.toMatchObject({
    cause: { code: "MODEL_CANNOT_ANSWER", message: expect.stringContaining("cannot answer questions") },
  });
  expect((await builtin.api.run.list({ projectId: asked.projectId })).items).toEqual([]);
});
