import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ModelTurn } from "#server/orchestrator/ports.ts";
import { systemClock } from "./clock.ts";
import { createVendors } from "./vendors/registry.ts";
import { runTurn } from "./calls/run-turn.ts";
import { createScriptedModel } from "./testing/scripted-model.ts";
import { loopbackModelIds, loopbackTools } from "./testing/loopback-gateway.ts";
import type { StreamedReply } from "./testing/loopback-reply.ts";
import { readLoopbackRequest, type LoopbackWire } from "./testing/loopback-request.ts";
import { toLoopbackEvents } from "./testing/loopback-wires.ts";

const reply: StreamedReply = {
  text: "Grüße 👋🏽",
  toolCalls: [{ name: "finish", arguments: { summary: "Ende 世界" } }],
  chunkSize: 6,
};
const whole = {
  text: reply.text,
  toolCalls: [{ callId: "call_1", name: "finish", input: { summary: "Ende 世界" } }],
  finishReason: "tool-calls",
};

const wires: [wire: LoopbackWire, vendor: keyof typeof loopbackModelIds][] = [
  ["chat", "compatible"],
  ["messages", "anthropic"],
  ["responses", "openai"],
  ["ollama", "ollama"],
];

/** Runs one turn, without retries, against a response of exactly these bytes. */
async function runOn({
  vendor,
  chunks,
  error,
}: {
  vendor: keyof typeof loopbackModelIds;
  chunks: Uint8Array[];
  error?: Error;
}): Promise<ModelTurn | null> {
  const body = new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      if (error === undefined) controller.close();
    },
    pull(controller) {
      if (error !== undefined) controller.error(error);
    },
  });
  const url = "http://127.0.0.1:9/v1";
  const found = createVendors({
    config: {
      baseUrls: { anthropic: url, openai: url, compatible: url, ollama: url },
      compatibleModels: ["loopback"],
      compatibleTools: "on",
    },
    keys: new Map([
      ["anthropic", { source: "environment", value: "k" }],
      ["openai", { source: "environment", value: "k" }],
    ]),
    builtinModel: createScriptedModel([]),
    clock: systemClock,
    fetch: async (input) =>
      /\/api\/(tags|show)$/.test(String(input))
        ? Response.json({ models: [{ name: "loopback" }] })
        : new Response(body, { headers: { "content-type": "text/event-stream" } }),
  }).find(({ facts }) => facts.provider === vendor);
  const modelId = loopbackModelIds[vendor];
  const description = (await found?.find(modelId.slice(modelId.indexOf(":") + 1))) ?? null;
  if (found === undefined || description === null) throw new Error(`No ${vendor}.`);
  const request = {
    modelId,
    system: "s",
    messages: [{ role: "user" as const, parts: ["p"] }],
    tools: loopbackTools,
    signal: new AbortController().signal,
    onDelta: () => undefined,
  };
  return runTurn({ model: found.open(description), request }).catch(() => null);
}

describe.each(wires)("the %s stream", (wire, vendor) => {
  const request = readLoopbackRequest({ wire, body: { model: "loopback" }, headers: {} });
  const events = toLoopbackEvents({ request, reply });
  const bytes = new TextEncoder().encode(events.map(({ text }) => text).join(""));

  /** Around the end of every event, and at every seventh byte. */
  function placesToCut(): number[] {
    const ends = events.map(
      (_, index) =>
        new TextEncoder().encode(
          events
            .slice(0, index + 1)
            .map(({ text }) => text)
            .join(""),
        ).length,
    );
    const around = ends.flatMap((end) => [end - 3, end - 2, end - 1, end, end + 1]);
    const regular = Array.from({ length: Math.floor(bytes.length / 7) }, (_, index) => index * 7);
    return [...new Set([...around, ...regular])].filter((length) => length >= 0 && length < bytes.length);
  }

  test("gives the whole answer or a failure, wherever it ends", async () => {
    expect(await runOn({ vendor, chunks: [bytes] })).toMatchObject(whole);
    let wholeCount = 0;
    const lengths = placesToCut();
    for (const [index, length] of lengths.entries()) {
      const turns = [await runOn({ vendor, chunks: [bytes.subarray(0, length)] })];
      // A broken connection differs only in how it is detected.
      if (index % 5 === 0)
        turns.push(await runOn({ vendor, chunks: [bytes.subarray(0, length)], error: new TypeError("terminated") }));
      for (const turn of turns) {
        if (turn !== null) {
          expect(turn).toMatchObject(whole);
          wholeCount += 1;
        }
      }
    }
    // What follows the vendor's end marker is not needed; any earlier end is incomplete.
    expect(wholeCount).toBeLessThan(lengths.length / 3);
  }, 30_000);

  test("gives the same answer however it is split", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 40 }), async (places) => {
        const cuts = [0, ...places.toSorted((one, other) => one - other), bytes.length];
        const chunks = cuts.slice(1).map((end, index) => bytes.slice(cuts[index], end));
        expect(await runOn({ vendor, chunks })).toMatchObject(whole);
      }),
      { numRuns: 100 },
    );
  });

  test("never reports a call with broken arguments as valid, whichever bit is flipped", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: bytes.length - 1 }),
        fc.integer({ min: 0, max: 7 }),
        async (place, bit) => {
          const flipped = bytes.slice();
          flipped[place] = (flipped[place] ?? 0) ^ (1 << bit);
          const turn = await runOn({ vendor, chunks: [flipped] });
          for (const call of turn?.toolCalls ?? []) {
            // A flip inside a text or a name cannot be detected: it gives another text or an unknown tool.
            if (call.invalidReason === undefined) expect(call.input).toBeTypeOf("object");
            else expect(call.input === undefined || call.name !== "finish").toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
