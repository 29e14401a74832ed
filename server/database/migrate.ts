import pg from "pg";
import { PgBoss } from "pg-boss";
import { readMigrations, toMigrationList, type Migration } from "./read-migrations.ts";
import { openSchemaEngine, wholeDatabase } from "./schema-engine.ts";

/** The key of an advisory lock: an arbitrary number that all processes share. */
const migrationLock = 7_250_117;

/** Prisma's code for a database that has tables and no record of migrations. */
const notEmpty = "P3005";

type AppliedMigration = { name: string; checksum: string; isFinished: boolean };

/**
 * Migrates a database: Graft's tables through Prisma's engine, then the job queue's. Processes that start together wait
 * for each other. With nothing to do it takes about 20 ms. `migrations` is the full list; a restore passes the ones
 * that the backup was made with.
 *
 * @throws Error with a message if the database cannot be reached, is not Graft's, belongs to a newer version or refuses
 *   a migration
 */
export async function migrate({
  connectionString,
  migrations: given,
}: {
  connectionString: string;
  migrations?: Migration[];
}): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect().catch((cause: Error) => {
    throw new Error(
      `The database cannot be reached (${cause.message}). Check DATABASE_URL and that the server runs, then start again.`,
      { cause },
    );
  });
  try {
    await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    const [migrations, applied] = [given ?? (await readMigrations()), await readApplied(client)];
    refuseNewer({ migrations, applied });
    if (!isUpToDate({ migrations, applied })) await applyMigrations({ connectionString, migrations, applied });
    await migrateQueue({ connectionString });
  } finally {
    await client.end();
  }
}

async function readApplied(client: pg.Client): Promise<AppliedMigration[]> {
  const { rows: tables } = await client.query<{ found: string | null }>(
    `SELECT to_regclass('_prisma_migrations')::text AS found`,
  );
  if (tables[0]?.found === null) return [];
  const { rows } = await client.query<AppliedMigration>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isFinished" FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  return rows;
}

/** This version does not know which tables and rules the newer one depends on, and would break them. */
function refuseNewer({ migrations, applied }: { migrations: Migration[]; applied: AppliedMigration[] }): void {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = applied.find(({ name }) => !known.has(name));
  if (unknown === undefined) return;
  throw new Error(
    `The database was used by a newer version of Graft (it has the migration ${unknown.name}). It was left as it is. Start that version, or restore a backup that this version made into an empty database.`,
  );
}

function isUpToDate({ migrations, applied }: { migrations: Migration[]; applied: AppliedMigration[] }): boolean {
  const checksums = new Map(
    applied.filter(({ isFinished }) => isFinished).map(({ name, checksum }) => [name, checksum]),
  );
  return migrations.every(({ name, checksum }) => checksums.get(name) === checksum);
}

async function applyMigrations({
  connectionString,
  migrations,
  applied,
}: {
  connectionString: string;
  migrations: Migration[];
  applied: AppliedMigration[];
}): Promise<void> {
  const { engine, findScriptError, close } = await openSchemaEngine({ connectionString });
  try {
    // Each script is one transaction, so an interrupted one left nothing and can run again.
    for (const { name } of applied.filter(({ isFinished }) => !isFinished))
      await engine.markMigrationRolledBack({ migrationName: name });
    await engine.applyMigrations({ migrationsList: toMigrationList(migrations), filters: wholeDatabase });
  } catch (cause) {
    const { code, message } = cause as Error & { code?: string };
    throw new Error(
      code === notEmpty
        ? "The database in DATABASE_URL holds tables that are not Graft's. It was left as it is. Create an empty database for Graft and name that one."
        : `The database could not be brought up to date; what it holds is unchanged. ${findScriptError()?.message ?? message}`,
      { cause },
    );
  } finally {
    await close();
  }
}

async function migrateQueue({ connectionString }: { connectionString: string }): Promise<void> {
  const boss = new PgBoss({
    connectionString,
    max: 1,
    supervise: false,
    schedule: false,
    migrate: true,
    createSchema: true,
  });
  boss.on("error", () => undefined);
  await boss.start();
  await boss.stop({ graceful: false, close: true });
}
