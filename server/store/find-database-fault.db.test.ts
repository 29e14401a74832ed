import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkHealth } from "#server/services/operations/check-health.ts";
import { importArchive } from "#server/services/versions/importing/import-archive.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { callTools, ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { createTestDatabase } from "#server/testing/test-database.ts";
import { toAppError } from "#server/trpc/error-mapping.ts";
import { openDatabase, type Database } from "./database.ts";
import { findDatabaseFault } from "./find-database-fault.ts";

const models = new ScriptedGateway({ turns: [] });
let server: TestServer;
let connectionString = "";
let drop = async () => {};

beforeAll(async () => {
  ({ connectionString, drop } = await createTestDatabase());
  server = await startTestServer({ models, connectionString });
});
afterAll(async () => {
  await server.close();
  await drop();
});

async function execute(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** Makes the next `count` inserts into a table fail with PostgreSQL's disk-full error, or with another SQLSTATE. */
async function failInserts({ table, count, sqlState }: { table: string; count: number; sqlState: string }) {
  await execute(`
    DROP SEQUENCE IF EXISTS failed CASCADE;
    CREATE SEQUENCE failed;
    CREATE OR REPLACE FUNCTION fail_insert() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF nextval('failed') <= ${count} THEN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '${sqlState}'; END IF;
      RETURN NEW;
    END $$;
    CREATE OR REPLACE TRIGGER fail_insert BEFORE INSERT ON "${table}" FOR EACH ROW EXECUTE FUNCTION fail_insert();`);
}

const project = (name: string) => ({ data: { name, ownerId: testOwnerId } });
const waysToInsert: Record<string, (database: Database) => Promise<unknown>> = {
  "a query": ({ prisma }) => prisma.project.create(project("a")),
  "many rows": ({ prisma }) => prisma.project.createMany({ data: [project("a").data] }),
  "a transaction": ({ prisma }) => prisma.$transaction((transaction) => transaction.project.create(project("a"))),
  "plain SQL": ({ prisma }) =>
    prisma.$executeRaw`INSERT INTO "Project" (id, name, "ownerId") VALUES (gen_random_uuid(), 'a', 'local')`,
};

test.each([
  ["53100", "STORAGE_FULL"],
  ["53300", "DATABASE_BUSY"],
  ["53200", "DATABASE_BUSY"],
  ["57P01", "DATABASE_UNAVAILABLE"],
  ["22021", "INTERNAL"],
])("SQLSTATE %s is reported as %s, for every kind of query", async (sqlState, code) => {
  await failInserts({ table: "Project", count: 1_000, sqlState });
  for (const insert of Object.values(waysToInsert)) {
    const error = await insert(server.container.database).then(
      () => new Error("It was stored."),
      (cause: Error) => cause,
    );
    expect(toAppError(error).code).toBe(code);
  }
  await execute(`DROP TRIGGER fail_insert ON "Project"`);
});

test("an unreachable database is reported as such", async () => {
  const gone = openDatabase({
    connectionString: "postgresql://graft@127.0.0.1:1/graft",
    maxConnections: 1,
    onError: () => undefined,
  });
  const error = await gone.prisma.project.count().catch((cause: Error) => cause);
  expect(findDatabaseFault(error)).toBe("away");
  await gone.close();
});

test("health reports when nothing can be stored, and when it can again", async () => {
  const asked = async () => {
    const database = openDatabase({ connectionString, maxConnections: 1, onError: () => undefined });
    const health = await checkHealth({ database, queue: server.container.queue });
    await database.close();
    return health;
  };
  expect(await asked()).toEqual({ status: "ok", workers: 1, blockedWorkers: 0, problems: [] });
  // A full disk for the temporary files that PostgreSQL writes beside its tables.
  const { pathname } = new URL(connectionString);
  await execute(`ALTER DATABASE ${pathname.slice(1)} SET temp_file_limit = '64kB'`);
  expect(await asked()).toMatchObject({
    status: "degraded",
    problems: [expect.stringContaining("disk is full. What was stored is kept")],
  });
  await execute(`ALTER DATABASE ${pathname.slice(1)} RESET temp_file_limit`);
  expect(await asked()).toMatchObject({ status: "ok" });
});

test("a run whose writes fail for lack of space succeeds once there is space, however often it was tried", async () => {
  const { generationId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Full",
    archive: await buildArchive({ "a.txt": "a\n" }),
  });
  models.script(callTools(["write_file", { path: "b.txt", content: "b\n" }], ["finish", { summary: "Added b." }]));
  await failInserts({ table: "Generation", count: 6, sqlState: "53100" });
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: generationId,
    prompt: "Add b",
    model: scriptedModelId,
  });
  expect(await server.waitForRun(runId)).toMatchObject({ status: "SUCCEEDED" });
});
