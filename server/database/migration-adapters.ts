import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import pg from "pg";

type MigrationAdapters = {
  factory: SqlMigrationAwareDriverAdapterFactory;
  /** PostgreSQL's message about the last script that it refused; the engine's own error does not repeat it. */
  findScriptError(): Error | null;
  /** Closes every connection (the engine leaves some open) and drops the shadow databases. */
  close(): Promise<void>;
};

/**
 * The engine's way to the database, and to shadow databases on the same server. The package's adapter cuts scripts at
 * every semicolon, also inside function bodies; here PostgreSQL gets a script whole, as one transaction, so that a
 * migration applies completely or not at all.
 */
export function createMigrationAdapters({ connectionString }: { connectionString: string }): MigrationAdapters {
  const config = toClientConfig(connectionString);
  const opened: SqlDriverAdapter[] = [];
  const shadowDatabases: string[] = [];
  let scriptError: Error | null = null;

  const open = async (database: string | undefined): Promise<SqlDriverAdapter> => {
    const { pool, letterColumns } = createCatalogPool({ ...config, ...(database === undefined ? {} : { database }) });
    const adapter = await new PrismaPg(pool, { disposeExternalPool: true }).connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      for (const column of letterColumns.get(result.rows) ?? []) result.columnTypes[column] = ColumnTypeEnum.Character;
      return result;
    };
    adapter.executeScript = async (script) => {
      await pool.query(script).catch((error: Error) => {
        scriptError = error;
        throw error;
      });
    };
    const dispose = adapter.dispose.bind(adapter);
    let disposing: Promise<void> | null = null;
    adapter.dispose = () => (disposing ??= dispose());
    opened.push(adapter);
    return adapter;
  };

  return {
    factory: {
      provider: "postgres",
      adapterName: "@prisma/adapter-pg",
      connect: () => open(undefined),
      async connectToShadowDb() {
        const database = `graft_shadow_${randomUUID()}`;
        await execute({ config, sql: `CREATE DATABASE ${pg.escapeIdentifier(database)}` });
        shadowDatabases.push(database);
        return open(database);
      },
    },
    findScriptError: () => scriptError,
    async close() {
      for (const adapter of opened) await adapter.dispose();
      for (const database of shadowDatabases)
        await execute({ config, sql: `DROP DATABASE ${pg.escapeIdentifier(database)} WITH (FORCE)` });
    },
  };
}

/**
 * A pool that remembers which columns of a result are of PostgreSQL's one-letter type. The engine reads such columns
 * when it describes tables from the catalog, and the package's adapter refuses them.
 */
function createCatalogPool(config: pg.PoolConfig): { pool: pg.Pool; letterColumns: WeakMap<object, number[]> } {
  const { CHAR, TEXT } = pg.types.builtins;
  const letterColumns = new WeakMap<object, number[]>();
  const pool = new pg.Pool(config);
  pool.on("error", () => undefined);
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult | pg.QueryResult[]>;
  pool.query = (async (...args: unknown[]) => {
    const result = await query(...args);
    for (const { fields, rows } of [result].flat()) {
      letterColumns.set(
        rows,
        fields.flatMap(({ dataTypeID }, column) => (dataTypeID === CHAR ? [column] : [])),
      );
      for (const field of fields) if (field.dataTypeID === CHAR) field.dataTypeID = TEXT;
    }
    return result;
  }) as typeof pool.query;
  return { pool, letterColumns };
}

async function execute({ config, sql }: { config: pg.ClientConfig; sql: string }): Promise<void> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/**
 * Separate fields, because the shadow database is this one with another name, and a connection string would take
 * precedence.
 */
function toClientConfig(connectionString: string): pg.ClientConfig {
  const { user, password, host, port, database, ssl } = new pg.Client({ connectionString });
  return {
    database,
    host,
    port,
    ssl,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined || password === null ? {} : { password }),
  };
}
