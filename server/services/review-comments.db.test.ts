import { afterAll, beforeAll, expect, test } from "vitest";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { callTools, ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId } from "#server/testing/start-test-server.ts";
import type { TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "./import-archive.ts";

const models = new ScriptedGateway({ turns: [] });
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ models });
});
afterAll(() => server.close());

const path = (text: string) => text as FilePath;

async function prepare(): Promise<{ projectId: ProjectId; base: GenerationId; head: GenerationId }> {
  const { projectId, generationId: base } = await importArchive({ container: server.container, ownerId: testOwnerId, name: "Comments", archive: await buildArchive({ "a.py": "x = 1\ny = 2\n", "b.py": "b\n", "c.py": "c\n" }) });
  const { generationId: head } = await server.api.generation.edit({ parentGenerationId: base, changeSet: { operations: [{ type: "write", path: "a.py", content: "x = 1\ny = 3\nz = 4\n" }] } });
  return { projectId, base, head };
}

test("comments go to the model with the next prompt, once, and each shows what became of its lines", async () => {
  const { base, head } = await prepare();
  const on = { generationId: head, againstGenerationId: base };
  const first = await server.api.comment.add({ ...on, path: path("a.py"), side: "additions", firstLine: 2, lastLine: 3, body: "Name these." });
  const second = await server.api.comment.add({ ...on, path: path("b.py"), side: "additions", firstLine: 1, lastLine: 1, body: "Leave it?" });
  const third = await server.api.comment.add({ ...on, path: path("c.py"), side: "additions", firstLine: 1, lastLine: 1, body: "Remove this file." });
  expect(first).toMatchObject({ quote: "y = 3\nz = 4", isSent: false });
  expect(await server.api.comment.list({ generationId: head })).toHaveLength(3);

  models.script(callTools(["edit_file", { path: "a.py", edits: [{ oldText: "y = 3", newText: "rate = 3" }] }], ["delete_file", { path: "c.py" }], ["finish", { summary: "Done." }]));
  const input = { parentGenerationId: head, prompt: "Address the review", model: scriptedModelId, mode: "classic" as const, commentIds: [first, second, third].map(({ commentId }) => commentId) };
  const run = await server.waitForRun((await server.api.generation.iterate(input)).runId);
  expect(run.status).toBe("SUCCEEDED");
  const parts = models.requests.at(-1)?.messages[0];
  expect(parts).toMatchObject({ parts: expect.arrayContaining([expect.stringContaining("- a.py, lines 2 to 3:\n> y = 3\n> z = 4\nName these."), "Address the review"]) });
  const answered = await server.api.comment.answered({ generationId: run.generationId ?? head });
  expect(answered.map(({ path: commented, fate }) => [commented, fate])).toEqual([
    ["a.py", "touched"],
    ["b.py", "untouched"],
    ["c.py", "file-gone"],
  ]);
  expect((await server.api.comment.list({ generationId: head })).map(({ isSent }) => isSent)).toEqual([true, true, true]);
  await expect(server.api.generation.iterate(input)).rejects.toMatchObject({ cause: { code: "COMMENT_NOT_FOUND" } });
  await expect(server.api.comment.remove({ commentId: first.commentId })).rejects.toMatchObject({ cause: { code: "COMMENT_NOT_FOUND" } });
});

test("a comment on deleted lines quotes the side that has them, and one without lines is refused", async () => {
  const { base, head } = await prepare();
  const on = { generationId: head, againstGenerationId: base, path: path("a.py") };
  expect(await server.api.comment.add({ ...on, side: "deletions", firstLine: 2, lastLine: 2, body: "Why?" })).toMatchObject({ quote: "y = 2" });
  await expect(server.api.comment.add({ ...on, side: "deletions", firstLine: 9, lastLine: 9, body: "Where?" })).rejects.toMatchObject({ cause: { code: "INVALID_INPUT" } });
  await expect(server.api.comment.add({ ...on, path: path("none.py"), side: "additions", firstLine: 1, lastLine: 1, body: "What?" })).rejects.toMatchObject({ cause: { code: "FILE_NOT_FOUND" } });
  const [comment] = await server.api.comment.list({ generationId: head });
  await server.api.comment.remove({ commentId: comment?.commentId ?? "" });
  expect(await server.api.comment.list({ generationId: head })).toEqual([]);
});
