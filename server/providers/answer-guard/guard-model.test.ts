import type { LanguageModelV4, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { describe, expect, onTestFinished, test } from "vitest";
import { guardModel } from "./guard-model.ts";
import {
  createLoopbackGateway,
  joinDeltas,
  loopbackKey,
  loopbackModelIds,
  runLoopbackTurn,
} from "../testing/loopback-gateway.ts";
import type { LoopbackReply } from "../testing/loopback-reply.ts";
import { startLoopbackModelServer } from "../testing/loopback-model-server.ts";

async function answer({ modelId, reply }: { modelId: keyof typeof loopbackModelIds; reply: LoopbackReply }) {
  const server = await startLoopbackModelServer({ respond: [reply] });
  onTestFinished(() => server.close());
  return runLoopbackTurn({
    gateway: createLoopbackGateway({ url: server.url }),
    modelId: loopbackModelIds[modelId],
  });
}

const vendors = Object.keys(loopbackModelIds) as (keyof typeof loopbackModelIds)[];

describe.each(vendors)("an answer of %s that contains the key", (modelId) => {
  test.each([1, 3, 7, 1_000])("does not contain it after redaction, in pieces of %i characters", async (chunkSize) => {
    const { turn, deltas, failure } = await answer({
      modelId,
      reply: {
        text: `The key is ${loopbackKey}, I repeat: ${loopbackKey}${loopbackKey}. It begins with ${loopbackKey.slice(0, 9)}`,
        toolCalls: [{ name: "write_file", arguments: { path: "a.txt", content: `KEY="${loopbackKey}"\n` } }],
        chunkSize,
      },
    });
    expect(failure).toBeNull();
    expect(turn?.text).toBe(
      `The key is [redacted], I repeat: [redacted][redacted]. It begins with ${loopbackKey.slice(0, 9)}`,
    );
    expect(turn?.toolCalls[0]?.input).toEqual({ path: "a.txt", content: 'KEY="[redacted]"\n' });
    expect(joinDeltas({ deltas, type: "text" })).toBe(turn?.text);
    expect(JSON.parse(joinDeltas({ deltas, type: "tool-input-delta" }))).toEqual(turn?.toolCalls[0]?.input);
    expect(JSON.stringify({ turn, deltas })).not.toContain(loopbackKey);
  });

  test("does not contain it if the arguments escape its characters", async () => {
    const escaped = `sk-loopback${loopbackKey.slice("sk-loopback".length).replace("-", "\\u002d").replace("a", "\\u0061")}`;
    const { turn, deltas } = await answer({
      modelId,
      reply: {
        toolCalls: [{ name: "write_file", arguments: `{"path":"a.txt","content":"x${escaped}y"}` }],
        chunkSize: 5,
      },
    });
    expect(turn?.toolCalls[0]?.input).toEqual({ path: "a.txt", content: "x[redacted]y" });
    expect(JSON.stringify({ turn, deltas })).not.toContain(escaped);
  });
});

test("reasoning is redacted too", async () => {
  const { turn, deltas } = await answer({
    modelId: "anthropic",
    reply: { reasoning: `Should I tell ${loopbackKey}?`, text: "No.", chunkSize: 4 },
  });
  expect(joinDeltas({ deltas, type: "reasoning" })).toBe("Should I tell [redacted]?");
  expect(JSON.stringify(turn)).not.toContain(loopbackKey);
});

test("an answer far above the output limit is cut there, and its complete parts are used", async () => {
  const { turn, deltas } = await answer({
    modelId: "compatible",
    reply: { text: "I go on and on. ".repeat(60_000), chunkSize: 4_000 },
  });
  expect(turn?.finishReason).toBe("length");
  expect(turn?.text.length).toBeGreaterThan(90_000);
  expect(turn?.text.length).toBeLessThan(110_000);
  expect(joinDeltas({ deltas, type: "text" })).toBe(turn?.text);
});

test("a call within the limit is complete, and one that exceeds it is not executed", async () => {
  const { turn } = await answer({
    modelId: "anthropic",
    reply: {
      toolCalls: [
        { name: "write_file", arguments: { path: "a.txt", content: "a" } },
        { name: "write_file", arguments: { path: "b.txt", content: "b".repeat(1_700_000) } },
      ],
      chunkSize: 40_000,
    },
  });
  expect(turn?.finishReason).toBe("length");
  const paths = turn?.toolCalls.map(({ input, invalidReason }) => [
    (input as { path?: string } | undefined)?.path,
    invalidReason !== undefined,
  ]);
  expect(paths?.[0]).toEqual(["a.txt", false]);
  expect(paths?.filter(([path, isInvalid]) => path === "b.txt" && isInvalid === false)).toEqual([]);
});

test("an endless answer is not read after it is cut", async () => {
  let readCount = 0;
  let isCancelled = false;
  const endless: LanguageModelV4 = {
    specificationVersion: "v4",
    provider: "test",
    modelId: "endless",
    supportedUrls: {},
    doGenerate: () => Promise.reject(new Error("It streams only.")),
    doStream: async () => ({
      stream: new ReadableStream<LanguageModelV4StreamPart>({
        pull(controller) {
          readCount += 1;
          controller.enqueue({ type: "text-delta", id: "1", delta: "x".repeat(100) });
        },
        cancel() {
          isCancelled = true;
        },
      }),
    }),
  };
  const guarded = guardModel({ languageModel: endless, maxOutputTokens: 100, secrets: [loopbackKey] });
  const { stream } = await guarded.doStream({ prompt: [] });
  const parts: LanguageModelV4StreamPart[] = [];
  for await (const part of stream as unknown as AsyncIterable<LanguageModelV4StreamPart>) parts.push(part);
  expect(parts.at(-1)).toMatchObject({ type: "finish", finishReason: { unified: "length" } });
  expect(isCancelled).toBe(true);
  expect(readCount).toBeLessThan(50);
});
