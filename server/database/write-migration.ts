import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { migrationsDir, readMigrations, toMigrationList } from "./read-migrations.ts";
import { openSchemaEngine, schemaPath, wholeDatabase } from "./schema-engine.ts";

const dataDir = fileURLToPath(new URL("../../node_modules/.cache/graft/migration-postgres", import.meta.url));

/**
 * Compares the tables that the migrations create with `schema`, the text of a schema.prisma. The migrations run on a
 * shadow database next to the one of `connectionString`, which is not touched.
 *
 * @returns the SQL that leads from the first to the second; null if they are the same
 */
export async function diffMigrations({
  connectionString,
  schema,
}: {
  connectionString: string;
  schema: string;
}): Promise<string | null> {
  const { engine, close } = await openSchemaEngine({ connectionString });
  try {
    const { stdout, exitCode } = await engine.diff({
      from: { tag: "migrations", ...toMigrationList(await readMigrations()) },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: schema }] },
      script: true,
      exitCode: true,
      filters: wholeDatabase,
    });
    return exitCode === 0 ? null : stdout;
  } finally {
    await close();
  }
}

/**
 * Writes the difference between `prisma/schema.prisma` and the migrations to `prisma/migrations/<UTC
 * time>_<name>/migration.sql`. It starts a server for this purpose.
 *
 * @returns its path; null if there is no difference
 */
export async function writeMigration({ name, now }: { name: string; now: Date }): Promise<string | null> {
  const server = await startEmbeddedPostgres({ dataDir });
  try {
    const sql = await diffMigrations({
      connectionString: server.connectionString("postgres"),
      schema: await readFile(schemaPath, "utf8"),
    });
    if (sql === null) return null;
    const directory = join(migrationsDir, `${now.toISOString().replace(/\D/g, "").slice(0, 14)}_${name}`);
    await mkdir(directory);
    const path = join(directory, "migration.sql");
    await writeFile(path, sql);
    return path;
  } finally {
    await server.stop();
  }
}
