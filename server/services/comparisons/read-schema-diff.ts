import type { SchemaDiff } from "#lib/contracts/comparisons/schema-diff.ts";
import { compareSchemas } from "./compare-schemas.ts";

/** What a version changes in a schema. @throws AppError GENERATION_NOT_FOUND */
export async function readSchemaDiff(request: Parameters<typeof compareSchemas>[0]): Promise<SchemaDiff> {
  return (await compareSchemas(request)).diff;
}
