import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
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

const code = "/* one\n two\n three */\nexport const a = 1;\n";
let v1: GenerationId;
beforeEach(async () => {
  await server.container.database.prisma.derivedContent.deleteMany();
  const archive = await buildArchive({
    "src/a.ts": code,
    "src/sub/b.ts": code,
    "z.md": "# z\n",
    "logo.bin": new Uint8Array([0, 1]),
  });
  ({ generationId: v1 } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Compared",
    archive,
  }));
});

const edit = async (...operations: ChangeOperation[]) =>
  (await server.api.generation.edit({ parentGenerationId: v1, changeSet: { operations } })).generationId;
const write = (path: string, content: string): ChangeOperation => ({ type: "write", path, content });
const countRows = () => server.container.database.prisma.derivedContent.count();

test("pages are consecutive, in folder order", async () => {
  const generationId = await edit(
    write("src/a.ts", "a\n"),
    write("src/sub/b.ts", "b\n"),
    write("z.md", "c\n"),
    write("src/n.ts", "n\n"),
  );
  const readPaths = async (page: { afterPath?: FilePath; limit: number }) =>
    (await server.api.generation.fileDiffs({ generationId, ...page })).items.map(({ path }) => path);
  expect(await readPaths({ limit: 2 })).toEqual(["z.md", "src/a.ts"]);
  expect(await readPaths({ afterPath: "src/a.ts" as FilePath, limit: 9 })).toEqual(["src/n.ts", "src/sub/b.ts"]);
});

test("patches and the file list are computed once, and stay the same", async () => {
  const generationId = await edit(write("src/a.ts", code.replace("= 1", "= 2")), {
    type: "move",
    source: "z.md",
    destination: "y.md",
  });
  const ask = async () => ({
    list: await server.api.generation.diff({ generationId }),
    page: await server.api.generation.fileDiffs({ generationId, limit: 9 }),
    one: await server.api.generation.fileDiff({ generationId, path: "src/a.ts" as FilePath }),
  });
  const earlierRows = await countRows();
  const first = await ask();
  const rows = await countRows();
  // The list, two patches with their colours, and the colours of two texts; a move has no lines to colour.
  expect(rows - earlierRows).toBe(7);
  expect(await ask()).toEqual(first);
  expect(await countRows()).toBe(rows);
  expect(first.page.items.find(({ path }) => path === "src/a.ts")?.patch).toBe(first.one.patch);
});

test("the colours of a patch show that a hunk begins within a comment", async () => {
  const generationId = await edit(write("src/a.ts", code.replace(" two", " 2")));
  const [item] = (await server.api.generation.fileDiffs({ generationId, limit: 9, contextLines: 0 })).items;
  expect(item?.colours?.lines).toEqual([
    [4, 0],
    [2, 0],
  ]);
  const whole = await server.api.generation.fileColours({ generationId, path: "src/a.ts" as FilePath });
  expect(item?.colours?.styles).toEqual([whole?.styles[whole.lines[0]?.[1] ?? -1]]);
});

test("a text without colours says so", async () => {
  const generationId = await edit(
    { type: "write", path: "logo.bin", content: "AAI=", encoding: "base64" },
    write("LICENSE", "Free.\n"),
  );
  const { items } = await server.api.generation.fileDiffs({ generationId, limit: 9 });
  expect(items.map(({ path, colours }) => [path, colours?.lines.flat() ?? colours])).toEqual([
    ["LICENSE", []],
    ["logo.bin", null],
  ]);
  expect(await server.api.generation.fileColours({ generationId, path: "logo.bin" as FilePath })).toBeNull();
});

test("another owner's versions are not compared", async () => {
  const generationId = await edit(write("z.md", "c\n"));
  await server.api.generation.fileDiffs({ generationId, limit: 9 });
  await server.container.database.prisma.project.updateMany({ data: { ownerId: "someone else" } });
  await expect(server.api.generation.fileDiffs({ generationId, limit: 9 })).rejects.toMatchObject({
    cause: { code: "GENERATION_NOT_FOUND" },
  });
  await expect(server.api.generation.diff({ generationId })).rejects.toMatchObject({
    cause: { code: "GENERATION_NOT_FOUND" },
  });
});

test("a text in another encoding is shown as text, and its encoding is named", async () => {
  const archive = await buildArchive({
    "app.properties": new Uint8Array(Buffer.from("name=Größe\nsize=1\n", "latin1")),
    "b.txt": "b\n",
  });
  const { generationId: parent } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Encoded",
    archive,
  });
  const path = "app.properties" as FilePath;
  const { generationId } = await server.api.generation.edit({
    parentGenerationId: parent,
    changeSet: { operations: [{ type: "edit", path, edits: [{ oldText: "size=1", newText: "size=2" }] }] },
  });
  const { files } = await server.api.generation.diff({ generationId });
  expect(files).toMatchObject([{ path, isBinary: false, encoding: "ISO-8859-1", additions: 1, deletions: 1 }]);
  const { items } = await server.api.generation.fileDiffs({ generationId, limit: 9 });
  expect(items).toMatchObject([{ path, isBinary: false, encoding: "ISO-8859-1" }]);
  expect(items[0]?.patch).toContain(" name=Größe\n-size=1\n+size=2\n");
  const file = await server.api.generation.file({ generationId, path });
  expect(file).toMatchObject({ encoding: "base64", decoded: { text: "name=Größe\nsize=2\n", encoding: "ISO-8859-1" } });
  expect(Buffer.from(file.content, "base64").toString("latin1")).toBe("name=Größe\nsize=2\n");
  const blame = await server.api.generation.fileBlame({ generationId, path });
  expect(blame.text).toBe("name=Größe\nsize=2\n");
});
