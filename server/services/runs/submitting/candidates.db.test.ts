import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { GenerationId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { callTools, failTurn, ScriptedGateway, scriptedModelId as model } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { verifyHistory } from "../../operations/verify-history.ts";
import { importArchive } from "../../versions/importing/import-archive.ts";

const models = new ScriptedGateway({ turns: [] });
let server: TestServer;
let projectId: ProjectId;
let parentId: GenerationId;

beforeAll(async () => {
  server = await startTestServer({ models });
});
afterAll(() => server.close());
beforeEach(async () => {
  const imported = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Candidates",
    archive: await buildArchive({ "a.txt": "a\n", "b.txt": "b\n" }),
  });
  ({ projectId, generationId: parentId } = imported);
});

const answer = (word: string) =>
  callTools(["write_file", { path: "answer.txt", content: `${word}\n` }], ["finish", { summary: `Said ${word}.` }]);
const scope = { include: ["answer.txt", "b.txt"] };

/** Submits one candidate per word and waits until all ended. A null word is a model that refuses. */
async function ask(words: (string | null)[], extra: object = {}): Promise<RunId[]> {
  models.script(
    ...words.map((word) =>
      word === null ? failTurn(new AppError({ code: "MODEL_REFUSED", message: "Refused." })) : answer(word),
    ),
  );
  const { runId, runIds } = await server.api.generation.iterate({
    parentGenerationId: parentId,
    prompt: "Answer",
    scope,
    candidates: words.map(() => ({ model })),
    ...extra,
  });
  expect(runIds).toHaveLength(words.length);
  expect(runIds?.[0]).toBe(runId);
  await Promise.all((runIds ?? []).map((id) => server.waitForRun(id)));
  return runIds ?? [];
}

const head = async () => (await server.api.project.get({ projectId })).headGenerationId;
const expectSound = async () => expect((await verifyHistory(server.container)).faults).toEqual([]);

test("five candidates of which one fails give four sibling versions, and the head stays", async () => {
  const runIds = await ask(["one", "two", null, "four", "five"]);
  expect(await head()).toBe(parentId);
  const board = await server.api.run.candidates({ runId: runIds[3] ?? "" });
  expect(board).toMatchObject({
    prompt: "Answer",
    parentGenerationId: parentId,
    parentVersion: 1,
    headGenerationId: parentId,
    chosenGenerationId: null,
  });
  expect(board.items.map(({ place, runId }) => [place, runId])).toEqual(runIds.map((id, index) => [index, id]));
  const [failed, ...rest] = board.items.filter(({ status }) => status === "FAILED");
  expect(rest).toEqual([]);
  expect(failed).toMatchObject({ failure: { code: "MODEL_REFUSED" }, generationId: null, version: null });
  const made = board.items.filter(({ status }) => status === "SUCCEEDED");
  expect(made.map(({ version }) => version).sort()).toEqual([2, 3, 4, 5]);
  for (const item of made)
    expect(item).toMatchObject({
      counts: { kept: 2, added: 1, total: 3 },
      additions: 1,
      deletions: 0,
      beyondScopeCount: 0,
      failure: null,
    });
  const texts = await Promise.all(made.map(async ({ generationId }) => server.readTexts(generationId as GenerationId)));
  expect(texts.map((files) => files["answer.txt"]?.trim()).sort()).toEqual(["five", "four", "one", "two"]);
  await expectSound();
});

test("one is chosen: the head moves to it without a new version, and the others stay tips", async () => {
  const runIds = await ask(["one", "two", "three"]);
  const { items } = await server.api.run.candidates({ runId: runIds[0] ?? "" });
  const [first, second] = items.map(({ generationId }) => generationId as GenerationId);
  const before = await server.api.generation.list({ projectId });
  await server.api.generation.activate({ generationId: second ?? "", expectedHeadGenerationId: parentId });
  expect(await head()).toBe(second);
  expect((await server.api.generation.list({ projectId })).items.map(({ generationId }) => generationId)).toEqual(
    before.items.map(({ generationId }) => generationId),
  );
  // The response was lost and the client repeats the request.
  await server.api.generation.activate({ generationId: second ?? "", expectedHeadGenerationId: parentId });
  expect(await server.api.run.candidates({ runId: runIds[2] ?? "" })).toMatchObject({ chosenGenerationId: second });
  await expect(
    server.api.generation.activate({ generationId: first ?? "", expectedHeadGenerationId: parentId }),
  ).rejects.toMatchObject({ cause: { code: "HEAD_MOVED" } });
  await expect(
    server.api.generation.activate({ generationId: first ?? "", expectedHeadGenerationId: second ?? "" }),
  ).rejects.toMatchObject({
    cause: { code: "NOT_A_DESCENDANT" },
    message: expect.stringMatching(/Merge v\d into the active version, or roll back to it/) as string,
  });
  // A version made from the chosen one keeps it chosen.
  await server.api.generation.edit({
    parentGenerationId: second ?? "",
    changeSet: { operations: [{ type: "write", path: "a.txt", content: "A\n" }] },
  });
  expect(await server.api.run.candidates({ runId: runIds[2] ?? "" })).toMatchObject({ chosenGenerationId: second });
  expect(await server.readTexts(first as GenerationId)).toHaveProperty("answer.txt");
  await expectSound();
});

test("of two concurrent choices one wins, and the other is told so", async () => {
  const runIds = await ask(["one", "two", "three", "four"]);
  const { items } = await server.api.run.candidates({ runId: runIds[0] ?? "" });
  const results = await Promise.allSettled(
    items.map(({ generationId }) =>
      server.api.generation.activate({ generationId: generationId ?? "", expectedHeadGenerationId: parentId }),
    ),
  );
  const won = results.flatMap((result) => (result.status === "fulfilled" ? [result.value.generationId] : []));
  expect(won).toEqual([await head()]);
  for (const result of results)
    if (result.status === "rejected") expect(result.reason).toMatchObject({ cause: { code: "HEAD_MOVED" } });
  await expectSound();
});

test("one key covers all candidates, and another body with it is refused", async () => {
  const key = { idempotencyKey: `candidates-${projectId}` };
  const runIds = await ask(["one", "two"], key);
  const again = await server.api.generation.iterate({
    parentGenerationId: parentId,
    prompt: "Answer",
    scope,
    candidates: [{ model }, { model }],
    ...key,
  });
  expect(again).toEqual({ projectId, runId: runIds[0], runIds });
  expect((await server.api.run.list({ projectId })).items).toHaveLength(2);
  await expect(
    server.api.generation.iterate({
      parentGenerationId: parentId,
      prompt: "Answer",
      scope,
      candidates: [{ model }, { model }, { model }],
      ...key,
    }),
  ).rejects.toMatchObject({ cause: { code: "IDEMPOTENCY_CONFLICT" } });
});

test("if one model is unknown nothing is started, and fewer than two or more than five are refused", async () => {
  const request = { parentGenerationId: parentId, prompt: "Answer" };
  await expect(
    server.api.generation.iterate({ ...request, candidates: [{ model }, { model: "compatible:unknown" }] }),
  ).rejects.toMatchObject({ cause: { code: "MODEL_NOT_FOUND" } });
  for (const count of [0, 1, 6])
    await expect(
      server.api.generation.iterate({ ...request, candidates: Array.from({ length: count }, () => ({ model })) }),
    ).rejects.toMatchObject({ code: "BAD_REQUEST" });
  for (const other of [{ queue: true }, { plan: "always" as const }])
    await expect(
      server.api.generation.iterate({ ...request, ...other, candidates: [{ model }, { model }] }),
    ).rejects.toMatchObject({ cause: { code: "INVALID_INPUT" } });
  expect((await server.api.run.list({ projectId })).items).toEqual([]);
});

test("a retry of the failed one takes its place and leaves the head alone", async () => {
  const runIds = await ask(["one", null]);
  const before = await server.api.run.candidates({ runId: runIds[0] ?? "" });
  const failed = before.items.find(({ status }) => status === "FAILED");
  models.script(answer("later"));
  const { runId } = await server.api.run.retry({ runId: failed?.runId ?? "" });
  await server.waitForRun(runId);
  const after = await server.api.run.candidates({ runId });
  expect(after.items).toHaveLength(2);
  expect(after.items[failed?.place ?? 0]).toMatchObject({ runId, status: "SUCCEEDED" });
  expect(await head()).toBe(parentId);
  await expectSound();
});

test("files outside the scope are counted for each candidate, and a single run has no board", async () => {
  models.script(
    callTools(
      ["write_file", { path: "answer.txt", content: "x\n" }],
      ["write_file", { path: "a.txt", content: "A\n" }],
      ["finish", { summary: "Did both." }],
    ),
    answer("two"),
  );
  const { runIds } = await server.api.generation.iterate({
    parentGenerationId: parentId,
    prompt: "Answer",
    scope,
    candidates: [{ model }, { model }],
  });
  await Promise.all((runIds ?? []).map((id) => server.waitForRun(id)));
  const { items } = await server.api.run.candidates({ runId: runIds?.[0] ?? "" });
  expect(items.map(({ beyondScopeCount }) => beyondScopeCount).sort()).toEqual([0, 1]);
  models.script(answer("alone"));
  const { runId } = await server.api.generation.iterate({ parentGenerationId: parentId, prompt: "Alone", model });
  expect((await server.waitForRun(runId)).candidate).toBeNull();
  await expect(server.api.run.candidates({ runId })).rejects.toMatchObject({ cause: { code: "INVALID_INPUT" } });
});

test("lines and files of one candidate are taken into another, which makes a new, validated version that can be chosen", async () => {
  const numbers = (...changed: [number, string][]) =>
    Array.from({ length: 20 }, (_, index) => `${changed.find(([at]) => at === index)?.[1] ?? index}\n`).join("");
  const { projectId: mixedProjectId, generationId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Mixed",
    archive: await buildArchive({ "README.md": "# Numbers\n", "numbers.txt": numbers() }),
  });
  models.script(
    callTools(
      ["write_file", { path: "numbers.txt", content: numbers([2, "two"]) }],
      ["write_file", { path: "items.ts", content: "export const read = () => 1;\n" }],
      ["write_file", { path: "main.ts", content: 'import { read } from "./items.ts";\n\nread();\n' }],
      ["finish", { summary: "Added items." }],
    ),
    callTools(
      ["write_file", { path: "numbers.txt", content: numbers([17, "seventeen"]) }],
      ["finish", { summary: "Changed a number." }],
    ),
  );
  const { runIds = [] } = await server.api.generation.iterate({
    parentGenerationId: generationId,
    prompt: "Answer",
    candidates: [{ model }, { model }],
  });
  await Promise.all(runIds.map((id) => server.waitForRun(id)));
  const { items } = await server.api.run.candidates({ runId: runIds[0] ?? "" });
  const giver = items.find(({ counts }) => counts?.added === 2)?.generationId ?? "";
  const taker = items.find(({ counts }) => counts?.added === 0)?.generationId ?? "";
  const texts = await server.readTexts(giver as GenerationId);
  const take = async (...taken: [string, string | undefined][]) =>
    server.api.generation.edit({
      parentGenerationId: taker,
      changeSet: { operations: taken.map(([path, content = ""]) => ({ type: "write" as const, path, content })) },
    });

  // A file without the one that it needs.
  const { generationId: broken } = await take(["main.ts", texts["main.ts"]]);
  expect((await server.api.generation.get({ generationId: broken })).issues).toMatchObject([
    { path: "main.ts", validator: "unresolved-imports" },
  ]);
  const both = numbers([2, "two"], [17, "seventeen"]);
  const { generationId: mixed } = await take(
    ["main.ts", texts["main.ts"]],
    ["items.ts", texts["items.ts"]],
    ["numbers.txt", both],
  );
  expect(await server.api.generation.get({ generationId: mixed })).toMatchObject({
    parentGenerationIds: [taker],
    isHead: false,
    issues: [],
    counts: { kept: 1, modified: 1, added: 2, total: 4 },
  });
  expect((await server.readTexts(mixed))["numbers.txt"]).toBe(both);
  // Neither candidate changed, and none is chosen by this.
  expect(await server.readTexts(giver as GenerationId)).toEqual(texts);
  expect((await server.api.project.get({ projectId: mixedProjectId })).headGenerationId).toBe(generationId);
  expect(await server.api.run.candidates({ runId: runIds[0] ?? "" })).toMatchObject({ chosenGenerationId: null });
  await server.api.generation.activate({ generationId: mixed, expectedHeadGenerationId: generationId });
  expect((await server.api.project.get({ projectId: mixedProjectId })).headGenerationId).toBe(mixed);
  expect(await server.api.run.candidates({ runId: runIds[0] ?? "" })).toMatchObject({ chosenGenerationId: taker });
  await expectSound();
});

test("three candidates run concurrently: with a model that takes 2 s they take little more than one run", async () => {
  const modelMs = 2_000;
  let open = 0;
  let mostOpen = 0;
  const slowly = (word: string) => async (request: Parameters<ReturnType<typeof answer>>[0]) => {
    open += 1;
    mostOpen = Math.max(mostOpen, open);
    await delay(modelMs);
    open -= 1;
    return answer(word)(request);
  };
  const slow = new ScriptedGateway({ turns: [] });
  // As many concurrent runs as one worker process takes.
  const other = await startTestServer({ models: slow, concurrency: 4 });
  try {
    const { generationId } = await importArchive({
      container: other.container,
      ownerId: testOwnerId,
      name: "Slow",
      archive: await buildArchive({ "a.txt": "a\n" }),
    });
    const request = { parentGenerationId: generationId, prompt: "Answer", mode: "classic" as const };
    const time = async (extra: { model: string } | { candidates: { model: string }[] }) => {
      slow.script(slowly("one"), slowly("two"), slowly("three"));
      const startedAt = performance.now();
      const { runId, runIds } = await other.api.generation.iterate({ ...request, ...extra });
      await Promise.all((runIds ?? [runId]).map((id) => other.waitForRun(id)));
      return performance.now() - startedAt;
    };
    await time({ model });
    const aloneMs = await time({ model });
    mostOpen = 0;
    const togetherMs = await time({ candidates: [{ model }, { model }, { model }] });
    expect(mostOpen).toBe(3);
    const percent = ((togetherMs / aloneMs - 1) * 100).toFixed(1);
    console.log(
      `one run ${Math.round(aloneMs)} ms, three candidates ${Math.round(togetherMs)} ms: ${percent} % more, model ${modelMs} ms`,
    );
  } finally {
    await other.close();
  }
});
