import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { GenerationSearchInput } from "#lib/contracts/versions/search.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { buildZip } from "#server/testing/build-zip.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../versions/importing/import-archive.ts";
import { searchGeneration } from "./search-generation.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
});
afterAll(() => server.close());

const key = "sk_live_51H8xT2eZvKYlo2C0aBcDeFgH";
let projectId: ProjectId;
let v1: GenerationId;
beforeEach(async () => {
  const archive = buildZip([
    { name: "readme.md", content: "# Notes\n\nKeep your notes here. Notes are text.\n" },
    {
      name: "src/notes.ts",
      content: "export const notes = [];\r\n// a note\r\nexport type Note = { title: string };\r\n",
    },
    { name: "src/other.ts", content: `const key = "${key}";\n` },
    { name: "wide.txt", content: Buffer.from("\uFEFFn\u00f6te\r\nNotes\r\n", "utf16le") },
    { name: "western.txt", content: Buffer.from("Caf\u00e9 notes\n", "latin1") },
    { name: "data.bin", content: Buffer.from([0, 1, 2, ...Buffer.from("notes")]) },
    { name: "link", content: "src/notes.ts", mode: 0o120000 },
  ]);
  ({ projectId, generationId: v1 } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Searched",
    archive,
  }));
});

const search = (input: Omit<GenerationSearchInput, "generationId">, generationId = v1) =>
  server.api.generation.search({ generationId, ...input });
const show = async (...call: Parameters<typeof search>) =>
  (await search(...call)).items.map(
    ({ path, line, text, ranges }) =>
      `${path}:${line} ${ranges.map(({ start, end }) => text.slice(start, end)).join("|")}`,
  );
const edit = async (parentGenerationId: GenerationId, ...operations: ChangeOperation[]) =>
  (await server.api.generation.edit({ parentGenerationId, changeSet: { operations } })).generationId;

describe("a search in a version", () => {
  test("finds text in every encoding, by path and line, and counts all matches", async () => {
    expect(await show({ query: "notes" })).toEqual([
      "readme.md:1 Notes",
      "readme.md:3 notes|Notes",
      "src/notes.ts:1 notes",
      "western.txt:1 notes",
      "wide.txt:2 Notes",
    ]);
    expect(await search({ query: "notes" })).toMatchObject({
      fileCount: 4,
      matchCount: 6,
      isComplete: true,
      nextCursor: null,
      searchedCount: 5,
      damagedPaths: [],
    });
  });

  test("applies case sensitivity, regular expressions and globs on request", async () => {
    expect(await show({ query: "Notes", isCaseSensitive: true })).toEqual([
      "readme.md:1 Notes",
      "readme.md:3 Notes",
      "wide.txt:2 Notes",
    ]);
    expect(await show({ query: "\\bnotes?\\b$", isRegex: true })).toEqual([
      "readme.md:1 Notes",
      "src/notes.ts:2 note",
      "western.txt:1 notes",
      "wide.txt:2 Notes",
    ]);
    expect(await show({ query: "note", glob: "*.ts" })).toEqual([
      "src/notes.ts:1 note",
      "src/notes.ts:2 note",
      "src/notes.ts:3 Note",
    ]);
    expect(await show({ query: "note", glob: "src/**", isCaseSensitive: true })).toEqual([
      "src/notes.ts:1 note",
      "src/notes.ts:2 note",
    ]);
    expect(await show({ query: "note", glob: "!*.{ts,md}" })).toEqual(["western.txt:1 note", "wide.txt:2 Note"]);
    expect(await show({ query: "n\u00f6te" })).toEqual(["wide.txt:1 n\u00f6te"]);
  });

  test("shows the user what is withheld from a model", async () => {
    expect((await search({ query: "const key" })).items.map(({ text }) => text)).toEqual([`const key = "${key}";`]);
  });

  test("gives each version its own result", async () => {
    const v2 = await edit(v1, { type: "write", path: "western.txt", content: "moved on\n" });
    expect(await show({ query: "caf\u00e9" })).toEqual(["western.txt:1 Caf\u00e9"]);
    expect(await show({ query: "caf\u00e9" }, v2)).toEqual([]);
    expect(await show({ query: "moved on" }, v2)).toEqual(["western.txt:1 moved on"]);
  });

  test("has pages without gaps, and says where it stopped", async () => {
    const many = Array.from({ length: 450 }, (_, index) => `hit ${index}`).join("\n");
    const v2 = await edit(v1, { type: "write", path: "many.txt", content: many });
    const lines: number[] = [];
    let cursor: string | null = null;
    do {
      const page = await search({ query: "hit", cursor }, v2);
      expect(page).toMatchObject({ fileCount: 1, matchCount: 450, isComplete: true });
      lines.push(...page.items.map(({ line }) => line));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(lines).toEqual(Array.from({ length: 450 }, (_, index) => index + 1));
    const v3 = await edit(v2, { type: "write", path: "more.txt", content: "hit\n".repeat(12_000) });
    expect(await search({ query: "hit" }, v3)).toMatchObject({ isComplete: false, matchCount: 10_000 });
    expect((await search({ query: "hit", cursor: "9900" }, v3)).nextCursor).toBeNull();
  });

  test("refuses invalid queries with a message", async () => {
    await expect(search({ query: "(", isRegex: true })).rejects.toThrow("not a regular expression");
    await expect(search({ query: "a\nb" })).rejects.toThrow("within lines");
    await expect(search({ query: "" })).rejects.toThrow("Write what to look for");
    await expect(search({ query: "a" }, "unknown" as GenerationId)).rejects.toThrow("version does not exist");
  });

  test("ends when the client disconnects", async () => {
    const search = searchGeneration({
      container: server.container,
      ownerId: testOwnerId,
      input: { generationId: v1, query: "notes" },
      signal: AbortSignal.abort(),
    });
    await expect(search).rejects.toMatchObject({ code: "CANCELLED" });
  });
});

describe("a search through all versions", () => {
  const showHistory = async (query: string) =>
    (await server.api.project.searchHistory({ projectId, query })).items.flatMap(({ version, changes }) =>
      changes.map(
        ({ path, change, countBefore, countAfter }) => `v${version} ${path} ${change} ${countBefore} ${countAfter}`,
      ),
    );

  test("names the versions and files in which matches appeared or vanished", async () => {
    const v2 = await edit(v1, { type: "write", path: "src/new.ts", content: "drawer\nDrawer\n" });
    const v3 = await edit(v2, { type: "write", path: "readme.md", content: "# Changed\n" });
    const v4 = await edit(v3, { type: "move", source: "src/new.ts", destination: "src/moved.ts" });
    const v5 = await edit(v4, { type: "write", path: "src/moved.ts", content: "drawer\n" });
    await edit(v5, { type: "delete", path: "src/moved.ts" });
    expect(await showHistory("drawer")).toEqual([
      "v6 src/moved.ts vanished 1 0",
      "v5 src/moved.ts vanished 2 1",
      "v2 src/new.ts appeared 0 2",
    ]);
    expect(await showHistory("keep your notes")).toEqual(["v3 readme.md vanished 1 0", "v1 readme.md appeared 0 1"]);
    expect(await showHistory("never there")).toEqual([]);
    expect(await showHistory("caf\u00e9")).toEqual(["v1 western.txt appeared 0 1"]);
  });

  test("has pages that continue where the previous one ended", async () => {
    let parent = v1;
    for (let round = 0; round < 25; round += 1)
      parent = await edit(parent, { type: "write", path: "turn.txt", content: round % 2 === 0 ? "zebra\n" : "none\n" });
    const versions: number[] = [];
    let cursor: string | null = null;
    do {
      const page = await server.api.project.searchHistory({ projectId, query: "zebra", cursor });
      versions.push(...page.items.map(({ version }) => version));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(versions).toEqual(Array.from({ length: 25 }, (_, index) => 26 - index));
  });

  test("covers only the owner's projects", async () => {
    await expect(server.api.project.searchHistory({ projectId: "unknown" as ProjectId, query: "a" })).rejects.toThrow(
      "project",
    );
  });
});
