import { describe, expect, onTestFinished, test } from "vitest";
import type { ModelId } from "#lib/contracts/ids.ts";
import {
  createLoopbackGateway,
  loopbackKey,
  loopbackModelIds,
  runLoopbackTurn,
  type Outcome,
} from "./testing/loopback-gateway.ts";
import { startLoopbackModelServer } from "./testing/loopback-model-server.ts";
import type { LoopbackReply } from "./testing/loopback-reply.ts";
import { providerFaults, type ProviderFault } from "./testing/provider-faults.ts";

const text = "A complete answer that takes several events to arrive, as every real one does.";
const limits = { headerTimeoutMs: 10_000, idleTimeoutMs: 10_000, totalTimeoutMs: 60_000, maxResponseBytes: 300_000 };
/** Only for servers that stall forever, so that a busy machine is not mistaken for one. */
const shortLimits = { ...limits, headerTimeoutMs: 500, idleTimeoutMs: 500 };

/** One model per protocol: the hosted chat services share the compatible server's adapter. */
const { compatible, anthropic, openai, ollama } = loopbackModelIds;

describe.each(Object.entries({ compatible, anthropic, openai, ollama }))("%s", (vendor, modelId) => {
  test.each(providerFaults.filter(({ only }) => only === undefined || only === vendor))(
    "$name",
    async ({ reply, expected }) => {
      const server = await startLoopbackModelServer({ respond: [reply] });
      onTestFinished(() => server.close());
      const hangs = "fault" in reply && reply.fault?.type === "hang";
      const outcome = await runLoopbackTurn({
        gateway: createLoopbackGateway({ url: server.url, limits: hangs ? shortLimits : limits }),
        modelId,
      });
      expectOutcome({ outcome, expected });
      if ("requests" in expected) expect(server.requests).toHaveLength(expected.requests);
    },
  );

  test("a fault in a later call does not affect earlier ones, and the next call is complete", async () => {
    const server = await startLoopbackModelServer({
      respond: [
        { text: "one" },
        { text, fault: { type: "broken-event" } },
        { text, fault: { type: "cut", afterBytes: 400 } },
        { text: "two" },
      ],
    });
    onTestFinished(() => server.close());
    const gateway = createLoopbackGateway({ url: server.url, limits });
    expect((await runLoopbackTurn({ gateway, modelId })).turn?.text).toBe("one");
    expect((await runLoopbackTurn({ gateway, modelId })).turn?.text).toBe("two");
  });

  test("an abandoned stream is closed, not read to its end", async () => {
    const endless: LoopbackReply = { text: text.repeat(10), chunkSize: 1, fault: { type: "broken-event" } };
    const server = await startLoopbackModelServer({
      respond: [{ ...endless, pieceBytes: 5_000, chunkDelayMs: 10 }, { text }],
    });
    onTestFinished(() => server.close());
    expect(
      (await runLoopbackTurn({ gateway: createLoopbackGateway({ url: server.url, limits }), modelId })).turn?.text,
    ).toBe(text);
    const startedAtMs = performance.now();
    while (server.requests[0]?.isAborted !== true && performance.now() - startedAtMs < 500)
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(server.requests[0]?.isAborted).toBe(true);
  });

  test("an unreachable server", async () => {
    const server = await startLoopbackModelServer({ respond: [] });
    await server.close();
    const outcome = await runLoopbackTurn({
      gateway: createLoopbackGateway({ url: server.url, limits }),
      modelId: modelId as ModelId,
    });
    // Ollama is asked for its models before it is asked for an answer.
    const says = /could not be reached|did not list its models/;
    expectOutcome({ outcome, expected: { code: "MODEL_UNAVAILABLE", requests: 3, says } });
  });
});

function expectOutcome({ outcome, expected }: { outcome: Outcome; expected: ProviderFault["expected"] }): void {
  if ("turn" in expected) {
    expect(outcome.failure).toBeNull();
    expect(outcome.turn).toMatchObject(expected.turn);
    return;
  }
  const { failure, deltas } = outcome;
  expect(failure?.code).toBe(expected.code);
  if (expected.says !== undefined) expect(failure?.message).toMatch(expected.says);
  expect(failure?.message.length).toBeLessThan(500);
  expect(failure?.message).toMatch(/^[A-Z].*[."]$/s);
  expect(
    `${failure?.message} ${JSON.stringify(failure?.details)} ${String(failure?.cause)} ${JSON.stringify(deltas)}`,
  ).not.toMatch(new RegExp(`${loopbackKey}|<html|<p>`));
}
