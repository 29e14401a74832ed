import { readMigrations, toMigrationList } from "./read-migrations.ts";
import { openSchemaEngine, wholeDatabase } from "./schema-engine.ts";

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
