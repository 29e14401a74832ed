import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import pg from "pg";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";

export const schemaPath = fileURLToPath(new URL("../../prisma/schema.prisma", import.meta.url));

/**
 * Prisma's own migration engine as WebAssembly: the CLI would download a native one. Node does not import `.wasm` files
 * without a flag, so that the module is instantiated by hand.
 */
export async function openSchemaEngine({ connectionString }: { connectionString: string }): Promise<{ engine: SchemaEngine; close(): Promise<void> }> {
  const glueUrl = pathToFileURL(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg")).href;
  const glue = (await import(glueUrl)) as { SchemaEngine: typeof SchemaEngine; __wbg_set_wasm(exports: WebAssembly.Exports): void };
  const bytes = await readFile(new URL("schema_engine_bg.wasm", glueUrl));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": glue as unknown as WebAssembly.ModuleImports });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports["__wbindgen_start"] as () => void)();
  const schema = await readFile(schemaPath, "utf8");
  const adapters = new WholeScriptPrismaPg(toClientConfig(connectionString));
  const engine = await glue.SchemaEngine.new({ datamodels: [["schema.prisma", schema]] }, () => undefined, bindMigrationAwareSqlAdapterFactory(adapters));
  return {
    engine,
    async close() {
      engine.free();
      await adapters.closeAll();
    },
  };
}

/**
 * The adapter cuts scripts at every semicolon, also inside function bodies. PostgreSQL takes a script whole, and as one
 * transaction, so that a migration applies completely or not at all.
 */
class WholeScriptPrismaPg extends PrismaPg {
  /** The engine never closes what it opens. */
  readonly #open: SqlMigrationAwareDriverAdapter[] = [];

  override async connect(): Promise<SqlMigrationAwareDriverAdapter> {
    return this.#keep(await super.connect());
  }

  override async connectToShadowDb(): Promise<SqlMigrationAwareDriverAdapter> {
    return this.#keep(await super.connectToShadowDb());
  }

  async closeAll(): Promise<void> {
    for (const adapter of this.#open) await adapter.dispose();
  }

  #keep(adapter: SqlMigrationAwareDriverAdapter): SqlMigrationAwareDriverAdapter {
    this.#open.push(adapter);
    return withWholeScripts(adapter);
  }
}

type SqlMigrationAwareDriverAdapter = Awaited<ReturnType<PrismaPg["connect"]>>;

function withWholeScripts(adapter: SqlMigrationAwareDriverAdapter): SqlMigrationAwareDriverAdapter {
  adapter.executeScript = async (script) => {
    await adapter.underlyingDriver().query(script);
  };
  return adapter;
}

/** Spelled out, because the shadow database is this with another name, and a connection string would win over that. */
function toClientConfig(connectionString: string): pg.ClientConfig {
  const { user, password, host, port, database, ssl } = new pg.Client({ connectionString });
  return { database, host, port, ssl, ...(user === undefined ? {} : { user }), ...(password === undefined || password === null ? {} : { password }) };
}
