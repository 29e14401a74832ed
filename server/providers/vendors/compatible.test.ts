import { describe, expect, onTestFinished, test } from "vitest";
import type { ModelId } from "#lib/contracts/ids.ts";
import { createCompatibleVendor } from "./compatible.ts";
import { createModelGateway } from "../model-gateway.ts";
import { describeProvider } from "../provider-contract.ts";
import { createScriptedModel } from "../testing/scripted-model.ts";
import {
  createInstantClock,
  createLoopbackGateway,
  loopbackModelIds,
  runLoopbackTurn,
} from "../testing/loopback-gateway.ts";
import { startLoopbackModelServer } from "../testing/loopback-model-server.ts";

describeProvider({ modelId: loopbackModelIds.compatible, replayMark: "First the greeting." });

async function start() {
  const server = await startLoopbackModelServer({
    respond: [{ text: "ok" }],
    models: [
      { id: "qwen", max_model_len: 65_536 },
      { id: "odd/name:7b", context_length: "long" },
    ],
  });
  onTestFinished(() => server.close());
  return server;
}

describe("the list of models", () => {
  test("is requested from the server, with the context length if it has one, and cached for a minute", async () => {
    const server = await start();
    const clock = createInstantClock();
    let asked = 0;
    const countingFetch: typeof fetch = (...parameters) => {
      asked += 1;
      return fetch(...parameters);
    };
    const vendor = createCompatibleVendor({
      vendorKey: undefined,
      config: { baseUrls: { compatible: `${server.url}/` }, compatibleTools: "off" },
      clock,
      fetch: countingFetch,
    });
    expect(
      (await vendor.list()).map(({ modelId, contextTokens, isAvailable, supportsTools }) => ({
        modelId,
        contextTokens,
        isAvailable,
        supportsTools,
      })),
    ).toEqual([
      { modelId: "compatible:qwen", contextTokens: 65_536, isAvailable: true, supportsTools: false },
      { modelId: "compatible:odd/name:7b", contextTokens: 32_768, isAvailable: true, supportsTools: false },
    ]);
    expect(await vendor.find("odd/name:7b")).toMatchObject({ isAvailable: true });
    expect(await vendor.find("missing")).toBeNull();
    expect(asked).toBe(1);
    clock.advance(60_001);
    await vendor.list();
    expect(asked).toBe(2);
  });

  test("says why it could not be read, and is requested again soon", async () => {
    const server = await start();
    const clock = createInstantClock();
    let isDown = true;
    const flakyFetch: typeof fetch = (...parameters) =>
      isDown ? Promise.reject(new TypeError("fetch failed")) : fetch(...parameters);
    const vendor = createCompatibleVendor({
      vendorKey: undefined,
      config: { baseUrls: { compatible: server.url }, compatibleTools: "on" },
      clock,
      fetch: flakyFetch,
    });
    const [placeholder] = await vendor.list();
    expect(placeholder).toMatchObject({
      isAvailable: false,
      reason: expect.stringContaining("did not list its models") as string,
    });
    expect(await vendor.find("qwen")).toMatchObject({ isAvailable: false });
    isDown = false;
    expect(await vendor.find("qwen")).toMatchObject({ isAvailable: false });
    clock.advance(5_001);
    expect(await vendor.find("qwen")).toMatchObject({ isAvailable: true });
  });

  test("is empty without an address, and a request for a model names the variable", async () => {
    const vendor = createCompatibleVendor({
      vendorKey: undefined,
      config: { compatibleTools: "on" },
      clock: createInstantClock(),
    });
    expect(await vendor.list()).toEqual([]);
    expect((await vendor.find("qwen"))?.reason).toContain("OPENAI_COMPATIBLE_BASE_URL");
  });
});

describe("a prompt that the server cut", () => {
  const longPrompt = Array.from(
    { length: 2_000 },
    (_, index) => `Line ${index} of a long file, all of it different.`,
  ).join("\n");

  async function runWith(inputTokens: number, provenInputTokens?: number) {
    const server = await startLoopbackModelServer({
      respond: [{ text: "ok", usage: { inputTokens, outputTokens: 1 } }],
    });
    onTestFinished(() => server.close());
    return runLoopbackTurn({
      gateway: createLoopbackGateway({ url: server.url }),
      modelId: loopbackModelIds.compatible,
      messages: [{ role: "user", parts: [longPrompt] }],
      ...(provenInputTokens === undefined ? {} : { provenInputTokens }),
    });
  }

  test("is noticed by the reported tokens", async () => {
    expect((await runWith(4_096)).failure).toMatchObject({
      code: "CONTEXT_TOO_LONG",
      message: expect.stringContaining("4096") as string,
    });
  });

  test("is not suspected if the tokens are right, or none are reported", async () => {
    expect((await runWith(26_000)).turn?.text).toBe("ok");
    expect((await runWith(0)).turn?.text).toBe("ok");
  });

  test("is not suspected if an earlier, longer call was read completely: the server used its cache", async () => {
    expect((await runWith(120, 9_000)).turn?.text).toBe("ok");
    expect((await runWith(8_999, 9_000)).turn?.text).toBe("ok");
    expect((await runWith(9_000, 9_000)).failure?.code).toBe("CONTEXT_TOO_LONG");
  });

  test("may be retried: the low count may omit cached tokens", async () => {
    expect((await runWith(120)).failure?.details).toMatchObject({ retryable: true });
  });
});

test("a call without tools being offered is a failure", async () => {
  const server = await startLoopbackModelServer({ respond: [{ toolCalls: [{ name: "write_file", arguments: {} }] }] });
  onTestFinished(() => server.close());
  const gateway = createModelGateway({
    config: { baseUrls: { compatible: server.url }, compatibleModels: ["m"], compatibleTools: "off" },
    builtinModel: createScriptedModel([]),
    clock: createInstantClock(),
  });
  const { failure } = await runLoopbackTurn({ gateway, modelId: "compatible:m" as ModelId, tools: [] });
  expect(failure?.code).toBe("MODEL_OUTPUT_INVALID");
  expect(server.requests[0]?.body.tools).toBeUndefined();
});
