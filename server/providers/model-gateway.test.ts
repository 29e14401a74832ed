import { describe, expect, onTestFinished, test } from "vitest";
import type { ModelId } from "#lib/contracts/ids.ts";
import { createModelGateway } from "./model-gateway.ts";
import { createScriptedModel, type ScriptedAnswer } from "./testing/scripted-model.ts";
import {
  createInstantClock,
  createLoopbackGateway,
  loopbackModelIds,
  loopbackTools,
  runLoopbackTurn,
} from "./testing/loopback-gateway.ts";
import { startLoopbackModelServer } from "./testing/loopback-model-server.ts";

const builtinId = "builtin:scaffold" as ModelId;

function createScripted(...script: ScriptedAnswer[]) {
  const model = createScriptedModel(script);
  const clock = createInstantClock();
  return {
    model,
    clock,
    gateway: createModelGateway({ config: { compatibleTools: "on" }, builtinModel: model, clock }),
    modelId: builtinId,
  };
}

describe("the list", () => {
  test("offers the built-in model first, and explains how to get the others", async () => {
    const list = await createScripted().gateway.list();
    expect(list[0]).toMatchObject({ modelId: builtinId, isAvailable: true });
    expect(list.find(({ provider }) => provider === "anthropic")).toMatchObject({
      isAvailable: false,
      reason: "Paste a key in the settings, or set ANTHROPIC_API_KEY and start again, to use this model.",
      supportsTools: true,
    });
    expect(list.find(({ provider }) => provider === "openai")).toMatchObject({
      isAvailable: false,
      reason: "Paste a key in the settings, or set OPENAI_API_KEY and start again, to use this model.",
    });
    expect(list.some(({ provider }) => provider === "compatible")).toBe(false);
    expect(Object.keys(list[0] ?? {})).not.toContain("contextTokens");
    expect(new Set(list.map(({ modelId }) => modelId)).size).toBe(list.length);
  });

  test("contains the default model, whatever it is", async () => {
    const gateway = createModelGateway({
      config: { keys: { anthropic: "k" }, compatibleTools: "on", defaultModel: "anthropic:claude-next" as ModelId },
      builtinModel: createScriptedModel([]),
    });
    expect((await gateway.list()).at(-1)).toMatchObject({ modelId: "anthropic:claude-next", isAvailable: true });
  });
});

describe("one model", () => {
  test("is described with its limits", async () => {
    const { gateway } = createScripted();
    expect(await gateway.get(builtinId)).toMatchObject({
      contextTokens: expect.any(Number) as number,
      maxOutputTokens: expect.any(Number) as number,
    });
  });

  test.each(["builtin:other", "nobody:model", "plain"])("%s is not found", async (modelId) => {
    await expect(createScripted().gateway.get(modelId as ModelId)).rejects.toMatchObject({ code: "MODEL_NOT_FOUND" });
  });

  test.each(["anthropic:claude-sonnet-5-5", "openai:anything", "compatible:qwen"])(
    "%s is unavailable without its variable",
    async (modelId) => {
      const { gateway } = createScripted();
      await expect(gateway.get(modelId as ModelId)).rejects.toMatchObject({
        code: "MODEL_UNAVAILABLE",
        message: expect.stringMatching(/[Ss]et \w+ and start again/) as string,
      });
      await expect(runLoopbackTurn({ gateway, modelId: modelId as ModelId })).resolves.toMatchObject({
        failure: { code: "MODEL_UNAVAILABLE" },
      });
    },
  );
});

describe("a turn", () => {
  test("is plain JSON, so that it can be stored and sent again", async () => {
    const { gateway, modelId } = createScripted({
      text: "Writing.",
      toolCalls: [
        { name: "finish", input: { summary: "ok" } },
        { name: "finish", input: "{broken" },
        { name: "finish", input: '"text"' },
      ],
    });
    const { turn } = await runLoopbackTurn({ gateway, modelId });
    expect(JSON.parse(JSON.stringify(turn))).toEqual(turn);
    expect(turn?.toolCalls.map(({ input, invalidReason }) => [input, invalidReason])).toEqual([
      [{ summary: "ok" }, undefined],
      [undefined, "The arguments are not complete, valid JSON."],
      [undefined, "The arguments are not a JSON object."],
    ]);
  });

  test("leaves the check of valid JSON arguments to the orchestrator", async () => {
    const { gateway, modelId } = createScripted({
      toolCalls: [{ name: "finish", input: { summary: 5, extra: true } }],
    });
    expect((await runLoopbackTurn({ gateway, modelId })).turn?.toolCalls).toEqual([
      { callId: "call-1", name: "finish", input: { summary: 5, extra: true } },
    ]);
  });

  test("sends the tools to the model as JSON schemas", async () => {
    const { gateway, modelId, model } = createScripted({ text: "ok" });
    await runLoopbackTurn({ gateway, modelId });
    expect(model.calls[0]?.tools?.[0]).toMatchObject({
      name: loopbackTools[0]?.name,
      inputSchema: { type: "object", required: ["path", "content"], additionalProperties: false },
    });
  });

  test("estimates what a provider does not report", async () => {
    const { gateway, modelId } = createScripted({ text: "x".repeat(400) });
    expect((await runLoopbackTurn({ gateway, modelId })).turn?.usage).toMatchObject({ outputTokens: 100, costUsd: 0 });
  });

  test("reports an unexpected failure as unknown, and does not repeat it", async () => {
    const { gateway, modelId, model } = createScripted(
      { error: new TypeError("x is not a function") },
      { text: "late" },
    );
    const { failure } = await runLoopbackTurn({ gateway, modelId });
    expect(failure).toMatchObject({ code: "INTERNAL", cause: { message: "TypeError: x is not a function" } });
    expect(model.calls).toHaveLength(1);
  });
});

test("gives unanswered calls a result before the conversation continues", async () => {
  const { gateway, modelId, model } = createScripted({ text: "ok" });
  await runLoopbackTurn({
    gateway,
    modelId,
    messages: [
      { role: "user", parts: ["Add a greeting."] },
      { role: "assistant", text: "", toolCalls: [{ callId: "c1", name: "finish", input: { summary: "ok" } }] },
      { role: "user", parts: ["Mend it."] },
    ],
  });
  expect(model.calls[0]?.prompt.map(({ role }) => role)).toEqual(["system", "user", "assistant", "tool", "user"]);
});

test("once a provider answers again, all calls continue before the first of them has ended", async () => {
  const slow = { text: "A slow answer.", chunkSize: 1, chunkDelayMs: 20 };
  const down = { status: 503, body: "down" };
  const server = await startLoopbackModelServer({ respond: [down, down, down, down, down, slow] });
  onTestFinished(() => server.close());
  const clock = createInstantClock();
  const call = { gateway: createLoopbackGateway({ url: server.url, clock }), modelId: loopbackModelIds.anthropic };
  await runLoopbackTurn(call);
  await runLoopbackTurn(call);
  clock.advance(30_000);
  const { promise: isAlive, resolve } = Promise.withResolvers<void>();
  let hasEnded = false;
  const first = runLoopbackTurn({ ...call, onDelta: () => resolve() }).finally(() => (hasEnded = true));
  await isAlive;
  const second = runLoopbackTurn(call);
  expect(hasEnded).toBe(false);
  expect((await second).turn?.text).toBe(slow.text);
  expect((await first).turn?.text).toBe(slow.text);
});

test("a provider that is down is not called for 30 s after five failures, and others are", async () => {
  const server = await startLoopbackModelServer({
    respond: ({ wire }) => (wire === "chat" ? { status: 503, body: "down" } : { text: "ok" }),
  });
  onTestFinished(() => server.close());
  const clock = createInstantClock();
  const gateway = createLoopbackGateway({ url: server.url, clock });
  await runLoopbackTurn({ gateway, modelId: loopbackModelIds.compatible });
  const second = await runLoopbackTurn({ gateway, modelId: loopbackModelIds.compatible });
  expect(server.requests).toHaveLength(5);
  expect(second.failure).toMatchObject({
    code: "MODEL_UNAVAILABLE",
    message: expect.stringContaining("5 times in a row") as string,
    details: { retryable: true },
  });
  await runLoopbackTurn({ gateway, modelId: loopbackModelIds.compatible });
  expect(server.requests).toHaveLength(5);
  expect((await runLoopbackTurn({ gateway, modelId: loopbackModelIds.anthropic })).turn?.text).toBe("ok");
  clock.advance(30_000);
  await runLoopbackTurn({ gateway, modelId: loopbackModelIds.compatible });
  expect(server.requests.filter(({ wire }) => wire === "chat")).toHaveLength(6);
});

test("a worker has few calls open to one server at once, and every call gets its turn", async () => {
  let openCount = 0;
  let mostOpen = 0;
  const server = await startLoopbackModelServer({
    async respond() {
      openCount += 1;
      mostOpen = Math.max(mostOpen, openCount);
      // Long enough for all admitted calls to arrive.
      await new Promise((resolve) => setTimeout(resolve, 50));
      openCount -= 1;
      return { text: "done" };
    },
  });
  onTestFinished(() => server.close());
  const gateway = createLoopbackGateway({ url: server.url });
  const results = await Promise.all(
    Array.from({ length: 12 }, () => runLoopbackTurn({ gateway, modelId: loopbackModelIds.compatible })),
  );
  expect(results.map(({ turn }) => turn?.text)).toEqual(Array.from({ length: 12 }, () => "done"));
  expect(mostOpen).toBe(4);
});
