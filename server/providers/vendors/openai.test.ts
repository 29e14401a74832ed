import { expect, onTestFinished, test } from "vitest";
import { describeProvider } from "../provider-contract.ts";
import { createLoopbackGateway, loopbackModelIds, runLoopbackTurn } from "../testing/loopback-gateway.ts";
import { startLoopbackModelServer } from "../testing/loopback-model-server.ts";

describeProvider({ modelId: loopbackModelIds.openai, replayMark: "sealed-by-loopback" });

test("stores nothing on the vendor's servers", async () => {
  const server = await startLoopbackModelServer({ respond: [{ text: "ok" }] });
  onTestFinished(() => server.close());
  await runLoopbackTurn({ gateway: createLoopbackGateway({ url: server.url }), modelId: loopbackModelIds.openai });
  expect(server.requests[0]?.body).toMatchObject({ store: false, include: ["reasoning.encrypted_content"] });
});
