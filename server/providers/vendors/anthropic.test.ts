import { expect, onTestFinished, test } from "vitest";
import { describeProvider } from "../provider-contract.ts";
import { createLoopbackGateway, loopbackModelIds, runLoopbackTurn } from "../testing/loopback-gateway.ts";
import { startLoopbackModelServer } from "../testing/loopback-model-server.ts";

describeProvider({ modelId: loopbackModelIds.anthropic, replayMark: "signed-by-loopback" });

const mark = { type: "ephemeral" };

test("cache breakpoints follow what runs share, the first message's context and the last message", async () => {
  const server = await startLoopbackModelServer({ respond: [{ text: "ok" }] });
  onTestFinished(() => server.close());
  await runLoopbackTurn({
    gateway: createLoopbackGateway({ url: server.url }),
    modelId: loopbackModelIds.anthropic,
    messages: [
      { role: "user", parts: ["Task: iterate", "the list", "the files", "the request"], sharedPartCount: 2 },
      { role: "assistant", text: "Looking.", toolCalls: [{ callId: "c1", name: "finish", input: { summary: "" } }] },
      { role: "tool", results: [{ callId: "c1", name: "finish", text: "Noted.", isError: false }] },
    ],
  });
  expect(server.requests[0]?.body).toMatchObject({
    system: [{ text: "You change a code project.", cache_control: mark }],
    messages: [
      {
        content: [
          { text: "Task: iterate" },
          { text: "the list", cache_control: mark },
          { text: "the files", cache_control: mark },
          { text: "the request" },
        ],
      },
      { role: "assistant" },
      { content: [{ type: "tool_result", cache_control: mark }] },
    ],
  });
  expect(JSON.stringify(server.requests[0]?.body).split('"cache_control"').length - 1).toBe(4);
});

test("a model that is not listed is passed on, without a price", async () => {
  const server = await startLoopbackModelServer({ respond: [{ text: "ok" }] });
  onTestFinished(() => server.close());
  const { turn } = await runLoopbackTurn({
    gateway: createLoopbackGateway({ url: server.url }),
    modelId: "anthropic:claude-next" as typeof loopbackModelIds.anthropic,
  });
  expect(server.requests[0]?.model).toBe("claude-next");
  expect(turn?.usage.costUsd).toBeUndefined();
});

test("an address without the version also works", async () => {
  const server = await startLoopbackModelServer({ respond: [{ text: "ok" }] });
  onTestFinished(() => server.close());
  const gateway = createLoopbackGateway({ url: server.url.replace(/\/v1$/, "") });
  expect((await runLoopbackTurn({ gateway, modelId: loopbackModelIds.anthropic })).turn?.text).toBe("ok");
});
