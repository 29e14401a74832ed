import { afterAll, beforeAll, expect, test } from "vitest";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../versions/importing/import-archive.ts";
import { verifyHistory } from "./verify-history.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
  const archive = await buildArchive({
    "a.ts": "export const a = 1;\n".repeat(50),
    "dir/b.ts": "export const b = 2;\n",
  });
  const { generationId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Verified",
    archive,
  });
  await server.api.generation.edit({
    parentGenerationId: generationId,
    changeSet: {
      operations: [
        { type: "edit", path: "a.ts", edits: [{ oldText: "a = 1;\n", newText: "a = 2;\n", replaceAll: true }] },
      ],
    },
  });
});
afterAll(() => server.close());

/** Runs statements with triggers disabled, like damage on disk, and always rolls them back. */
async function withDamage(sql: string, check: () => Promise<void>): Promise<void> {
  const { prisma } = server.container.database;
  const backup = async (statement: string) => prisma.$executeRawUnsafe(statement);
  await backup(`CREATE TABLE blob_backup AS SELECT * FROM "Blob"`);
  await backup(`CREATE TABLE change_backup AS SELECT * FROM "GenerationChange"`);
  const withoutTriggers = (statements: string[]) =>
    prisma.$transaction([
      prisma.$executeRawUnsafe("SET LOCAL session_replication_role = replica"),
      ...statements.map((each) => prisma.$executeRawUnsafe(each)),
    ]);
  try {
    await withoutTriggers([sql]);
    await check();
  } finally {
    await withoutTriggers(
      [
        ["Blob", "blob_backup"],
        ["GenerationChange", "change_backup"],
      ].flatMap(([table, copy]) => [
        `DELETE FROM "${table}"`,
        `INSERT INTO "${table}" SELECT * FROM ${copy}`,
        `DROP TABLE ${copy}`,
      ]),
    );
  }
}

test("finds nothing in a valid history", async () => {
  expect(await verifyHistory(server.container)).toMatchObject({ projects: 1, generations: 2, faults: [] });
});

test.each<[string, string, RegExp]>([
  [
    "a flipped byte in a content",
    `UPDATE "Blob" SET bytes = set_byte(bytes, length(bytes) / 2, get_byte(bytes, length(bytes) / 2) # 1) WHERE "baseHash" IS NULL AND length(bytes) > 20`,
    /does not match its hash|missing or damaged/,
  ],
  [
    "a flipped byte in a directory",
    `UPDATE "Blob" SET bytes = set_byte(bytes, length(bytes) - 1, get_byte(bytes, length(bytes) - 1) # 1) WHERE hash IN (SELECT "rootTreeHash" FROM "Generation")`,
    /tree cannot be read/,
  ],
  ["a content that is gone", `DELETE FROM "Blob" WHERE "sizeBytes" = 20`, /missing or damaged/],
  [
    "a row of a ledger that is gone",
    `DELETE FROM "GenerationChange" WHERE disposition = 'modified'`,
    /called kept but has other content/,
  ],
])("finds %s", async (_, sql, fault) => {
  await withDamage(sql, async () => {
    const { faults } = await verifyHistory(server.container);
    expect(faults.join("\n")).toMatch(fault);
  });
  expect((await verifyHistory(server.container)).faults).toEqual([]);
});

test("reading damaged content fails with a message", async () => {
  await withDamage(
    `UPDATE "Blob" SET bytes = set_byte(bytes, length(bytes) - 1, get_byte(bytes, length(bytes) - 1) # 1)`,
    async () => {
      const [project] = (await server.api.project.list()).items;
      await expect(
        server.api.generation.file({ generationId: project?.headGenerationId ?? "", path: "dir/b.ts" }),
      ).rejects.toMatchObject({ cause: { code: "STORED_CONTENT_DAMAGED" } });
    },
  );
});
