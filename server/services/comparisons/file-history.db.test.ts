import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../versions/importing/import-archive.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
});
afterAll(() => server.close());

let projectId: ProjectId;
let v1: GenerationId;
beforeEach(async () => {
  const archive = await buildArchive({
    "a.txt": "one\ntwo\nthree\n",
    "other.txt": "x\n",
    "logo.bin": new Uint8Array([0, 1]),
  });
  ({ projectId, generationId: v1 } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Followed",
    archive,
  }));
});

const path = (text: string) => text as FilePath;
const write = (name: string, content: string): ChangeOperation => ({ type: "write", path: name, content });
const edit = async (parentGenerationId: GenerationId, ...operations: ChangeOperation[]) =>
  (await server.api.generation.edit({ parentGenerationId, changeSet: { operations } })).generationId;
const readVersions = async (generationId: GenerationId, name: string) =>
  (await server.api.generation.fileHistory({ generationId, path: path(name) })).revisions.map(
    ({ version, disposition }) => `${version} ${disposition}`,
  );

/** Each line with the version that it comes from. */
async function readBlame(generationId: GenerationId, name: string): Promise<string[]> {
  const { text, ranges, revisions } = await server.api.generation.fileBlame({ generationId, path: path(name) });
  const lines = text.split("\n");
  return ranges.flatMap(({ startLine, lineCount, revisionIndex }) =>
    Array.from(
      { length: lineCount },
      (_, index) => `v${revisions[revisionIndex]?.version} ${lines[startLine - 1 + index]}`,
    ),
  );
}

describe("a file's history", () => {
  test("names exactly the versions that changed it, across a move", async () => {
    const v2 = await edit(v1, write("a.txt", "one\nTWO\nthree\n"));
    const v3 = await edit(v2, write("other.txt", "y\n"));
    const v4 = await edit(v3, { type: "move", source: "a.txt", destination: "b.txt" });
    const v5 = await edit(v4, write("b.txt", "one\nTWO\nthree\nfour\n"));
    expect(await readVersions(v5, "b.txt")).toEqual(["5 modified", "4 moved", "2 modified", "1 added"]);
    expect(await readVersions(v2, "a.txt")).toEqual(["2 modified", "1 added"]);
    expect(await readBlame(v5, "b.txt")).toEqual(["v1 one", "v2 TWO", "v1 three", "v5 four"]);
  });

  test("follows a roll back and a restore to the file's origin, and ignores branches", async () => {
    const v2 = await edit(v1, write("a.txt", "one\nTWO\nthree\n"));
    const v3 = await edit(v2, { type: "delete", path: "a.txt" });
    await edit(v1, write("a.txt", "branch\n"));
    const { generationId: v5 } = await server.api.generation.restoreFiles({
      projectId,
      fromGenerationId: v2,
      paths: [path("a.txt")],
    });
    expect(await readVersions(v5, "a.txt")).toEqual(["5 added", "2 modified", "1 added"]);
    expect(await readBlame(v5, "a.txt")).toEqual(["v1 one", "v2 TWO", "v1 three"]);
    const { generationId: v6 } = await server.api.generation.rollback({ projectId, toGenerationId: v1 });
    expect(await readBlame(v6, "a.txt")).toEqual(["v1 one", "v1 two", "v1 three"]);
    await expect(server.api.generation.fileHistory({ generationId: v3, path: path("a.txt") })).rejects.toMatchObject({
      cause: { code: "FILE_NOT_FOUND" },
    });
  });

  test("of a binary file has versions and no lines", async () => {
    expect(await readVersions(v1, "logo.bin")).toEqual(["1 added"]);
    await expect(server.api.generation.fileBlame({ generationId: v1, path: path("logo.bin") })).rejects.toMatchObject({
      cause: { code: "INVALID_INPUT" },
    });
  });

  test("is followed for 200 changes, and says so", async () => {
    let head = v1;
    for (let index = 0; index < 201; index += 1) head = await edit(head, write("a.txt", `one\n${index}\n`));
    const startedAt = performance.now();
    const { revisions, isComplete, ranges } = await server.api.generation.fileBlame({
      generationId: head,
      path: path("a.txt"),
    });
    console.log(`blame over ${revisions.length} of 202 changes: ${(performance.now() - startedAt).toFixed(0)} ms`);
    expect({ count: revisions.length, isComplete, oldest: revisions.at(-1)?.version }).toEqual({
      count: 200,
      isComplete: false,
      oldest: 3,
    });
    expect(ranges).toEqual([
      { startLine: 1, lineCount: 1, revisionIndex: 199 },
      { startLine: 2, lineCount: 1, revisionIndex: 0 },
    ]);
  });
});

describe("a file that a version does not have", () => {
  const locate = (generationId: GenerationId, name: string) =>
    server.api.generation.locateFile({ generationId, path: path(name) });

  test("was deleted or moved by a version, and is in the one before", async () => {
    const v2 = await edit(v1, write("a.txt", "1\n"));
    const v3 = await edit(v2, { type: "move", source: "a.txt", destination: "b.txt" });
    const v4 = await edit(v3, { type: "delete", path: "b.txt" });
    const v5 = await edit(v4, write("other.txt", "y\n"));
    expect(await locate(v5, "b.txt")).toEqual({
      removedIn: { generationId: v4, version: 4, movedTo: null },
      lastIn: { generationId: v3, version: 3 },
    });
    expect(await locate(v5, "a.txt")).toEqual({
      removedIn: { generationId: v3, version: 3, movedTo: "b.txt" },
      lastIn: { generationId: v2, version: 2 },
    });
  });

  test("was removed by a roll back, however often it existed before", async () => {
    const v2 = await edit(v1, write("late.txt", "1\n"));
    const { generationId: v3 } = await server.api.generation.rollback({ projectId, toGenerationId: v1 });
    expect(await locate(v3, "late.txt")).toEqual({
      removedIn: { generationId: v3, version: 3, movedTo: null },
      lastIn: { generationId: v2, version: 2 },
    });
  });

  test("is in the newest version that has it if no ancestor had it, or in none", async () => {
    const v2 = await edit(v1, write("late.txt", "1\n"));
    const v3 = await edit(v2, write("late.txt", "2\n"));
    expect(await locate(v1, "late.txt")).toEqual({ removedIn: null, lastIn: { generationId: v3, version: 3 } });
    expect(await locate(v1, "never.txt")).toEqual({ removedIn: null, lastIn: null });
  });

  test("of an unknown version is not found", async () => {
    await expect(locate("00000000-0000-7000-8000-000000000000" as GenerationId, "a.txt")).rejects.toMatchObject({
      cause: { code: "GENERATION_NOT_FOUND" },
    });
  });
});
