import { readFile } from "node:fs/promises";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createEmptyTestDatabase } from "#server/testing/test-database.ts";
import { diffMigrations } from "./diff-migrations.ts";
import { migrate } from "./migrate.ts";
import { readMigrations } from "./read-migrations.ts";
import { schemaPath } from "./schema-engine.ts";

let connectionString = "";
let drop = async () => {};

beforeEach(async () => {
  ({ connectionString, drop } = await createEmptyTestDatabase());
});

afterEach(() => drop());

async function ask(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("migrate", () => {
  test("brings an empty database up to date once, however many processes start", async () => {
    await Promise.all([migrate({ connectionString }), migrate({ connectionString }), migrate({ connectionString })]);
    const migrations = await readMigrations();
    expect(
      await ask("SELECT migration_name AS name, checksum FROM _prisma_migrations ORDER BY migration_name"),
    ).toEqual(migrations.map(({ name, checksum }) => ({ name, checksum })));
    expect(await ask("SELECT to_regclass('pgboss.job')::text AS jobs")).toEqual([{ jobs: "pgboss.job" }]);
  });

  test("repeats an interrupted migration", async () => {
    const [first] = await readMigrations();
    await migrate({ connectionString });
    await ask(`DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE _prisma_migrations (
      id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL, logs text,
      rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0);
      INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('cut', '${first?.checksum}', '${first?.name}')`);
    await migrate({ connectionString });
    expect(await ask(`SELECT count(*)::int AS count FROM "Generation"`)).toEqual([{ count: 0 }]);
  });

  test("leaves a database with other content alone, and says so", async () => {
    await ask("CREATE TABLE theirs (id int)");
    await expect(migrate({ connectionString })).rejects.toThrow(/holds tables that are not Graft's/);
    expect(
      await ask(
        "SELECT table_name FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')",
      ),
    ).toEqual([{ table_name: "theirs" }]);
  });

  test("refuses the data of a newer version and leaves it unchanged, whether or not its migration finished", async () => {
    await migrate({ connectionString });
    const future = "20990101000000_future";
    for (const finishedAt of ["now()", "NULL"]) {
      await ask(`DELETE FROM _prisma_migrations WHERE migration_name = '${future}'`);
      await ask(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('future', 'x', '${future}', ${finishedAt})`,
      );
      await expect(migrate({ connectionString })).rejects.toThrow(
        /was used by a newer version of Graft \(it has the migration 20990101000000_future\)\. It was left as it is\. Start that version/,
      );
      expect(await ask(`SELECT rolled_back_at FROM _prisma_migrations WHERE migration_name = '${future}'`)).toEqual([
        { rolled_back_at: null },
      ]);
    }
  });

  test("reports PostgreSQL's message about a refused script", async () => {
    await ask(`CREATE TYPE "RunStatus" AS ENUM ('THEIRS')`);
    await expect(migrate({ connectionString })).rejects.toThrow(/type "RunStatus" already exists/);
  });

  test("reports that a database cannot be reached", async () => {
    await expect(migrate({ connectionString: "postgresql://graft@127.0.0.1:1/graft" })).rejects.toThrow(
      /cannot be reached .*Check DATABASE_URL/,
    );
  });
});

describe("diffMigrations", () => {
  test("the migrations create what schema.prisma declares", async () => {
    expect(await diffMigrations({ connectionString, schema: await readFile(schemaPath, "utf8") })).toBeNull();
  });

  test("returns the SQL of the difference, and leaves no database behind", async () => {
    const before = await ask("SELECT datname FROM pg_database WHERE datname LIKE 'graft_shadow_%'");
    const schema = `${await readFile(schemaPath, "utf8")}\nmodel Label {\n  id String @id\n}\n`;
    expect(await diffMigrations({ connectionString, schema })).toMatch(/^-- CreateTable\nCREATE TABLE "Label" \(/);
    expect(await ask("SELECT datname FROM pg_database WHERE datname LIKE 'graft_shadow_%'")).toEqual(before);
  });
});
