import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { rename } from "node:fs/promises";
import { createInterface } from "node:readline";
import { finished } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import pg from "pg";
import { z } from "zod";
import { migrate } from "./migrate.ts";
import { readMigrations, type Migration } from "./read-migrations.ts";

/** The first line of a backup, its rows, and its last line, without which it was cut off. */
const headerLine = z.object({
  format: z.literal("graft-backup"),
  version: z.literal(1),
  migrations: z.array(z.string()).min(1),
});
const rowLine = z.object({ table: z.string(), row: z.record(z.string(), z.unknown()) });
const endLine = z.object({ rowCount: z.number().int() });

/** A row may be a file of 10 MiB, which is twice as long as text. */
const rowsAtOnce = 20;
const insertChars = 8_388_608;

/** Tables whose rows can be computed again. */
const caches: ReadonlySet<string> = new Set(["DerivedContent"]);

type BackupSummary = { rowCount: number; tableCount: number };

/**
 * Writes every row of the database, as of one moment, to a compressed file of JSON lines. Graft may keep running. The
 * file gets its name once it is complete. The queue's tables are left out: a restore adds the waiting jobs to the queue
 * again.
 */
export async function writeBackup({
  connectionString,
  path,
}: {
  connectionString: string;
  path: string;
}): Promise<BackupSummary> {
  const unfinishedPath = `${path}.unfinished`;
  const summary = await withClient({ connectionString }, async (client) => {
    const gzip = createGzip();
    const file = createWriteStream(unfinishedPath, { mode: 0o600 });
    const written = finished(gzip.pipe(file));
    // The error is reported by the next write or at the end; until then it must not end the process.
    written.catch(() => undefined);
    const write = async (line: object | string) => {
      if (!gzip.write(`${typeof line === "string" ? line : JSON.stringify(line)}\n`))
        await Promise.race([once(gzip, "drain"), written]);
    };
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await write({ format: "graft-backup", version: 1, migrations: await readAppliedNames(client) });
    let rowCount = 0;
    const tables = (await listTables(client)).filter((table) => !caches.has(table));
    for (const table of tables) {
      await client.query(
        `DECLARE backup NO SCROLL CURSOR FOR SELECT to_json(r)::text AS row FROM ${pg.escapeIdentifier(table)} AS r`,
      );
      for (;;) {
        const { rows } = await client.query<{ row: string }>(`FETCH ${rowsAtOnce} FROM backup`);
        if (rows.length === 0) break;
        rowCount += rows.length;
        for (const { row } of rows) await write(`{"table":${JSON.stringify(table)},"row":${row}}`);
      }
      await client.query("CLOSE backup");
    }
    await client.query("COMMIT");
    await write({ rowCount });
    gzip.end();
    await written;
    return { rowCount, tableCount: tables.length };
  });
  await rename(unfinishedPath, path);
  return summary;
}

/**
 * Restores a backup into an empty database: its tables as they were when the backup was made, its rows in one
 * transaction, then all later migrations.
 *
 * @throws Error with a message if the database is not empty, the file is not a complete backup, or a newer Graft made
 *   it; no row is stored then
 */
export async function restoreBackup({
  connectionString,
  path,
}: {
  connectionString: string;
  path: string;
}): Promise<BackupSummary> {
  const lines = createInterface({
    input: createReadStream(path).pipe(createGunzip()),
    crlfDelay: Number.POSITIVE_INFINITY,
  })[Symbol.asyncIterator]();
  const header = headerLine.safeParse(parseLine((await lines.next().catch(notReadable)).value));
  if (!header.success) throw notABackup();
  const migrations = await chooseMigrations(header.data.migrations);
  await refuseFullDatabase({ connectionString, migrations });
  await migrate({ connectionString, migrations });
  const summary = await withClient({ connectionString }, async (client) => {
    await client.query("BEGIN");
    const tables = new Set(await listTables(client));
    const constraints = await listForeignKeys(client);
    for (const { table, name } of constraints)
      await client.query(`ALTER TABLE ${table} ALTER CONSTRAINT ${name} DEFERRABLE INITIALLY DEFERRED`);
    const rowCount = await insertRows({ client, lines, tables });
    await client.query("SET CONSTRAINTS ALL IMMEDIATE");
    for (const { table, name } of constraints)
      await client.query(`ALTER TABLE ${table} ALTER CONSTRAINT ${name} NOT DEFERRABLE`);
    await client.query("COMMIT");
    return { rowCount, tableCount: tables.size };
  });
  await migrate({ connectionString });
  return summary;
}

type Lines = AsyncIterator<string, unknown>;

async function insertRows({
  client,
  lines,
  tables,
}: {
  client: pg.Client;
  lines: Lines;
  tables: ReadonlySet<string>;
}): Promise<number> {
  let pending: { table: string; rows: string[]; chars: number } = { table: "", rows: [], chars: 0 };
  let rowCount = 0;
  const insert = async () => {
    const { table, rows } = pending;
    if (rows.length === 0) return;
    const name = pg.escapeIdentifier(table);
    await client.query(`INSERT INTO ${name} SELECT * FROM jsonb_populate_recordset(NULL::${name}, $1::jsonb)`, [
      `[${rows.join(",")}]`,
    ]);
  };
  for (;;) {
    const next = await lines.next().catch(notReadable);
    if (next.done === true) throw cutOff();
    const line = parseLine(next.value);
    const end = endLine.safeParse(line);
    if (end.success) {
      await insert();
      if (end.data.rowCount !== rowCount) throw cutOff();
      return rowCount;
    }
    const parsed = rowLine.safeParse(line);
    if (!parsed.success || !tables.has(parsed.data.table)) throw notABackup();
    const { table, row } = parsed.data;
    if (table !== pending.table || pending.chars > insertChars) {
      await insert();
      pending = { table, rows: [], chars: 0 };
    }
    const text = JSON.stringify(row);
    pending.rows.push(text);
    pending.chars += text.length;
    rowCount += 1;
  }
}

async function chooseMigrations(names: string[]): Promise<Migration[]> {
  const known = new Map((await readMigrations()).map((migration) => [migration.name, migration]));
  return names.map((name) => {
    const migration = known.get(name);
    if (migration === undefined)
      throw new Error(
        `This backup was made by a newer Graft (it knows ${name}). Nothing was restored. Upgrade Graft, then restore it again.`,
      );
    return migration;
  });
}

async function refuseFullDatabase({
  connectionString,
  migrations,
}: {
  connectionString: string;
  migrations: Migration[];
}): Promise<void> {
  await withClient({ connectionString }, async (client) => {
    const applied = await readAppliedNames(client);
    const { rows } = applied.length === 0 ? { rows: [] } : await client.query(`SELECT 1 FROM "Project" LIMIT 1`);
    if (rows.length > 0)
      throw new Error(
        "This database holds projects already. Nothing was restored, and they are unchanged. Restore into an empty database or another data directory.",
      );
    if (applied.length > migrations.length)
      throw new Error(
        "This database was set up by a newer Graft than the backup. Nothing was restored. Restore into an empty database or another data directory; it is upgraded then.",
      );
  });
}

async function readAppliedNames(client: pg.Client): Promise<string[]> {
  const { rows: found } = await client.query<{ name: string | null }>(
    `SELECT to_regclass('_prisma_migrations')::text AS name`,
  );
  if (found[0]?.name === null) return [];
  const { rows } = await client.query<{ name: string }>(
    `SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return rows.map(({ name }) => name);
}

async function listTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> '_prisma_migrations' ORDER BY table_name`,
  );
  return rows.map(({ name }) => name);
}

/** Both names are quoted. */
async function listForeignKeys(client: pg.Client): Promise<{ table: string; name: string }[]> {
  const { rows } = await client.query<{ table: string; name: string }>(
    `SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`,
  );
  return rows;
}

async function withClient<Result>(
  { connectionString }: { connectionString: string },
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function parseLine(line: unknown): unknown {
  try {
    return typeof line === "string" ? JSON.parse(line) : null;
  } catch {
    return null;
  }
}

function notReadable(cause: unknown): never {
  throw new Error("The backup cannot be read to its end. Nothing was restored. Take another copy of it.", { cause });
}

function notABackup(): Error {
  return new Error("This file is not a backup of Graft. Nothing was restored.");
}

function cutOff(): Error {
  return new Error("This backup is not complete. Nothing was restored. Take another copy of it.");
}
