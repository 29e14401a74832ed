import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { SchemaEngine, SchemaFilter } from "@prisma/schema-engine-wasm";
import { createMigrationAdapters } from "./migration-adapters.ts";

export const schemaPath = fileURLToPath(new URL("../../prisma/schema.prisma", import.meta.url));

/** A filter for the engine that excludes nothing. */
export const wholeDatabase: SchemaFilter = { externalTables: [], externalEnums: [] };

type Engine = typeof SchemaEngine;

/** Where the engine stores the message of a panic before it throws. */
const panics = { message: "", set_message: (message: string) => void (panics.message = message) };

let loading: Promise<Engine> | null = null;

/** `findScriptError` returns PostgreSQL's message about a script that it refused, which the engine's error omits. */
type OpenSchemaEngine = { engine: SchemaEngine; findScriptError(): Error | null; close(): Promise<void> };

/** Prisma's own migration engine as WebAssembly: the CLI would download a native one. */
export async function openSchemaEngine({
  connectionString,
  schemas,
}: {
  connectionString: string;
  /** Files of a schema by path; Graft's own by default. */
  schemas?: [string, string][];
}): Promise<OpenSchemaEngine> {
  loading ??= loadEngine();
  const datamodels = schemas ?? [["schema.prisma", await readFile(schemaPath, "utf8")]];
  const { factory, findScriptError, close } = createMigrationAdapters({ connectionString });
  const engine = await (
    await loading
  ).new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(factory));
  return {
    engine,
    findScriptError,
    async close() {
      engine.free();
      await close();
    },
  };
}

/**
 * Node imports no `.wasm` files without a flag, so the module is instantiated by hand. It is instantiated once per
 * process, because its JavaScript half keeps views of the one memory.
 */
async function loadEngine(): Promise<Engine> {
  const glueUrl = pathToFileURL(
    createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg"),
  ).href;
  const glue = (await import(glueUrl)) as { SchemaEngine: Engine; __wbg_set_wasm(exports: WebAssembly.Exports): void };
  const bytes = await readFile(new URL("schema_engine_bg.wasm", glueUrl));
  const { instance } = await WebAssembly.instantiate(bytes, {
    "./schema_engine_bg.js": glue as unknown as WebAssembly.ModuleImports,
  });
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panics });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports["__wbindgen_start"] as () => void)();
  return glue.SchemaEngine;
}
