import { afterAll, beforeAll, expect, test } from "vitest";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../versions/importing/import-archive.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
});
afterAll(() => server.close());

const path = (text: string) => text as FilePath;

async function importFiles(files: Record<string, string>): Promise<GenerationId> {
  return (
    await importArchive({
      container: server.container,
      ownerId: testOwnerId,
      name: "Viewed",
      archive: await buildArchive(files),
    })
  ).generationId;
}

async function write({
  parent,
  files,
}: {
  parent: GenerationId;
  files: Record<string, string>;
}): Promise<GenerationId> {
  const operations = Object.entries(files).map(([name, content]) => ({
    type: "write" as const,
    path: path(name),
    content,
  }));
  return (await server.api.generation.edit({ parentGenerationId: parent, changeSet: { operations } })).generationId;
}

test("a viewed file is viewed in every comparison of the same contents, and says where it was viewed once it changed", async () => {
  const v1 = await importFiles({ "a.py": "1\n", "b.py": "1\n" });
  const v2 = await write({ parent: v1, files: { "a.py": "2\n", "new.py": "n\n" } });
  const sibling = await write({ parent: v1, files: { "a.py": "2\n", "b.py": "2\n" } });
  await server.api.review.setViewed({ generationId: v2, againstGenerationId: v1, path: path("a.py"), isViewed: true });
  await server.api.review.setViewed({
    generationId: v2,
    againstGenerationId: v1,
    path: path("new.py"),
    isViewed: true,
  });
  expect(await server.api.review.viewed({ generationId: v2, againstGenerationId: v1 })).toEqual({
    files: [
      { path: "a.py", state: "viewed" },
      { path: "new.py", state: "viewed" },
    ],
  });
  expect(await server.api.review.viewed({ generationId: sibling, againstGenerationId: v1 })).toEqual({
    files: [{ path: "a.py", state: "viewed" }],
  });

  const v4 = await write({ parent: v2, files: { "a.py": "3\n" } });
  expect(await server.api.review.viewed({ generationId: v4, againstGenerationId: v2 })).toEqual({ files: [] });
  expect(await server.api.review.viewed({ generationId: v4, againstGenerationId: v1 })).toEqual({
    files: [
      { path: "a.py", state: "changed-since", seenIn: v2 },
      { path: "new.py", state: "viewed" },
    ],
  });

  // Viewed in an ancestor of both sides: a later change of another version is no news.
  const v5 = await write({ parent: v4, files: { "a.py": "5\n" } });
  expect(await server.api.review.viewed({ generationId: v5, againstGenerationId: v4 })).toEqual({ files: [] });

  await server.api.review.setViewed({ generationId: v2, againstGenerationId: v1, path: path("a.py"), isViewed: false });
  expect(await server.api.review.viewed({ generationId: v2, againstGenerationId: v1 })).toEqual({
    files: [{ path: "new.py", state: "viewed" }],
  });
});

test("marking is idempotent, an unchanged file is refused, and an unknown version is not found", async () => {
  const v1 = await importFiles({ "a.py": "1\n", "b.py": "1\n" });
  const v2 = await write({ parent: v1, files: { "a.py": "2\n" } });
  const input = { generationId: v2, againstGenerationId: v1, path: path("a.py"), isViewed: true };
  await Promise.all([server.api.review.setViewed(input), server.api.review.setViewed(input)]);
  expect((await server.api.review.viewed(input)).files).toHaveLength(1);
  await expect(server.api.review.setViewed({ ...input, path: path("b.py") })).rejects.toMatchObject({
    cause: { code: "FILE_NOT_FOUND" },
  });
  await expect(
    server.api.review.viewed({ generationId: "nothing" as GenerationId, againstGenerationId: v1 }),
  ).rejects.toMatchObject({ cause: { code: "GENERATION_NOT_FOUND" } });
});

test("pages of patches equal the single files' patches", async () => {
  const v1 = await importFiles(
    Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`src/f${index}.py`, `x = ${index}\n`])),
  );
  const v2 = await write({
    parent: v1,
    files: Object.fromEntries(
      Array.from({ length: 5 }, (_, index) => [`src/f${index + 1}.py`, `x  = ${index + 1}\ny\n`]),
    ),
  });
  const pair = { generationId: v2, againstGenerationId: v1 };
  const { files } = await server.api.generation.diff(pair);
  for (const ignoreWhitespace of [false, true]) {
    const { items: first } = await server.api.generation.fileDiffs({ ...pair, limit: 2, ignoreWhitespace });
    const { items: rest } = await server.api.generation.fileDiffs({
      ...pair,
      limit: 500,
      ignoreWhitespace,
      afterPath: first[1]?.path,
    });
    expect([...first, ...rest].map((item) => item.path)).toEqual(files.map((file) => file.path));
    for (const { path: each, colours: _, ...patch } of [...first, ...rest])
      expect(patch).toEqual(await server.api.generation.fileDiff({ ...pair, path: each, ignoreWhitespace }));
  }
});
