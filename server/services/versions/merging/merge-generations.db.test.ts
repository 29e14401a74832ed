import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { HunkDecision } from "#lib/contracts/comparisons/hunk-decision.ts";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../importing/import-archive.ts";
import { verifyHistory } from "../../operations/verify-history.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
});
afterAll(() => server.close());

const files = { "a.txt": "1\n2\n3\n4\n5\n", "b.txt": "b\n", "c.txt": "c\n" };
let projectId: ProjectId;
let baseId: GenerationId;
beforeEach(async () => {
  ({ projectId, generationId: baseId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Merge",
    archive: await buildArchive(files),
  }));
});

const edit = async (parentGenerationId: GenerationId, ...operations: ChangeOperation[]) =>
  (await server.api.generation.edit({ parentGenerationId, changeSet: { operations } })).generationId;
const write = (path: string, content: string): ChangeOperation => ({ type: "write", path, content });
const change = (path: string, oldText: string, newText: string): ChangeOperation => ({
  type: "edit",
  path,
  edits: [{ oldText, newText }],
});

test("combines a branch and the head in a new version, from their common ancestor", async () => {
  const head = await edit(baseId, change("a.txt", "1", "one"), write("ours.txt", "o\n"));
  const branch = await edit(baseId, change("a.txt", "5", "five"), { type: "delete", path: "c.txt" });
  expect(await server.api.generation.mergePreview({ projectId, fromGenerationId: branch })).toEqual({
    headGenerationId: head,
    baseGenerationId: baseId,
    taken: [],
    deleted: ["c.txt"],
    combined: ["a.txt"],
    conflicts: [],
  });
  const { generationId } = await server.api.generation.merge({
    projectId,
    fromGenerationId: branch,
    expectedHeadGenerationId: head,
  });
  expect(await server.readTexts(generationId)).toEqual({
    "a.txt": "one\n2\n3\n4\nfive\n",
    "b.txt": "b\n",
    "ours.txt": "o\n",
  });
  expect(await server.api.generation.get({ generationId })).toMatchObject({
    kind: "merge",
    isHead: true,
    parentGenerationIds: [head, branch],
    counts: { kept: 2, modified: 1, deleted: 1 },
  });
  expect(await server.api.generation.mergeOrigins({ generationId })).toEqual([
    { path: "c.txt", origin: "taken" },
    { path: "a.txt", origin: "combined" },
  ]);
  expect(await server.api.generation.mergeOrigins({ generationId: head })).toEqual([]);
  await expect(server.api.generation.merge({ projectId, fromGenerationId: branch })).rejects.toMatchObject({
    cause: { code: "NO_CHANGES" },
  });
  expect((await verifyHistory({ database: server.container.database })).faults).toEqual([]);
});

test("asks at a conflict and stores nothing without a decision", async () => {
  const head = await edit(baseId, write("b.txt", "ours\n"));
  const branch = await edit(baseId, write("b.txt", "theirs\n"), write("new.txt", "n\n"));
  const preview = await server.api.generation.mergePreview({ projectId, fromGenerationId: branch });
  expect(preview).toMatchObject({
    taken: ["new.txt"],
    conflicts: [{ path: "b.txt", reason: "both-changed", patch: expect.stringContaining("+theirs") }],
  });
  await expect(server.api.generation.merge({ projectId, fromGenerationId: branch })).rejects.toMatchObject({
    cause: { code: "MERGE_CONFLICT", details: { paths: ["b.txt"] } },
  });
  expect((await server.api.project.get({ projectId })).headGenerationId).toBe(head);
  const { generationId } = await server.api.generation.merge({
    projectId,
    fromGenerationId: branch,
    decisions: [{ path: "b.txt" as FilePath, take: "theirs" }],
  });
  expect(await server.readTexts(generationId)).toEqual({ ...files, "b.txt": "theirs\n", "new.txt": "n\n" });
  expect(await server.api.generation.mergeOrigins({ generationId })).toEqual([
    { path: "new.txt", origin: "taken" },
    { path: "b.txt", origin: "decided" },
  ]);
});

test("refuses a merge that was planned on another head", async () => {
  const branch = await edit(baseId, write("n.txt", "n\n"));
  const other = await edit(baseId, write("m.txt", "m\n"));
  await expect(
    server.api.generation.merge({ projectId, fromGenerationId: other, expectedHeadGenerationId: baseId }),
  ).rejects.toMatchObject({ cause: { code: "HEAD_MOVED" } });
  expect((await server.api.project.get({ projectId })).headGenerationId).toBe(branch);
});

test("each hunk of a conflict is decided on: one side, both, or custom text", async () => {
  const head = await edit(baseId, write("a.txt", "ONE\n2\nthree\n4\nOURS\n"), write("new.txt", "a\nb\n"));
  const branch = await edit(baseId, write("a.txt", "eins\n2\ndrei\n4\nTHEIRS\n"), write("new.txt", "a\nc\n"));
  const { conflicts } = await server.api.generation.mergePreview({ projectId, fromGenerationId: branch });
  expect(conflicts.map(({ path, parts }) => [path, parts])).toEqual([
    [
      "a.txt",
      [
        { type: "conflict", ours: "ONE\n", theirs: "eins\n", base: "1\n" },
        { type: "merged", text: "2\n" },
        { type: "conflict", ours: "three\n", theirs: "drei\n", base: "3\n" },
        { type: "merged", text: "4\n" },
        { type: "conflict", ours: "OURS\n", theirs: "THEIRS\n", base: "5\n" },
      ],
    ],
    [
      "new.txt",
      [
        { type: "merged", text: "a\n" },
        { type: "conflict", ours: "b\n", theirs: "c\n", base: null },
      ],
    ],
  ]);
  const merge = (hunks: HunkDecision[]) =>
    server.api.generation.merge({
      projectId,
      fromGenerationId: branch,
      expectedHeadGenerationId: head,
      decisions: [
        { path: "a.txt" as FilePath, hunks },
        { path: "new.txt" as FilePath, hunks: [{ take: "theirs-ours" }] },
      ],
    });
  await expect(merge([{ take: "ours" }, { take: "theirs" }])).rejects.toMatchObject({
    cause: { code: "MERGE_CONFLICT", details: { paths: ["a.txt"] } },
  });
  await expect(
    merge([{ take: "ours" }, { take: "theirs" }, { text: "x".repeat(limits.textFileBytes) }]),
  ).rejects.toMatchObject({ cause: { code: "INPUT_TOO_LARGE" } });
  expect((await server.api.project.get({ projectId })).headGenerationId).toBe(head);
  const { generationId } = await merge([{ take: "theirs" }, { text: "3 by hand\n" }, { take: "ours-theirs" }]);
  expect(await server.readTexts(generationId)).toEqual({
    ...files,
    "a.txt": "eins\n2\n3 by hand\n4\nOURS\nTHEIRS\n",
    "new.txt": "a\nc\nb\n",
  });
  expect((await verifyHistory({ database: server.container.database })).faults).toEqual([]);
});

test("a file that one side deleted is decided on whole", async () => {
  await edit(baseId, write("b.txt", "ours\n"));
  const branch = await edit(baseId, { type: "delete", path: "b.txt" as FilePath });
  expect((await server.api.generation.mergePreview({ projectId, fromGenerationId: branch })).conflicts).toMatchObject([
    { path: "b.txt", parts: null },
  ]);
  const decisions = [{ path: "b.txt" as FilePath, hunks: [{ take: "ours" as const }] }];
  await expect(server.api.generation.merge({ projectId, fromGenerationId: branch, decisions })).rejects.toMatchObject({
    cause: { code: "MERGE_CONFLICT" },
  });
});

test("a merge preview does not wait for the project's lock", async () => {
  const head = await edit(baseId, write("ours.txt", "o\n"));
  const branch = await edit(baseId, write("theirs.txt", "t\n"));
  await server.container.database.prisma.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT id FROM "Project" WHERE id = ${projectId} FOR UPDATE`;
    expect(await server.api.generation.mergePreview({ projectId, fromGenerationId: branch })).toMatchObject({
      headGenerationId: head,
      taken: ["theirs.txt"],
    });
  });
});

test("a merge with parts that do not fit together reports it during the decisions and stores it", async () => {
  const start = await edit(baseId, write("app/__init__.py", ""), write("app/items.py", "def read():\n    return 1\n"));
  const head = await edit(start, write("main.py", "from app import items\n\nitems.read()\n"), write("b.txt", "ours\n"));
  const branch = await edit(
    start,
    { type: "move", source: "app/items.py", destination: "app/notes.py" },
    write("b.txt", "theirs\n"),
  );
  const input = { projectId, fromGenerationId: branch, expectedHeadGenerationId: head };
  const { problems } = await server.api.generation.checkMerge(input);
  expect(problems).toMatchObject([{ path: "main.py", validator: "unresolved-imports" }]);
  const decisions = [{ path: "b.txt" as FilePath, take: "theirs" as const }];
  expect(await server.api.generation.checkMerge({ ...input, decisions })).toEqual({ problems });
  const { generationId } = await server.api.generation.merge({ ...input, decisions });
  expect((await server.api.generation.get({ generationId })).issues).toEqual(problems);
});
