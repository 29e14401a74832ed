import { openSchemaEngine, wholeDatabase } from "../schema-engine.ts";

type SourceFile = { path: string; text: string };

/**
 * Applies a project's Prisma schema to a preview's database: by its migrations, or without any by the schema itself.
 * The project's own Prisma would need to download an engine.
 *
 * @throws Error with the problem of the schema or a migration
 */
export async function applyPrismaSchema({
  connectionString,
  schemas,
  migrations,
}: {
  /** As the role that owns only this database, because a migration is SQL of the project. */
  connectionString: string;
  schemas: readonly SourceFile[];
  /** In any order; each in a folder that is named after it. */
  migrations: readonly SourceFile[];
}): Promise<void> {
  const files = schemas.map(({ path, text }) => ({ path, content: withoutAddress(text) }));
  const { engine, findScriptError, close } = await openSchemaEngine({
    connectionString,
    schemas: files.map(({ path, content }) => [path, content]),
  });
  try {
    if (migrations.length === 0) await engine.schemaPush({ schema: { files }, force: true, filters: wholeDatabase });
    else
      await engine.applyMigrations({
        migrationsList: {
          baseDir: "migrations",
          lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
          shadowDbInitScript: "",
          migrationDirectories: toDirectories(migrations),
        },
        filters: wholeDatabase,
      });
  } catch (cause) {
    throw new Error(findScriptError()?.message ?? (cause instanceof Error ? cause.message : String(cause)), { cause });
  } finally {
    await close();
  }
}

function toDirectories(migrations: readonly SourceFile[]) {
  return migrations
    .map(({ path, text }) => ({ name: path.split("/").at(-2) ?? path, text }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, text }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: text } },
    }));
}

/** The engine is given the database's address; since Prisma 7 it refuses a schema that also has one. */
function withoutAddress(schema: string): string {
  return schema.replace(/^[ \t]*(url|directUrl|shadowDatabaseUrl)[ \t]*=.*$/gm, "");
}
