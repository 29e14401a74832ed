import { connect, createServer, type AddressInfo, type Server } from "node:net";
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase } from "#server/testing/test-database.ts";
import { applyPrismaSchema } from "./apply-prisma-schema.ts";
import { guardDatabaseConnection } from "./guard-database-connection.ts";
import {
  createPreviewDatabase,
  dropPreviewDatabase,
  toPreviewDatabaseName,
  type PreviewDatabase,
} from "./preview-database.ts";

let connectionString = "";
let drop = async () => {};
let made: PreviewDatabase;
let server: Server;
let port = 0;

beforeEach(async () => {
  ({ connectionString, drop } = await createTestDatabase());
  made = await createPreviewDatabase({ connectionString, name: toPreviewDatabaseName(randomUUID()) });
  server = createServer((client) => guardDatabaseConnection({ client, connectionString, name: made.name }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo);
});
afterEach(async () => {
  server.close();
  await dropPreviewDatabase({ connectionString, name: made.name });
  await drop();
});

type Asked = { user?: string; database?: string; replication?: string };

/** Connects like a program inside the sandbox: through the guard. */
async function query(sql: string, { user = made.name, database = made.name, replication }: Asked = {}) {
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    user,
    database,
    password: made.password,
    ...(replication === undefined ? {} : { replication }),
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ask(sql: string) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

test("a program has its own database, with all rights of an owner there", async () => {
  await query("CREATE TABLE a (id serial PRIMARY KEY, name text)");
  await query("CREATE SCHEMA other");
  expect(await query("INSERT INTO a (name) VALUES ('x') RETURNING id")).toEqual([{ id: 1 }]);
});

test("connections as other roles or to other databases are refused", async () => {
  const own = new pg.Client({ connectionString }).database ?? "";
  const refused: Asked[] = [
    { user: "graft" },
    { user: "postgres" },
    { database: own },
    { database: "postgres" },
    { database: "template1" },
    { user: "graft", database: own },
    { replication: "database" },
  ];
  for (const asked of refused) await expect(query("SELECT 1", asked)).rejects.toThrow(/Graft refused/);
});

test.each([
  "CREATE ROLE other",
  "CREATE DATABASE other",
  "ALTER ROLE CURRENT_USER SUPERUSER",
  "ALTER ROLE CURRENT_USER CREATEDB",
  "SET ROLE graft",
  "SET SESSION AUTHORIZATION graft",
  "SET temp_file_limit = -1",
  "COPY (SELECT 1) TO PROGRAM 'id'",
  "COPY (SELECT 1) TO '/tmp/escaped'",
  "SELECT pg_read_file('/etc/passwd')",
  "SELECT lo_import('/etc/passwd')",
  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> current_user AND pid <> pg_backend_pid()",
  "CREATE EXTENSION dblink",
  "CREATE EXTENSION postgres_fdw",
  "CREATE LANGUAGE plpython3u",
  "ALTER SYSTEM SET max_connections = 1",
  "SELECT rolpassword FROM pg_authid",
  "DROP DATABASE postgres",
])("it may not: %s", async (sql) => {
  // If there is nobody else to end, the statement returns no row.
  const rows = await query(sql).catch((error: Error) => error.message);
  if (Array.isArray(rows)) expect(rows).toEqual([]);
});

test("malformed first messages are refused, and the guard continues", async () => {
  for (const bytes of [
    "GET / HTTP/1.1\r\n\r\n",
    "\0\0\0\x04\0\0\0\0",
    "\x7f\xff\xff\xff\0\x03\0\0",
    "\0\0\0\x08\0\x02\0\0",
  ]) {
    const ended = await new Promise<string>((resolve) => {
      let text = "";
      const socket = connect(port, "127.0.0.1", () => socket.write(bytes, "latin1"));
      socket.on("data", (chunk) => (text += chunk.toString("latin1")));
      socket.on("close", () => resolve(text));
    });
    expect(ended).toContain("Graft refused the connection");
  }
  expect(await query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("everything is dropped afterwards, including connected sessions and partial creations", async () => {
  const client = new pg.Client({ host: "127.0.0.1", port, user: made.name, database: made.name });
  client.on("error", () => undefined);
  await client.connect();
  await dropPreviewDatabase({ connectionString, name: made.name });
  await dropPreviewDatabase({ connectionString, name: made.name });
  const left = `SELECT 1 FROM pg_roles WHERE rolname = '${made.name}' UNION ALL SELECT 1 FROM pg_database WHERE datname = '${made.name}'`;
  expect(await ask(left)).toEqual([]);
  await expect(dropPreviewDatabase({ connectionString, name: "postgres" })).rejects.toThrow(/not the name/);
});

const schema = `generator client {
  provider = "prisma-client"
  output   = "../lib/generated"
}
datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}
model Task {
  id    Int    @id @default(autoincrement())
  title String
}
`;

test("a Prisma schema becomes tables: directly, or by its migrations if there are some", async () => {
  const schemas = [{ path: "prisma/schema.prisma", text: schema }];
  await applyPrismaSchema({ connectionString: made.connectionString, schemas, migrations: [] });
  expect(await query(`INSERT INTO "Task" (title) VALUES ('x') RETURNING id`)).toEqual([{ id: 1 }]);
  await query(`DROP TABLE "Task"`);
  const migrations = [
    { path: "prisma/migrations/2_more/migration.sql", text: `ALTER TABLE "Task" ADD COLUMN done boolean;` },
    {
      path: "prisma/migrations/1_first/migration.sql",
      text: `CREATE TABLE "Task" (id serial PRIMARY KEY, title text);`,
    },
  ];
  await applyPrismaSchema({ connectionString: made.connectionString, schemas, migrations });
  expect(await query(`INSERT INTO "Task" (title, done) VALUES ('x', true) RETURNING done`)).toEqual([{ done: true }]);
  const broken = [{ path: "prisma/migrations/3_bad/migration.sql", text: "CREATE ROLE other SUPERUSER;" }];
  await expect(
    applyPrismaSchema({ connectionString: made.connectionString, schemas, migrations: [...migrations, ...broken] }),
  ).rejects.toThrow(/permission denied/);
  await expect(
    applyPrismaSchema({
      connectionString: made.connectionString,
      schemas: [{ path: "a.prisma", text: "model {" }],
      migrations: [],
    }),
  ).rejects.toThrow(/Error validating/);
});
