import type { CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import type { SchemaDiff } from "#lib/contracts/comparisons/schema-diff.ts";
import { diffEntities } from "./diff-entities.ts";
import { diffFields } from "./diff-fields.ts";
import { diffRelations } from "./diff-relations.ts";
import { diffRoutes } from "./diff-routes.ts";
import { findSubstitutions } from "./find-substitutions.ts";

/**
 * The differences between the schemas of two versions. A rename is one change if there is evidence: the same place, the
 * same shape, or words that the prompt names or that the whole change replaces. Removals and narrowings are
 * destructive, unless they are in a test or an example.
 */
export function diffCodeSchemas({
  before,
  after,
  prompt,
}: {
  before: CodeSchema;
  after: CodeSchema;
  prompt: string;
}): SchemaDiff {
  const substitutions = findSubstitutions({ before, after, prompt });
  const { changes, pairs } = diffEntities({ before: before.entities, after: after.entities, substitutions });
  const fields = pairs.map((pair) => diffFields({ ...pair, substitutions }));
  return {
    entities: changes,
    fields: fields.flatMap(({ changes: each }) => each),
    relations: diffRelations({
      before,
      after,
      entityNames: new Map(pairs.map((pair) => [pair.before.name, pair.after.name])),
      fieldNames: new Map(fields.flatMap(({ renamed }) => [...renamed])),
    }),
    routes: diffRoutes({ before: before.routes, after: after.routes, substitutions }),
  };
}
