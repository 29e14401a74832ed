import fc from "fast-check";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { AppError } from "#lib/errors.ts";
import { bytesInMemory } from "#server/archive/byte-source.ts";
import { usualChoices } from "#server/archive/import-choices.ts";
import { buildZip, type ZipEntryParts } from "#server/testing/build-zip.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { verifyHistory } from "../../operations/verify-history.ts";
import { exportArchive } from "./export-archive.ts";
import { importArchive } from "./import-archive.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
});
afterAll(() => server.close());

const importZip = ({ archive, choices = usualChoices }: { archive: Uint8Array; choices?: typeof usualChoices }) =>
  importArchive({ container: server.container, ownerId: testOwnerId, name: "Imported", archive, choices });

async function exportZip(generationId: GenerationId): Promise<Uint8Array> {
  const { chunks } = await exportArchive({ container: server.container, ownerId: testOwnerId, generationId });
  return new Uint8Array(await buffer(chunks));
}

async function readRootHash(generationId: GenerationId): Promise<string> {
  const { rootTreeHash } = await server.container.database.prisma.generation.findUniqueOrThrow({
    where: { id: generationId },
  });
  return Buffer.from(rootTreeHash).toString("hex");
}

test("an import's record has what it skipped and renamed, and modes are in its files and its ledger", async () => {
  const entries: ZipEntryParts[] = [
    { name: "app-main/README.md", content: "# App\n" },
    { name: "app-main/cafe\u0301.md", content: "x" },
    { name: "app-main/gradlew", content: "#!/bin/sh\n", mode: 0o100755 },
    { name: "app-main/CLAUDE.md", content: "README.md", mode: 0o120777 },
    { name: "app-main/node_modules/a/b.js", content: "x" },
    { name: "app-main/../evil", content: "x" },
  ];
  const choices = { ...usualChoices, leavesOutUnsupported: true };
  const { generationId, ...record } = await importZip({ archive: buildZip(entries), choices });
  expect(record).toMatchObject({
    topFolder: "app-main",
    renamed: [{ from: "app-main/cafe\u0301.md", to: "caf\u00e9.md" }],
    leftOut: [
      { path: "node_modules/", reason: "dependencies", fileCount: 1 },
      { path: "../evil", reason: "unsupported", fileCount: 1 },
    ],
  });
  const { ledger, importRecord, counts } = await server.api.generation.get({ generationId });
  expect({ topFolder: importRecord?.topFolder, leftOut: importRecord?.leftOut }).toEqual({
    topFolder: record.topFolder,
    leftOut: record.leftOut,
  });
  expect(counts).toMatchObject({ added: 4, total: 4 });
  expect(Object.fromEntries(ledger.map(({ path, newMode, additions }) => [path, [newMode, additions]]))).toEqual({
    "CLAUDE.md": ["120000", 1],
    "README.md": ["100644", 1],
    "café.md": ["100644", 1],
    gradlew: ["100755", 1],
  });
});

test("a refusal lists all obstacles, and nothing is stored", async () => {
  const before = await server.container.database.prisma.project.count();
  const archive = buildZip([
    { name: "ok.txt", content: "x" },
    { name: "../evil", content: "x" },
    { name: "con.txt", content: "x" },
  ]);
  await expect(importZip({ archive })).rejects.toMatchObject({
    code: "INVALID_PATH",
    details: {
      path: "../evil",
      obstacleCount: 2,
      obstacles: [
        { path: "../evil", rule: "path" },
        { path: "con.txt", rule: "path" },
      ],
    },
  });
  expect(await server.container.database.prisma.project.count()).toBe(before);
});

test.each([
  { name: "while it is read", fromEnd: false },
  { name: "while it is stored", fromEnd: true },
])("an import that is cancelled $name stores nothing, and the next one is not blocked", async ({ fromEnd }) => {
  const archive = buildZip(Array.from({ length: 300 }, (_, index) => ({ name: `f${index}.txt`, content: `${index}` })));
  const count = () => server.container.database.prisma.project.count();
  const before = await count();
  const aborting = new AbortController();
  const source = bytesInMemory(archive);
  let reads = 0;
  const importing = importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Cancelled",
    // Each entry is read once for inspection and once for storing.
    archive: {
      ...source,
      async read(range) {
        reads += 1;
        if (reads === (fromEnd ? 700 : 50)) aborting.abort(new Error("The client has gone."));
        return source.read(range);
      },
    },
    signal: aborting.signal,
  });
  await expect(importing).rejects.toThrow("The client has gone.");
  expect(await count()).toBe(before);
  await importZip({ archive });
});

test("a client that gives up while an earlier import is running gets a response at once", async () => {
  const held = Promise.withResolvers<void>();
  const first = server.container.importTurns.take({ act: () => held.promise });
  const aborting = new AbortController();
  const waiting = importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Waiting",
    archive: buildZip([{ name: "a.txt", content: "a" }]),
    signal: aborting.signal,
  });
  aborting.abort(new Error("The client has gone."));
  await expect(waiting).rejects.toThrow("The client has gone.");
  held.resolve();
  await first;
});

test("the exceeded limit is named", async () => {
  const big = buildZip([{ name: "big.txt", content: Buffer.alloc(limits.textFileBytes + 1, "a\n") }]);
  await expect(importZip({ archive: big })).rejects.toMatchObject({
    code: "INPUT_TOO_LARGE",
    details: { limit: "textFileBytes", maximum: limits.textFileBytes },
  });
  const entries = Array.from({ length: limits.projectFiles + 1 }, (_, index) => ({ name: `f/${index}`, content: "" }));
  await expect(importZip({ archive: buildZip(entries) })).rejects.toMatchObject({
    code: "INPUT_TOO_LARGE",
    details: { limit: "projectFiles" },
  });
});

const segment = fc.constantFrom("a", "b.ts", "src", "node_modules", "target", "README.md", "日本", "⚠️", "x y", ".env");
const file = fc.record({
  path: fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join("/")),
  content: fc.oneof(fc.string(), fc.uint8Array(), fc.constant("x\r\ny")),
  mode: fc.constantFrom(0o100644, 0o100755),
});
const link = fc.record({
  path: fc.constantFrom("link", "src/link"),
  content: fc.constantFrom("a", "src/b.ts", "missing"),
  mode: fc.constant(0o120777),
});

test("an imported export has the same tree, including modes", async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 6, arbitrary: file }, link), { minLength: 1, maxLength: 12 }),
      async (files) => {
        const archive = buildZip(files.map(({ path, ...rest }) => ({ name: path, ...rest })));
        // Half of the trees have a file where another needs a directory, or a name twice: what fits is imported.
        const imported = await importZip({
          archive,
          choices: { ...usualChoices, groups: new Set(), leavesOutUnsupported: true },
        }).catch((error: unknown) => {
          if (error instanceof AppError && JSON.stringify(error.details).includes("no-files")) return null;
          throw error;
        });
        if (imported === null) return;
        const exported = await exportZip(imported.generationId);
        const again = await importZip({ archive: exported });
        expect(again).toMatchObject({ topFolder: null, leftOut: [], renamed: [] });
        expect(await readRootHash(again.generationId)).toBe(await readRootHash(imported.generationId));
        expect(Buffer.compare(await exportZip(again.generationId), exported)).toBe(0);
        count += 1;
      },
    ),
    { numRuns: 60 },
  );
  console.log(`round trips with the same root: ${count} of 60`);
  expect(count).toBeGreaterThan(20);
  expect((await verifyHistory({ database: server.container.database })).faults).toEqual([]);
}, 120_000);
