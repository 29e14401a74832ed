import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { GenerationId, RunId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import { answerAttachment } from "#server/http/answer-attachment.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { buildPng } from "#server/testing/small-images.ts";
import {
  callTools,
  failTurn,
  sayText,
  ScriptedGateway,
  scriptedModelId as model,
} from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { verifyHistory } from "../operations/verify-history.ts";
import { importArchive } from "../versions/importing/import-archive.ts";

const models = new ScriptedGateway({ turns: [], supportsImages: true });
let server: TestServer;
let parentId: GenerationId;

const png = buildPng({ width: 750, height: 100 });
const image = { name: "Skizze (1).png", content: Buffer.from(png).toString("base64") };
const svg = { name: "logo.svg", content: Buffer.from("<svg onload='alert(1)'/>").toString("base64") };
const prompt = "Make it look like this";

beforeAll(async () => {
  server = await startTestServer({ models });
  ({ generationId: parentId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Attached",
    archive: await buildArchive({ "a.txt": "a\n" }),
  }));
});
afterAll(() => server.close());

const write = () => callTools(["write_file", { path: "b.txt", content: "b\n" }], ["finish", { summary: "Done." }]);

async function iterate(extra: object): Promise<RunId> {
  const { runId } = await server.api.generation.iterate({ parentGenerationId: parentId, prompt, model, ...extra });
  return runId;
}

test("an image and a text are sent before the prompt, and are in the receipt with their tokens", async () => {
  models.script(write());
  const run = await server.waitForRun(await iterate({ attachments: [image, svg] }));
  expect(run).toMatchObject({
    status: "SUCCEEDED",
    attachments: [
      { position: 0, name: image.name, kind: "image", mediaType: "image/png", width: 750, height: 100 },
      { position: 1, name: "logo.svg", kind: "text", mediaType: "text/plain", width: null, sizeBytes: 24 },
    ],
  });
  const first = models.requests.at(-1)?.messages[0];
  if (first?.role !== "user") throw new Error("The first message is the user's.");
  expect(first.images?.map(({ mediaType, bytes }) => [mediaType, Buffer.compare(bytes, png)])).toEqual([
    ["image/png", 0],
  ]);
  expect(first.parts.at(-1)).toBe(prompt);
  expect(first.parts.at(-2)).toContain("<svg onload='alert(1)'/>");
  const { contextReceipt } = await server.api.generation.get({ generationId: run.generationId ?? "" });
  const tokens = Object.fromEntries(contextReceipt?.parts.map(({ name, tokens: count }) => [name, count]) ?? []);
  expect(tokens[`Attachment: ${image.name}`]).toBeGreaterThanOrEqual(100);
  expect(tokens["Attachment: logo.svg"]).toBeGreaterThan(0);
  const sum = contextReceipt?.parts.reduce((total, part) => total + part.tokens, 0);
  expect(contextReceipt?.estimate.inputTokens).toBe(sum);
});

test("the preview counts attachments without their contents, like the run with them", async () => {
  models.script(write());
  const attachments = [
    { kind: "image" as const, name: image.name, width: 750, height: 100 },
    { kind: "text" as const, name: svg.name, sizeBytes: Buffer.from(svg.content, "base64").length },
  ];
  const preview = await server.api.context.preview({ parentGenerationId: parentId, prompt, model, attachments });
  const run = await server.waitForRun(await iterate({ attachments: [image, svg], mode: "classic" }));
  const { contextReceipt } = await server.api.generation.get({ generationId: run.generationId ?? "" });
  expect(preview).toEqual(contextReceipt);
});

test("attachments are sent with a question and with a plan, and the thread shows them", async () => {
  models.script(sayText("A chart."));
  const asked = await server.api.generation.ask({ generationId: parentId, prompt, model, attachments: [image, svg] });
  const answered = await server.waitForRun(asked.runId);
  expect(answered).toMatchObject({ status: "SUCCEEDED", answer: "A chart.", attachments: [{}, {}] });
  const [question] = models.requests.at(-1)?.messages ?? [];
  expect(question).toMatchObject({ role: "user", images: [{ name: image.name, mediaType: "image/png" }] });
  models.script(sayText("1. b.txt: new"));
  const planRunId = await iterate({ attachments: [svg], plan: "always" });
  expect(await server.waitForRun(planRunId)).toMatchObject({ status: "NEEDS_REVIEW", plan: ["1. b.txt: new"] });
  models.script(write());
  const { runId } = await server.api.run.acceptPlan({ runId: planRunId, steps: ["b.txt: new"] });
  expect(await server.waitForRun(runId)).toMatchObject({ status: "SUCCEEDED", attachments: [{ name: svg.name }] });
  const { projectId } = answered;
  const { items } = await server.api.project.thread({ projectId });
  expect(items.slice(0, 3).map(({ runId: of, attachments }) => [of, attachments.map(({ name }) => name)])).toEqual(
    expect.arrayContaining([
      [asked.runId, [image.name, svg.name]],
      [runId, [svg.name]],
    ]),
  );
  expect(items.find((entry) => entry.runId === asked.runId)?.attachments[0]).toEqual({
    position: 0,
    name: image.name,
    kind: "image",
    sizeBytes: png.length,
  });
});

test("equal contents are stored once, for all candidates and for a retry", async () => {
  const hash = new Uint8Array(createHash("sha256").update(png).digest());
  models.script(failTurn(new AppError({ code: "MODEL_REFUSED", message: "Refused." })), write());
  const { runIds } = await server.api.generation.iterate({
    parentGenerationId: parentId,
    prompt,
    candidates: [{ model }, { model }],
    attachments: [image],
  });
  const runs = await Promise.all((runIds ?? []).map((runId) => server.waitForRun(runId)));
  expect(runs.map(({ attachments }) => attachments.length)).toEqual([1, 1]);
  const failed = runs.find(({ status }) => status === "FAILED");
  models.script(write());
  const retried = await server.api.run.retry({ runId: failed?.runId ?? "" });
  expect((await server.waitForRun(retried.runId)).attachments).toEqual(failed?.attachments);
  expect(await server.container.database.prisma.blob.count({ where: { hash } })).toBe(1);
  expect((await verifyHistory(server.container)).faults).toEqual([]);
});

test("an attachment is served as inert bytes, and only if it exists", async () => {
  models.script(write());
  const runId = await iterate({ attachments: [image, svg] });
  await server.waitForRun(runId);
  const context = { container: server.container, ownerId: testOwnerId, requestId: "test" };
  const answers = [
    { position: "0", type: "image/png", bytes: Buffer.from(png), name: "Skizze%20%281%29.png" },
    { position: "1", type: "text/plain; charset=utf-8", bytes: Buffer.from(svg.content, "base64"), name: "logo.svg" },
  ];
  for (const { position, type, bytes, name } of answers) {
    const response = await answerAttachment({ context, runId, position });
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": type,
      "content-disposition": `attachment; filename*=UTF-8''${name}`,
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    });
  }
  for (const position of ["2", "-1", "x", "9999"])
    await expect(answerAttachment({ context, runId, position })).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
  await expect(
    answerAttachment({ context: { ...context, ownerId: "someone else" }, runId, position: "0" }),
  ).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
});

test("a refused attachment is named before anything is stored", async () => {
  const count = () => server.container.database.prisma.run.count();
  const before = await count();
  const refusals: [object, RegExp][] = [
    [{ attachments: [{ name: "x.pdf", content: Buffer.from("%PDF-1.7\0").toString("base64") }] }, /x\.pdf is neither/],
    [{ attachments: [{ name: "empty", content: "" }] }, /empty is empty/],
    [{ attachments: Array.from({ length: 9 }, () => svg) }, /at most 8 attachments/],
    [{ attachments: [{ ...svg, name: "a\u202eb" }] }, /control characters/],
    [{ attachments: [{ name: "a", content: "%%%" }] }, /not base64/],
    [{ model: "builtin:scaffold", attachments: [svg] }, /There is no model|reads no attachments/],
  ];
  for (const [extra, message] of refusals) await expect(iterate(extra)).rejects.toThrow(message);
  expect(await count()).toBe(before);
});

test("a model without image support receives no images, but still receives text", async () => {
  const blind = new ScriptedGateway({ turns: [write()] });
  const other = await startTestServer({ models: blind });
  try {
    const { generationId } = await importArchive({
      container: other.container,
      ownerId: testOwnerId,
      name: "Blind",
      archive: await buildArchive({ "a.txt": "a\n" }),
    });
    const request = { parentGenerationId: generationId, prompt, model };
    await expect(other.api.generation.iterate({ ...request, attachments: [image] })).rejects.toMatchObject({
      cause: { code: "MODEL_CANNOT_ANSWER" },
      message: expect.stringContaining("is not known to take images") as string,
    });
    const { runId } = await other.api.generation.iterate({ ...request, attachments: [svg] });
    expect(await other.waitForRun(runId)).toMatchObject({ status: "SUCCEEDED" });
  } finally {
    await other.close();
  }
});
