import type { SchemaDiff } from "#lib/contracts/comparisons/schema-diff.ts";
import { compareSchemas } from "./compare-schemas.ts";
import type { ComparisonRequest } from "./load-comparison.ts";

/** What a version changes in a schema. @throws AppError GENERATION_NOT_FOUND */
export async function readSchemaDiff(request: ComparisonRequest): Promise<SchemaDiff> {
  return (await compareSchemas(request)).diff;
}
