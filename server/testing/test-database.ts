import { createHash, randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "#server/database/embedded-postgres.ts";
import { ensureDatabase } from "#server/database/ensure-database.ts";
import { migrate } from "#server/database/migrate.ts";
import { readMigrations } from "#server/database/read-migrations.ts";

const dataDir = fileURLToPath(new URL("../../node_modules/.cache/graft/test-postgres", import.meta.url));

let starting: Promise<{ server: EmbeddedPostgres; template: string }> | null = null;

type TestDatabase = { connectionString: string; drop(): Promise<void> };

/** Creates a migrated database, copied from a template that is built once for each state of the migrations. */
export async function createTestDatabase(): Promise<TestDatabase> {
  starting ??= startTestServer();
  const { server, template } = await starting;
  return create({ server, template });
}

/** Creates an empty database, for tests of what creates the tables. */
export async function createEmptyTestDatabase(): Promise<TestDatabase> {
  starting ??= startTestServer();
  const { server } = await starting;
  return create({ server, template: "template0" });
}

async function create({ server, template }: { server: EmbeddedPostgres; template: string }): Promise<TestDatabase> {
  const adminConnectionString = server.connectionString("postgres");
  const name = `graft_test_${randomBytes(6).toString("hex")}`;
  await ensureDatabase({ adminConnectionString, name, template });
  return {
    connectionString: server.connectionString(name),
    async drop() {
      await query({
        connectionString: adminConnectionString,
        sql: `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`,
      });
    },
  };
}

export async function stopTestServer(): Promise<void> {
  if (starting !== null) await (await starting).server.stop();
  starting = null;
}

async function startTestServer(): Promise<{ server: EmbeddedPostgres; template: string }> {
  const server = await startEmbeddedPostgres({ dataDir });
  const state = createHash("sha256");
  for (const { checksum } of await readMigrations()) state.update(checksum);
  const template = `graft_template_${state.digest("hex").slice(0, 16)}`;
  const adminConnectionString = server.connectionString("postgres");
  if (
    (await query({
      connectionString: adminConnectionString,
      sql: `SELECT 1 FROM pg_database WHERE datname = '${template}'`,
    })) === 0
  ) {
    // The template is renamed once it is complete, so that an interrupted migration is never used.
    const unfinished = `${template}_unfinished`;
    await query({ connectionString: adminConnectionString, sql: `DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)` });
    await ensureDatabase({ adminConnectionString, name: unfinished });
    await migrate({ connectionString: server.connectionString(unfinished) });
    await query({ connectionString: adminConnectionString, sql: `ALTER DATABASE ${unfinished} RENAME TO ${template}` });
  }
  return { server, template };
}

/** Runs one statement and returns the number of its rows. */
async function query({ connectionString, sql }: { connectionString: string; sql: string }): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}
