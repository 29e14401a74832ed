import type { CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import type { SchemaDiff } from "#lib/contracts/comparisons/schema-diff.ts";
import { diffCodeSchemas } from "./diff-code-schemas.ts";

/** `diffCodeSchemas` of schemas as JSON texts, which are copied to a thread at once; copying objects blocks for longer. */
export function diffSchemaTexts({
  before,
  after,
  prompt,
}: {
  before: string;
  after: string;
  prompt: string;
}): SchemaDiff {
  return diffCodeSchemas({ before: JSON.parse(before) as CodeSchema, after: JSON.parse(after) as CodeSchema, prompt });
}
