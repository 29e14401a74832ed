import { expect, onTestFinished, test } from "vitest";
import type { ModelMessage } from "#server/orchestrator/ports.ts";
import { buildPng } from "#server/testing/small-images.ts";
import { createLoopbackGateway, loopbackModelIds, runLoopbackTurn } from "./testing/loopback-gateway.ts";
import { startLoopbackModelServer } from "./testing/loopback-model-server.ts";

const bytes = buildPng({ width: 2, height: 2 });
const base64 = Buffer.from(bytes).toString("base64");
const messages: ModelMessage[] = [
  {
    role: "user",
    parts: ["Task: iterate", "Make it look like this."],
    images: [{ name: "sketch.png", mediaType: "image/png", bytes }],
  },
];

/** The user message's content as sent to each vendor. */
const wireForms = {
  anthropic: {
    read: (body: Record<string, unknown>) => (body["messages"] as { content: unknown[] }[])[0]?.content,
    image: { type: "image", source: { type: "base64", media_type: "image/png", data: base64 } },
  },
  openai: {
    read: (body: Record<string, unknown>) =>
      (body["input"] as { role: string; content: unknown[] }[]).find(({ role }) => role === "user")?.content,
    image: { type: "input_image", image_url: `data:image/png;base64,${base64}` },
  },
  compatible: {
    read: (body: Record<string, unknown>) =>
      (body["messages"] as { role: string; content: unknown[] }[]).find(({ role }) => role === "user")?.content,
    image: { type: "image_url", image_url: { url: `data:image/png;base64,${base64}` } },
  },
} as const;

test.each(["anthropic", "openai", "compatible"] as const)(
  "%s receives an image in its own format, once, and the prompt as the last text",
  async (vendor) => {
    const server = await startLoopbackModelServer({ respond: [{ text: "Seen." }] });
    onTestFinished(() => server.close());
    const { turn } = await runLoopbackTurn({
      gateway: createLoopbackGateway({ url: server.url }),
      modelId: loopbackModelIds[vendor],
      messages,
    });
    expect(turn?.text).toBe("Seen.");
    const { read, image } = wireForms[vendor];
    const content = read(server.requests[0]?.body ?? {}) ?? [];
    expect(content.filter((part) => JSON.stringify(part).includes(base64))).toMatchObject([image]);
    expect(JSON.stringify(content.at(-1))).toContain("Make it look like this.");
  },
);

test("a compatible server tells which of its models accept images", async () => {
  const server = await startLoopbackModelServer({
    respond: [],
    models: [
      { id: "sees", architecture: { input_modalities: ["text", "image"] } },
      { id: "reads", architecture: { input_modalities: ["text"] } },
      { id: "silent" },
    ],
  });
  onTestFinished(() => server.close());
  const { createModelGateway } = await import("./model-gateway.ts");
  const { createScriptedModel } = await import("./testing/scripted-model.ts");
  const gateway = createModelGateway({
    config: { baseUrls: { compatible: server.url }, compatibleTools: "on" },
    builtinModel: createScriptedModel([]),
  });
  const listed = (await gateway.list()).filter(({ provider }) => provider === "compatible");
  expect(listed.map(({ label, supportsImages }) => [label, supportsImages])).toEqual([
    ["sees", true],
    ["reads", false],
    ["silent", false],
  ]);
});
