import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { diffMigrations } from "./diff-migrations.ts";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { migrationsDir } from "./read-migrations.ts";
import { schemaPath } from "./schema-engine.ts";

const dataDir = fileURLToPath(new URL("../../node_modules/.cache/graft/migration-postgres", import.meta.url));

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
