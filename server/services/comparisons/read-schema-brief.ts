import type { SchemaBrief } from "#lib/contracts/comparisons/schema-diff.ts";
import { narrowToChanges } from "#server/core/schema-diff/narrow-to-changes.ts";
import { compareSchemas } from "./compare-schemas.ts";
import type { ComparisonRequest } from "./load-comparison.ts";

/** What a version changes in a schema, with the tables that a picture of it shows. @throws AppError GENERATION_NOT_FOUND */
export async function readSchemaBrief(request: ComparisonRequest): Promise<SchemaBrief> {
  const { before, after, diff } = await compareSchemas(request);
  return { diff, ...narrowToChanges({ before, after, diff }) };
}
