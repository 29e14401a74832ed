import { afterAll, beforeAll, expect, test } from "vitest";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { callTools, ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../versions/importing/import-archive.ts";

const models = new ScriptedGateway({ turns: [] });
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ models });
});
afterAll(() => server.close());

const path = (text: string) => text as FilePath;

async function prepare(): Promise<{ projectId: ProjectId; base: GenerationId; head: GenerationId }> {
  const { projectId, generationId: base } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Comments",
    archive: await buildArchive({ "a.py": "x = 1\ny = 2\n", "b.py": "b\n", "c.py": "c\n" }),
  });
  const { generationId: head } = await server.api.generation.edit({
    parentGenerationId: base,
    changeSet: { operations: [{ type: "write", path: "a.py", content: "x = 1\ny = 3\nz = 4\n" }] },
  });
  return { projectId, base, head };
}

test("comments are sent to the model with the next prompt, once, and each shows what happened to its lines", async () => {
  const { base, head } = await prepare();
  const on = { generationId: head, againstGenerationId: base };
  const first = await server.api.comment.add({
    ...on,
    path: path("a.py"),
    side: "additions",
    firstLine: 2,
    lastLine: 3,
    body: "Name these.",
  });
  const second = await server.api.comment.add({
    ...on,
    path: path("b.py"),
    side: "additions",
    firstLine: 1,
    lastLine: 1,
    body: "Leave it?",
  });
  const third = await server.api.comment.add({
    ...on,
    path: path("c.py"),
    side: "additions",
    firstLine: 1,
    lastLine: 1,
    body: "Remove this file.",
  });
  expect(first).toMatchObject({ quote: "y = 3\nz = 4", isSent: false });
  expect(await server.api.comment.list({ generationId: head })).toHaveLength(3);

  models.script(
    callTools(
      ["edit_file", { path: "a.py", edits: [{ oldText: "y = 3", newText: "rate = 3" }] }],
      ["delete_file", { path: "c.py" }],
      ["finish", { summary: "Done." }],
    ),
  );
  const input = {
    parentGenerationId: head,
    prompt: "Address the review",
    model: scriptedModelId,
    mode: "classic" as const,
    commentIds: [first, second, third].map(({ commentId }) => commentId),
  };
  const run = await server.waitForRun((await server.api.generation.iterate(input)).runId);
  expect(run.status).toBe("SUCCEEDED");
  const parts = models.requests.at(-1)?.messages[0];
  expect(parts).toMatchObject({
    parts: expect.arrayContaining([
      expect.stringContaining("- a.py, lines 2 to 3:\n> y = 3\n> z = 4\nName these."),
      "Address the review",
    ]),
  });
  const answered = await server.api.comment.answered({ generationId: run.generationId ?? head });
  expect(answered.map(({ path: commented, fate }) => [commented, fate])).toEqual([
    ["a.py", "touched"],
    ["b.py", "untouched"],
    ["c.py", "file-gone"],
  ]);
  expect((await server.api.comment.list({ generationId: head })).map(({ isSent }) => isSent)).toEqual([
    true,
    true,
    true,
  ]);
  await expect(server.api.generation.iterate(input)).rejects.toMatchObject({ cause: { code: "COMMENT_NOT_FOUND" } });
  await expect(server.api.comment.remove({ commentId: first.commentId })).rejects.toMatchObject({
    cause: { code: "COMMENT_NOT_FOUND" },
  });
});

test("a comment added twice with the same id exists once, with its last text", async () => {
  const { base, head } = await prepare();
  const comment = {
    commentId: "0b6e2f0e3c674c1c8a525a4f2b9c7d10",
    generationId: head,
    againstGenerationId: base,
    path: path("a.py"),
    side: "additions" as const,
    firstLine: 2,
    lastLine: 2,
  };
  const first = await server.api.comment.add({ ...comment, body: "Name it." });
  expect(first).toMatchObject({ commentId: comment.commentId, body: "Name it." });
  expect(await server.api.comment.add({ ...comment, body: "Name it." })).toEqual(first);
  expect(await server.api.comment.add({ ...comment, body: "Name it well." })).toEqual({
    ...first,
    body: "Name it well.",
  });
  expect(await server.api.comment.list({ generationId: head })).toHaveLength(1);
  await expect(server.api.comment.add({ ...comment, commentId: "../other", body: "Name it." })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
});

test("a comment on deleted lines quotes the side that has them, and one without lines is refused", async () => {
  const { base, head } = await prepare();
  const on = { generationId: head, againstGenerationId: base, path: path("a.py") };
  expect(
    await server.api.comment.add({ ...on, side: "deletions", firstLine: 2, lastLine: 2, body: "Why?" }),
  ).toMatchObject({ quote: "y = 2" });
  await expect(
    server.api.comment.add({ ...on, side: "deletions", firstLine: 9, lastLine: 9, body: "Where?" }),
  ).rejects.toMatchObject({ cause: { code: "INVALID_INPUT" } });
  await expect(
    server.api.comment.add({
      ...on,
      path: path("none.py"),
      side: "additions",
      firstLine: 1,
      lastLine: 1,
      body: "What?",
    }),
  ).rejects.toMatchObject({ cause: { code: "FILE_NOT_FOUND" } });
  const [comment] = await server.api.comment.list({ generationId: head });
  await server.api.comment.remove({ commentId: comment?.commentId ?? "" });
  expect(await server.api.comment.list({ generationId: head })).toEqual([]);
});

test("a comment counts as sent while its run may make a version, and is sent with the next prompt if it made none", async () => {
  const { base, head } = await prepare();
  const { commentId } = await server.api.comment.add({
    generationId: head,
    againstGenerationId: base,
    path: path("a.py"),
    side: "additions",
    firstLine: 2,
    lastLine: 2,
    body: "Name it.",
  });
  const readSent = async () => (await server.api.comment.list({ generationId: head })).map(({ isSent }) => isSent);
  const input = {
    parentGenerationId: head,
    prompt: "Address the review",
    model: scriptedModelId,
    mode: "classic" as const,
    commentIds: [commentId],
  };
  const change = callTools(
    ["edit_file", { path: "a.py", edits: [{ oldText: "y = 3", newText: "rate = 3" }] }],
    ["finish", { summary: "Done." }],
  );

  models.script(callTools(["finish", { summary: "Nothing to do." }]));
  const failed = await server.waitForRun((await server.api.generation.iterate(input)).runId);
  expect(failed.status).toBe("FAILED");
  expect(await readSent()).toEqual([false]);

  // A retry takes it over, so that it is not sent twice.
  models.script(callTools(["finish", { summary: "Nothing to do again." }]));
  const retried = await server.api.run.retry({ runId: failed.runId });
  await expect(server.waitForRun(retried.runId)).resolves.toMatchObject({ status: "FAILED" });
  expect(await readSent()).toEqual([false]);

  models.script(change);
  const made = await server.waitForRun((await server.api.generation.iterate(input)).runId);
  expect(made.status).toBe("SUCCEEDED");
  expect(await readSent()).toEqual([true]);
  expect(await server.api.comment.answered({ generationId: made.generationId ?? head })).toMatchObject([
    { fate: "touched" },
  ]);
  await expect(server.api.generation.iterate(input)).rejects.toMatchObject({ cause: { code: "COMMENT_NOT_FOUND" } });
});

test("a comment of a failed run can be deleted; one of a held run counts as sent until the decision", async () => {
  const { base, head } = await prepare();
  const { commentId } = await server.api.comment.add({
    generationId: head,
    againstGenerationId: base,
    path: path("a.py"),
    side: "additions",
    firstLine: 2,
    lastLine: 2,
    body: "Name it.",
  });
  const input = {
    parentGenerationId: head,
    prompt: "Address the review",
    model: scriptedModelId,
    mode: "classic" as const,
    commentIds: [commentId],
  };
  models.script(
    callTools(
      ["write_file", { path: "a.py", content: `x = 1\n# ... rest of the code unchanged ...\n` }],
      ["write_file", { path: "d.py", content: "d = 1\n" }],
      ["finish", { summary: "Done." }],
    ),
    ...Array.from({ length: 5 }, () => callTools(["finish", { summary: "Done." }])),
  );
  const held = await server.waitForRun((await server.api.generation.iterate(input)).runId);
  expect(held.status).toBe("NEEDS_REVIEW");
  expect((await server.api.comment.list({ generationId: head })).map(({ isSent }) => isSent)).toEqual([true]);

  const other = await server.api.comment.add({
    generationId: head,
    againstGenerationId: base,
    path: path("b.py"),
    side: "additions",
    firstLine: 1,
    lastLine: 1,
    body: "And this.",
  });
  models.script(callTools(["finish", { summary: "Nothing to do." }]));
  await server.waitForRun((await server.api.generation.iterate({ ...input, commentIds: [other.commentId] })).runId);
  await server.api.comment.remove({ commentId: other.commentId });
  expect(await server.api.comment.list({ generationId: head })).toHaveLength(1);
});

test("a comment on deleted lines is answered by restoring them, even if the file is moved before or later", async () => {
  const { generationId: base } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Deleted lines",
    archive: await buildArchive({ "a.py": "x = 1\ny = 2\nz = 3\n", "old.py": "p = 1\nq = 2\n" }),
  });
  const { generationId: head } = await server.api.generation.edit({
    parentGenerationId: base,
    changeSet: {
      operations: [
        { type: "write", path: "a.py", content: "x = 1\nz = 3\n" },
        { type: "move", source: "old.py", destination: "new.py" },
        { type: "edit", path: "new.py", edits: [{ oldText: "q = 2\n", newText: "" }] },
      ],
    },
  });
  const on = { generationId: head, againstGenerationId: base, side: "deletions" as const, firstLine: 2, lastLine: 2 };
  const inPlace = await server.api.comment.add({ ...on, path: path("a.py"), body: "Why is it gone?" });
  const inMoved = await server.api.comment.add({ ...on, path: path("new.py"), body: "Bring it back." });
  const onNew = await server.api.comment.add({
    ...on,
    side: "additions",
    firstLine: 1,
    lastLine: 1,
    path: path("new.py"),
    body: "Leave it.",
  });
  expect(inMoved).toMatchObject({ path: "new.py", quote: "q = 2" });

  models.script(
    callTools(
      ["move_file", { source: "new.py", destination: "newest.py" }],
      ["edit_file", { path: "newest.py", edits: [{ oldText: "p = 1\n", newText: "p = 1\nq = 2\n" }] }],
      ["finish", { summary: "Done." }],
    ),
  );
  const commentIds = [inPlace, inMoved, onNew].map(({ commentId }) => commentId);
  const run = await server.waitForRun(
    (
      await server.api.generation.iterate({
        parentGenerationId: head,
        prompt: "Address the review",
        model: scriptedModelId,
        mode: "classic",
        commentIds,
      })
    ).runId,
  );
  expect(run.status).toBe("SUCCEEDED");
  const answered = await server.api.comment.answered({ generationId: run.generationId ?? head });
  expect(answered.map(({ body, fate, newPath }) => [body, fate, newPath])).toEqual([
    ["Why is it gone?", "untouched", "a.py"],
    ["Leave it.", "untouched", "newest.py"],
    ["Bring it back.", "touched", "newest.py"],
  ]);
});

test("a comment on a whole file needs no lines, is sent as such, and is touched with the file", async () => {
  const { projectId, generationId: base } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Files",
    archive: await buildArchive({ "a.py": "x = 1\n", "logo.bin": new Uint8Array([0, 255]) }),
  });
  const { generationId: head } = await server.api.generation.edit({
    parentGenerationId: base,
    changeSet: { operations: [{ type: "write", path: "b.py", content: "b\n" }] },
  });
  const on = { generationId: head, againstGenerationId: base, side: "additions" as const, firstLine: 0, lastLine: 0 };
  const text = await server.api.comment.add({ ...on, path: path("a.py"), body: "Split this file." });
  const binary = await server.api.comment.add({ ...on, path: path("logo.bin"), body: "Who uses this?" });
  expect([text, binary].map(({ firstLine, lastLine, quote }) => [firstLine, lastLine, quote])).toEqual([
    [0, 0, ""],
    [0, 0, ""],
  ]);
  await expect(server.api.comment.add({ ...on, path: path("none.py"), body: "What?" })).rejects.toMatchObject({
    cause: { code: "FILE_NOT_FOUND" },
  });
  await expect(server.api.comment.add({ ...on, path: path("a.py"), lastLine: 2, body: "What?" })).rejects.toThrow(
    "on the file as a whole",
  );

  models.script(
    callTools(
      ["edit_file", { path: "a.py", edits: [{ oldText: "x = 1", newText: "y = 1" }] }],
      ["finish", { summary: "Done." }],
    ),
  );
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: head,
    prompt: "Address the review",
    model: scriptedModelId,
    mode: "classic",
    commentIds: [text.commentId, binary.commentId],
  });
  const run = await server.waitForRun(runId);
  expect(run).toMatchObject({ status: "SUCCEEDED", projectId });
  expect(models.requests.at(-1)?.messages[0]).toMatchObject({
    parts: expect.arrayContaining([expect.stringContaining("- a.py, the file as a whole:\nSplit this file.")]),
  });
  expect(
    (await server.api.comment.answered({ generationId: run.generationId ?? head })).map(({ path: commented, fate }) => [
      commented,
      fate,
    ]),
  ).toEqual([
    ["a.py", "touched"],
    ["logo.bin", "untouched"],
  ]);
});

test("a comment can be edited until it is sent", async () => {
  const { base, head } = await prepare();
  const { commentId } = await server.api.comment.add({
    generationId: head,
    againstGenerationId: base,
    path: path("a.py"),
    side: "additions",
    firstLine: 2,
    lastLine: 2,
    body: "Why?",
  });
  expect(await server.api.comment.edit({ commentId, body: "Why three?" })).toMatchObject({
    commentId,
    body: "Why three?",
    quote: "y = 3",
    isSent: false,
  });
  expect((await server.api.comment.list({ generationId: head })).map(({ body }) => body)).toEqual(["Why three?"]);
  await expect(server.api.comment.edit({ commentId, body: " " })).rejects.toThrow("Write a comment first.");

  models.script(
    callTools(
      ["edit_file", { path: "a.py", edits: [{ oldText: "y = 3", newText: "y = 4" }] }],
      ["finish", { summary: "Done." }],
    ),
  );
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: head,
    prompt: "Address the review",
    model: scriptedModelId,
    mode: "classic",
    commentIds: [commentId],
  });
  await server.waitForRun(runId);
  await expect(server.api.comment.edit({ commentId, body: "Too late" })).rejects.toMatchObject({
    cause: { code: "COMMENT_NOT_FOUND" },
  });
});
