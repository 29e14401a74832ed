import { afterAll, beforeAll, expect, test } from "vitest";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "./importing/import-archive.ts";

let server: TestServer;
let projectId: ProjectId;
let baseId: GenerationId;
const latin1 = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
  ({ projectId, generationId: baseId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Other encodings",
    archive: await buildArchive({
      "a.txt": latin1("été\n2\n3\n4\nfin\n"),
      "b.txt": new Uint8Array(Buffer.from("\uFEFFeins\nzwei\n", "utf16le")),
      "c.bin": Uint8Array.of(0, 1, 2, 10),
      "d.txt": "é\n",
    }),
  }));
});
afterAll(() => server.close());

const edit = async (parentGenerationId: GenerationId, ...operations: ChangeOperation[]) =>
  (await server.api.generation.edit({ parentGenerationId, changeSet: { operations } })).generationId;
const change = (path: string, oldText: string, newText: string): ChangeOperation => ({
  type: "edit",
  path,
  edits: [{ oldText, newText }],
});
const read = (generationId: GenerationId, path: string) =>
  server.api.generation.file({ generationId, path: path as FilePath });

test("the file list names the encoding, and only calls what is not text binary", async () => {
  for (let asked = 0; asked < 2; asked += 1) {
    const { items } = await server.api.generation.files({ generationId: baseId });
    expect(items.map(({ path, isBinary, encoding }) => [path, isBinary, encoding])).toEqual([
      ["a.txt", false, "ISO-8859-1"],
      ["b.txt", false, "UTF-16LE"],
      ["c.bin", true, undefined],
      ["d.txt", false, undefined],
    ]);
  }
});

test("lines are counted for an import, an edit, a deletion and a roll back", async () => {
  const count = async (generationId: GenerationId) => {
    const { additions, deletions } = await server.api.generation.summary({ generationId });
    return [additions, deletions];
  };
  expect(await count(baseId)).toEqual([8, 0]);
  const edited = await edit(baseId, change("a.txt", "été", "ÉTÉ\nêtre"), { type: "delete", path: "b.txt" });
  expect(await count(edited)).toEqual([2, 3]);
  const { generationId } = await server.api.generation.rollback({ projectId, toGenerationId: baseId });
  expect(await count(generationId)).toEqual([3, 2]);
});

test("branches are merged by lines, and a conflict is decided hunk by hunk, in the file's own encoding", async () => {
  const head = (await server.api.project.get({ projectId })).headGenerationId ?? baseId;
  const ours = await edit(head, change("a.txt", "fin", "à nous"));
  const clean = await edit(head, change("a.txt", "été", "ÉTÉ"));
  const merged = await server.api.generation.merge({ projectId, fromGenerationId: clean });
  expect(await read(merged.generationId, "a.txt")).toMatchObject({
    content: Buffer.from(latin1("ÉTÉ\n2\n3\n4\nà nous\n")).toString("base64"),
    decoded: { encoding: "ISO-8859-1" },
  });

  const theirs = await edit(head, change("a.txt", "fin", "à eux"));
  const { conflicts } = await server.api.generation.mergePreview({ projectId, fromGenerationId: theirs });
  expect(conflicts).toMatchObject([
    { path: "a.txt", parts: [{}, { type: "conflict", base: "fin\n", ours: "à nous\n", theirs: "à eux\n" }] },
  ]);
  const decide = (text: string) =>
    server.api.generation.merge({
      projectId,
      fromGenerationId: theirs,
      decisions: [{ path: "a.txt" as FilePath, hunks: [{ text }] }],
    });
  await expect(decide("→\n")).rejects.toMatchObject({
    cause: { code: "INVALID_INPUT", message: expect.stringContaining("ISO-8859-1") },
  });
  const decided = await decide("à tous\n");
  expect((await read(decided.generationId, "a.txt")).decoded?.text).toBe("ÉTÉ\n2\n3\n4\nà tous\n");
  expect(ours).not.toBe(decided.generationId);
});

test("a whole text from the editor is written in the file's own encoding", async () => {
  const head = (await server.api.project.get({ projectId })).headGenerationId ?? baseId;
  const written = await edit(head, { type: "write", path: "a.txt", content: "Größe\n" });
  expect((await read(written, "a.txt")).content).toBe(Buffer.from(latin1("Größe\n")).toString("base64"));
});
