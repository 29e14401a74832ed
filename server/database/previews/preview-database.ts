import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";

/** A database for the program of one preview, on the server of Graft's own database. */
export type PreviewDatabase = {
  /** The name of the database and of the role that owns only it. */
  name: string;
  password: string;
  /** As that role, for Graft's own part of the preparation. */
  connectionString: string;
  /** Resolves when it has grown beyond `maxBytes`; never if `signal` aborts first. */
  untilTooLarge(options: { maxBytes: number; signal: AbortSignal }): Promise<void>;
};

const maxConnections = 15;
/** The limit for files that its sorts and joins write during a query. */
const temporaryFiles = "256MB";
/** The largest database of a preview. */
export const previewDatabaseBytes = 512 * 1_048_576;
const measureEveryMs = 5_000;

/** Role names have only this form, so that dropping can never affect anything else. */
const ownName = /^graft_preview_[0-9a-f]{32}$/;

export function toPreviewDatabaseName(previewId: string): string {
  return `graft_preview_${previewId.replaceAll("-", "")}`;
}

/**
 * Creates a database and a role that owns it. The role has no rights outside it; `guardDatabaseConnection` keeps it
 * from even connecting elsewhere.
 *
 * @throws Error with a message if Graft's own role may not create any
 */
export async function createPreviewDatabase({
  connectionString,
  name,
}: {
  /** Of Graft's own database. */
  connectionString: string;
  name: string;
}): Promise<PreviewDatabase> {
  const role = pg.escapeIdentifier(assertOwnName(name));
  const password = randomBytes(18).toString("hex");
  await withAdmin(connectionString, async (client) => {
    const { rows } = await client.query<{ rolsuper: boolean }>(
      "SELECT rolsuper FROM pg_roles WHERE rolname = current_user",
    );
    if (rows[0]?.rolsuper !== true)
      throw new Error(
        "The project needs PostgreSQL, and the role in DATABASE_URL is not allowed to create roles and databases. Start Graft without DATABASE_URL, or make that role a superuser.",
      );
    await client.query(
      `CREATE ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION CONNECTION LIMIT ${maxConnections} PASSWORD ${pg.escapeLiteral(password)}`,
    );
    await client.query(`ALTER ROLE ${role} SET temp_file_limit = '${temporaryFiles}'`);
    await client.query(`CREATE DATABASE ${role} OWNER ${role}`);
    await client.query(`REVOKE ALL ON DATABASE ${role} FROM PUBLIC`);
  });
  return {
    name,
    password,
    connectionString: connectAs({ connectionString, name, password }),
    untilTooLarge: (options) => waitUntilTooLarge({ connectionString, name, ...options }),
  };
}

/** Also if it was created partly, or never. */
export async function dropPreviewDatabase({
  connectionString,
  name,
}: {
  connectionString: string;
  name: string;
}): Promise<void> {
  const role = pg.escapeIdentifier(assertOwnName(name));
  await withAdmin(connectionString, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${role} WITH (FORCE)`);
    await client.query(`DROP ROLE IF EXISTS ${role}`);
  });
}

function assertOwnName(name: string): string {
  if (!ownName.test(name)) throw new Error(`${name} is not the name of a preview's database.`);
  return name;
}

function connectAs({
  connectionString,
  name,
  password,
}: {
  connectionString: string;
  name: string;
  password: string;
}): string {
  const url = new URL(connectionString);
  url.username = name;
  url.password = password;
  url.pathname = `/${name}`;
  return url.href;
}

async function waitUntilTooLarge({
  connectionString,
  name,
  maxBytes,
  signal,
}: {
  connectionString: string;
  name: string;
  maxBytes: number;
  signal: AbortSignal;
}): Promise<void> {
  for (;;) {
    await delay(measureEveryMs, undefined, { signal });
    const size = await withAdmin(connectionString, async (client) => {
      const { rows } = await client.query<{ bytes: string | null }>(
        "SELECT pg_database_size(datname) AS bytes FROM pg_database WHERE datname = $1",
        [name],
      );
      return Number(rows[0]?.bytes ?? 0);
    }).catch(() => 0);
    if (size > maxBytes) return;
  }
}

async function withAdmin<Result>(
  connectionString: string,
  run: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}
