import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { GenerationId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type { ModelTurn, ModelTurnRequest } from "#server/orchestrator/ports.ts";
import { listRunEvents } from "#server/store/runs/run-events.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { callTools, failTurn, ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { verifyHistory } from "../../operations/verify-history.ts";
import { importArchive } from "../../versions/importing/import-archive.ts";

const files = { "app/base.py": "base = 1\n" };

/** A model whose answers the test releases; until then the run is running. */
class HeldAnswers extends ScriptedGateway {
  readonly #answers = new Map<string, PromiseWithResolvers<ReturnType<typeof callTools>>>();
  readonly asked: string[] = [];

  constructor() {
    super({ turns: [] });
  }

  override async runTurn(request: ModelTurnRequest): Promise<ModelTurn> {
    const [first] = request.messages;
    const prompt = first?.role === "user" ? (first.parts.at(-1) ?? "") : "";
    if (request.messages.length === 1) this.asked.push(prompt);
    const { signal } = request;
    const aborted = new Promise<never>((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    });
    return (await Promise.race([this.#hold(prompt).promise, aborted]))(request);
  }

  answer(prompt: string, turn: ReturnType<typeof callTools> = writeFile(prompt)): void {
    this.#hold(prompt).resolve(turn);
  }

  #hold(prompt: string) {
    const held = this.#answers.get(prompt) ?? Promise.withResolvers();
    this.#answers.set(prompt, held);
    return held;
  }
}

/** Each prompt adds a file with its own name. */
function writeFile(prompt: string) {
  return callTools(
    ["write_file", { path: `app/${prompt}.py`, content: `${prompt} = 1\n` }],
    ["finish", { summary: `Added ${prompt}.` }],
  );
}

const fail = failTurn(new AppError({ code: "MODEL_REFUSED", message: "The model refused." }));

let models: HeldAnswers;
let server: TestServer;
let projectId: ProjectId;
let baseId: GenerationId;
const sent: RunId[] = [];

beforeAll(async () => {
  // Prompts are identified by their words, so each test has its own.
  models = new HeldAnswers();
  server = await startTestServer({ models });
});
afterAll(() => server.close());
beforeEach(async () => {
  models.asked.length = 0;
  sent.length = 0;
  ({ projectId, generationId: baseId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Queued",
    archive: await buildArchive(files),
  }));
});

/** After each test every prompt has ended and was answered at most once, and the stored history is valid. */
afterEach(async () => {
  for (const runId of sent)
    if ((await server.api.run.get({ runId })).waitsFor !== null) await server.api.run.cancel({ runId });
  for (const runId of sent) await server.waitForRun(runId);
  expect((await verifyHistory({ database: server.container.database })).faults).toEqual([]);
  expect(new Set(models.asked).size).toBe(models.asked.length);
});

async function send(
  prompt: string,
  options: { queue?: boolean | { afterRunId: RunId }; parentGenerationId?: GenerationId } = {},
): Promise<RunId> {
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: baseId,
    prompt,
    model: scriptedModelId,
    mode: "classic",
    ...options,
  });
  sent.push(runId);
  return runId;
}

const queued = { queue: true } as const;
const get = (runId: RunId) => server.api.run.get({ runId });

async function waitUntilAsked(prompt: string): Promise<void> {
  await expect.poll(() => models.asked, { timeout: 10_000 }).toContain(prompt);
}

async function listTypes(runId: RunId): Promise<string[]> {
  const { database } = server.container;
  return (await listRunEvents({ database, runId, afterSequence: 0, limit: 1_000 })).map(({ event }) => event.type);
}

async function readPaths(runId: RunId): Promise<string[]> {
  const { generationId } = await get(runId);
  return generationId === null ? [] : Object.keys(await server.readTexts(generationId));
}

describe("a prompt behind the first version", () => {
  const create = async (prompt: string) => {
    const created = await server.api.generation.create({ prompt, model: scriptedModelId, mode: "classic" });
    sent.push(created.runId);
    return created;
  };
  const sendBehind = async (prompt: string, afterRunId: RunId) => {
    const input = { afterRunId, prompt, model: scriptedModelId, mode: "classic" } as const;
    const { runId } = await server.api.generation.iterateBehind(input);
    sent.push(runId);
    return runId;
  };

  test("waits for it, and each waits for the one before it", async () => {
    const { runId: first } = await create("made_a");
    const second = await sendBehind("made_b", first);
    const third = await sendBehind("made_c", first);
    expect(await get(second)).toMatchObject({ status: "QUEUED", waitsFor: { runId: first } });
    expect(await get(third)).toMatchObject({ waitsFor: { runId: second } });
    for (const prompt of ["made_a", "made_b", "made_c"]) models.answer(prompt);
    expect(await server.waitForRun(third)).toMatchObject({ status: "SUCCEEDED", version: 3, isBranch: false });
    expect(await readPaths(third)).toEqual(["app/made_a.py", "app/made_b.py", "app/made_c.py"]);
    // The version that it would wait for exists by now.
    const late = await sendBehind("made_d", first);
    models.answer("made_d");
    expect(await server.waitForRun(late)).toMatchObject({ status: "SUCCEEDED", version: 4, isBranch: false });
  });

  test("stays stopped if none was made", async () => {
    const { runId: first } = await create("unmade_a");
    const second = await sendBehind("unmade_b", first);
    models.answer("unmade_a", fail);
    await server.waitForRun(first);
    expect(await get(second)).toMatchObject({ status: "QUEUED", waitsFor: { runId: first, status: "FAILED" } });
    await expect(sendBehind("unmade_c", "no-such-run" as RunId)).rejects.toMatchObject({
      cause: { code: "RUN_NOT_FOUND" },
    });
    await server.api.run.cancel({ runId: second });
    expect(await get(second)).toMatchObject({ status: "CANCELLED" });
  });
});

describe("a queued prompt", () => {
  test("waits for the run on its parent, and is based on its version", async () => {
    const first = await send("chain_a");
    const second = await send("chain_b", queued);
    const third = await send("chain_c", queued);
    expect(await get(second)).toMatchObject({
      status: "QUEUED",
      parentGenerationId: null,
      waitsFor: { runId: first },
    });
    expect(await get(third)).toMatchObject({ waitsFor: { runId: second, status: "QUEUED" } });
    const { items } = await server.api.project.thread({ projectId });
    expect(items.find((item) => item.kind === "run" && item.runId === third)).toMatchObject({
      waitsFor: { runId: second, status: "QUEUED" },
    });
    await waitUntilAsked("chain_a");
    expect(models.asked).toEqual(["chain_a"]);
    for (const prompt of ["chain_a", "chain_b", "chain_c"]) models.answer(prompt);
    const end = await server.waitForRun(third);
    expect(end).toMatchObject({ status: "SUCCEEDED", isBranch: false, version: 4, waitsFor: null });
    expect(end.parentGenerationId).toBe((await get(second)).generationId);
    expect(await readPaths(third)).toEqual(["app/base.py", "app/chain_a.py", "app/chain_b.py", "app/chain_c.py"]);
    expect(models.asked).toEqual(["chain_a", "chain_b", "chain_c"]);
    expect((await listTypes(third)).slice(0, 2)).toEqual(["queued", "base.chosen"]);
  });

  test("starts at once if no run works on its parent, or if the version exists by now", async () => {
    models.answer("free_a");
    const first = await send("free_a", queued);
    await server.waitForRun(first);
    models.answer("free_b");
    const second = await send("free_b", { queue: { afterRunId: first } });
    expect(await server.waitForRun(second)).toMatchObject({
      status: "SUCCEEDED",
      parentGenerationId: (await get(first)).generationId,
      isBranch: false,
    });
  });

  test("without the option a prompt makes a branch beside the running run", async () => {
    const first = await send("beside_a");
    const second = await send("beside_b");
    models.answer("beside_a");
    await server.waitForRun(first);
    models.answer("beside_b");
    expect(await server.waitForRun(second)).toMatchObject({ parentGenerationId: baseId, isBranch: true });
  });

  test("uses the project's locks at its start", async () => {
    const first = await send("lock_a");
    const second = await send("lock_b", queued);
    await server.api.project.setLockedPaths({ projectId, lockedPaths: ["app/lock_b.py"] });
    models.answer("lock_a");
    models.answer("lock_b");
    await server.waitForRun(first);
    expect(await server.waitForRun(second)).toMatchObject({ status: "FAILED", failure: { code: "SCOPE_VIOLATION" } });
  });

  test("of another project or of none is refused", async () => {
    const first = await send("other_a");
    const { generationId } = await importArchive({
      container: server.container,
      ownerId: testOwnerId,
      name: "Other",
      archive: await buildArchive(files),
    });
    await expect(
      send("other_b", { parentGenerationId: generationId, queue: { afterRunId: first } }),
    ).rejects.toMatchObject({ cause: { code: "RUN_NOT_FOUND" } });
    models.answer("other_a");
  });
});

describe("the queue", () => {
  test.each([
    ["fails", "FAILED"],
    ["is cancelled", "CANCELLED"],
    ["is held", "NEEDS_REVIEW"],
  ] as const)(
    "stops if the run before it %s, and continues with a base that the user chooses",
    async (name, status) => {
      const word = status.toLowerCase();
      const first = await send(`${word}_a`);
      const second = await send(`${word}_b`, queued);
      const third = await send(`${word}_c`, queued);
      await waitUntilAsked(`${word}_a`);
      if (status === "CANCELLED") await server.api.run.cancel({ runId: first });
      else if (status === "FAILED") models.answer(`${word}_a`, fail);
      else
        models.answer(
          `${word}_a`,
          callTools(
            ["write_file", { path: `app/${word}_a.py`, content: "x = 1\n" }],
            ["finish", { summary: "A part.", notDone: ["the rest"] }],
          ),
        );
      expect(await server.waitForRun(first)).toMatchObject({ status });
      expect(await get(second)).toMatchObject({ status: "QUEUED", waitsFor: { runId: first, status } });
      expect(await listTypes(second)).toEqual(["queued", "queue.stopped"]);
      expect(await get(third)).toMatchObject({ waitsFor: { runId: second, status: "QUEUED" } });

      for (const prompt of [`${word}_b`, `${word}_c`]) models.answer(prompt);
      expect(await server.api.run.start({ runId: second, parentGenerationId: baseId })).toMatchObject({
        parentGenerationId: baseId,
        waitsFor: null,
      });
      expect(await server.waitForRun(third)).toMatchObject({ status: "SUCCEEDED", isBranch: false });
      expect(await readPaths(third)).toEqual(["app/base.py", `app/${word}_b.py`, `app/${word}_c.py`]);
      // A held result can still be accepted meanwhile.
      if (status === "NEEDS_REVIEW") {
        const { generationId } = (await server.api.run.resolve({
          runId: first,
          decisions: [{ path: `app/${word}_a.py`, decision: "accept" }],
        })) as { generationId: GenerationId };
        expect((await server.api.generation.get({ generationId })).isHead).toBe(false);
      }
      expect(name).not.toBe("");
    },
  );

  test("continues by itself once a held result is accepted", async () => {
    const first = await send("take_a");
    const second = await send("take_b", queued);
    models.answer(
      "take_a",
      callTools(
        ["write_file", { path: "app/take_a.py", content: "x = 1\n" }],
        ["finish", { summary: "A part.", notDone: ["the rest"] }],
      ),
    );
    models.answer("take_b");
    await server.waitForRun(first);
    await server.api.run.resolve({ runId: first, decisions: [{ path: "app/take_a.py", decision: "accept" }] });
    expect(await server.waitForRun(second)).toMatchObject({
      status: "SUCCEEDED",
      parentGenerationId: (await get(first)).generationId,
    });
  });

  test("waits behind the retry of a failed run", async () => {
    const first = await send("again_a");
    const second = await send("again_b", queued);
    models.answer("again_a", fail);
    await server.waitForRun(first);
    models.asked.length = 0;
    const { runId: retry } = await server.api.run.retry({ runId: first });
    sent.push(retry);
    expect(await get(second)).toMatchObject({ waitsFor: { runId: retry } });
    const third = await send("again_c", { queue: { afterRunId: first } });
    expect(await get(third)).toMatchObject({ waitsFor: { runId: second } });
    await server.waitForRun(retry);
    expect(await get(second)).toMatchObject({ waitsFor: { runId: retry, status: "FAILED" } });
  });

  test("is reordered, and an outdated order is refused", async () => {
    const first = await send("order_a");
    const runs = [];
    for (const prompt of ["order_b", "order_c", "order_d"]) runs.push(await send(prompt, queued));
    const [b, c, d] = runs as [RunId, RunId, RunId];
    await server.api.run.orderQueue({ runIds: [d, b, c] });
    expect((await get(d)).waitsFor?.runId).toBe(first);
    expect((await get(b)).waitsFor?.runId).toBe(d);
    expect((await get(c)).waitsFor?.runId).toBe(b);
    for (const runIds of [[d, b], [b], [d, b, c, first], [d, d, b]])
      await expect(server.api.run.orderQueue({ runIds })).rejects.toMatchObject({ cause: { code: "RUN_NOT_WAITING" } });
    for (const prompt of ["order_a", "order_b", "order_c", "order_d"]) models.answer(prompt);
    await server.waitForRun(c);
    expect(models.asked).toEqual(["order_a", "order_d", "order_b", "order_c"]);
    await expect(server.api.run.orderQueue({ runIds: [b, c] })).rejects.toMatchObject({
      cause: { code: "RUN_NOT_WAITING" },
    });
  });

  test("closes the gap of a withdrawn prompt; one that has not started cannot be retried", async () => {
    const first = await send("gone_a");
    const second = await send("gone_b", queued);
    const third = await send("gone_c", queued);
    expect(await server.api.run.cancel({ runId: second })).toMatchObject({ status: "CANCELLED", waitsFor: null });
    expect(await get(third)).toMatchObject({ waitsFor: { runId: first } });
    await expect(server.api.run.retry({ runId: second })).rejects.toMatchObject({
      cause: { code: "RUN_NOT_RETRYABLE" },
    });
    models.answer("gone_a");
    models.answer("gone_c");
    await server.waitForRun(third);
    expect(models.asked).toEqual(["gone_a", "gone_c"]);
  });

  test("lets a prompt start beside the running run, and keeps what was queued behind it", async () => {
    const first = await send("leave_a");
    const second = await send("leave_b", queued);
    const third = await send("leave_c", queued);
    await server.api.run.start({ runId: second, parentGenerationId: baseId });
    expect(await get(third)).toMatchObject({ waitsFor: { runId: first } });
    for (const prompt of ["leave_a", "leave_b", "leave_c"]) models.answer(prompt);
    await server.waitForRun(third);
    await server.waitForRun(second);
    expect(await readPaths(second)).toEqual(["app/base.py", "app/leave_b.py"]);
    expect(await readPaths(third)).toEqual(["app/base.py", "app/leave_a.py", "app/leave_c.py"]);
  });

  test("has prompts that can be changed until they start, and keeps their earlier text", async () => {
    const first = await send("edit_a");
    const second = await send("edit_b", queued);
    expect(await server.api.run.editQueued({ runId: second, prompt: "edit_c" })).toMatchObject({ prompt: "edit_c" });
    const { database } = server.container;
    const events = await listRunEvents({ database, runId: second, afterSequence: 0, limit: 10 });
    expect(events.map(({ event }) => event)).toContainEqual({ type: "prompt.edited", previousPrompt: "edit_b" });
    for (const runId of [first])
      await expect(server.api.run.editQueued({ runId, prompt: "x" })).rejects.toMatchObject({
        cause: { code: "RUN_NOT_WAITING" },
      });
    models.answer("edit_a");
    models.answer("edit_c");
    await server.waitForRun(second);
    expect(models.asked).toEqual(["edit_a", "edit_c"]);
    await expect(server.api.run.editQueued({ runId: second, prompt: "x" })).rejects.toMatchObject({
      cause: { code: "RUN_NOT_WAITING" },
    });
  });
});

describe("at the same moment", () => {
  test("many prompts make one line, each is answered once, and none is lost", async () => {
    await send("crowd_0");
    await Promise.all(Array.from({ length: 12 }, (_, index) => send(`crowd_${index + 1}`, queued)));
    for (let index = 0; index <= 12; index += 1) models.answer(`crowd_${index}`);
    for (const runId of sent)
      expect(await server.waitForRun(runId)).toMatchObject({ status: "SUCCEEDED", isBranch: false });
    expect((await server.api.generation.list({ projectId })).items).toHaveLength(14);
    expect(models.asked).toHaveLength(13);
  });

  test.each(Array.from({ length: 8 }, (_, index) => index))(
    "concurrent end, withdrawal, edit, reorder and new prompt leave one line: %i",
    async (round) => {
      const name = (part: string) => `race${round}_${part}`;
      await send(name("a"));
      const second = await send(name("b"), queued);
      const third = await send(name("c"), queued);
      const fourth = await send(name("d"), queued);
      await waitUntilAsked(name("a"));
      for (const part of ["a", "b", "c", "d", "e", "f"]) models.answer(name(part));
      const calls: (() => Promise<unknown>)[] = [
        () => server.api.run.cancel({ runId: second }),
        () => server.api.run.orderQueue({ runIds: [third, second, fourth] }),
        () => server.api.run.editQueued({ runId: third, prompt: name("f") }),
        () => send(name("e"), queued),
        () => server.api.run.orderQueue({ runIds: [fourth, third] }),
      ];
      const offset = round % calls.length;
      const results = await Promise.allSettled(
        [...calls.slice(offset), ...calls.slice(0, offset)].map((call) => call()),
      );
      for (const result of results)
        if (result.status === "rejected")
          expect(result.reason).toMatchObject({ cause: { code: expect.stringMatching(/RUN_NOT_(WAITING|ACTIVE)/) } });
      // What is queued behind a run that was cancelled while it ran waits for the user; everything else has ended.
      for (const runId of sent) {
        await expect
          .poll(
            async () => {
              let run = await get(runId);
              while (run.waitsFor?.status === "QUEUED") run = await get(run.waitsFor.runId);
              const { status, waitsFor } = run;
              return status !== "QUEUED" && status !== "RUNNING" ? "ended" : (waitsFor?.status ?? "works");
            },
            { timeout: 20_000 },
          )
          .toMatch(/ended|CANCELLED/);
      }
    },
  );
});
