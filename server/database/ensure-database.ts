import pg from "pg";

/** Creates the database `name` if it is missing; false if it existed. */
export async function ensureDatabase({
  adminConnectionString,
  name,
  template,
}: {
  adminConnectionString: string;
  name: string;
  template?: string;
}): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminConnectionString });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (rowCount !== 0) return false;
    await client.query(
      `CREATE DATABASE ${pg.escapeIdentifier(name)}${template === undefined ? "" : ` TEMPLATE ${pg.escapeIdentifier(template)}`}`,
    );
    return true;
  } finally {
    await client.end();
  }
}
