import pg from "pg";
import { PgBoss } from "pg-boss";
import { readMigrations, toMigrationList } from "./read-migrations.ts";
import type { Migration } from "./read-migrations.ts";
import { openSchemaEngine } from "./schema-engine.ts";

/** Any number, as long as every process takes the same one. */
const migrationLock = 7_250_117;

/**
 * Brings a database up to date: our tables through Prisma's engine, then the job queue's. Processes that start together
 * wait for each other; one that finds nothing to do asks a single question.
 */
export async function migrate({ connectionString }: { connectionString: string }): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    const migrations = await readMigrations();
    if (!(await isUpToDate({ client, migrations }))) await applyMigrations({ connectionString, migrations });
    await migrateQueue({ connectionString });
  } finally {
    await client.end();
  }
}

async function isUpToDate({ client, migrations }: { client: pg.Client; migrations: Migration[] }): Promise<boolean> {
  const { rows: tables } = await client.query<{ found: string | null }>(`SELECT to_regclass('public._prisma_migrations')::text AS found`);
  if (tables[0]?.found === null) return false;
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(`SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`);
  const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  return migrations.every(({ name, checksum }) => applied.get(name) === checksum);
}

async function applyMigrations({ connectionString, migrations }: { connectionString: string; migrations: Migration[] }): Promise<void> {
  const { engine, close } = await openSchemaEngine({ connectionString });
  try {
    await engine.applyMigrations({ migrationsList: toMigrationList(migrations), filters: { externalTables: [], externalEnums: [] } });
  } finally {
    await close();
  }
}

async function migrateQueue({ connectionString }: { connectionString: string }): Promise<void> {
  const boss = new PgBoss({ connectionString, max: 1, supervise: false, schedule: false, migrate: true, createSchema: true });
  boss.on("error", () => undefined);
  await boss.start();
  await boss.stop({ graceful: false, close: true });
}
