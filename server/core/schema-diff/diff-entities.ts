import type { CodeEntity } from "#lib/contracts/versions/code-schema.ts";
import type { SchemaChange } from "#lib/contracts/comparisons/schema-diff.ts";
import type { Substitution } from "../validation/loss/substitution.ts";
import { isSubstituted, pairByEvidence } from "./pair-by-evidence.ts";

export type EntityPair = { before: CodeEntity; after: CodeEntity };

/** The share of common fields from which two entities with different names count as one. */
const sameShape = 0.7;

/** The changes of entities, and the renames among them. */
export function diffEntities({
  before,
  after,
  substitutions,
}: {
  before: readonly CodeEntity[];
  after: readonly CodeEntity[];
  substitutions: readonly Substitution[];
}): { changes: SchemaChange[]; pairs: EntityPair[] } {
  const pairs: EntityPair[] = [];
  let removed = before;
  let added = after;
  for (const keyOf of [
    ({ origin, path, name }: CodeEntity) => `${origin} ${path} ${name}`,
    ({ origin, name }: CodeEntity) => `${origin} ${name}`,
    ({ kind, name }: CodeEntity) => `${kind} ${name}`,
  ]) {
    const matched = matchByKey({ removed, added, keyOf });
    pairs.push(...matched);
    const taken = new Set(matched.flatMap((pair) => [pair.before, pair.after]));
    removed = removed.filter((entity) => !taken.has(entity));
    added = added.filter((entity) => !taken.has(entity));
  }
  const renamed = pairByEvidence({ removed, added, score: (old, next) => scoreRename({ old, next, substitutions }) });
  const taken = new Set(renamed.flatMap((pair) => [pair.before, pair.after]));
  return {
    pairs: [...pairs, ...renamed],
    changes: [
      ...removed.filter((entity) => !taken.has(entity)).map((entity) => toChange({ entity, change: "removed" })),
      ...added.filter((entity) => !taken.has(entity)).map((entity) => toChange({ entity, change: "added" })),
      ...renamed.map((pair): SchemaChange => ({
        ...toChange({ entity: pair.after, change: "renamed" }),
        previousName: pair.before.name,
      })),
      ...pairs.flatMap(describeChange),
    ],
  };
}

function matchByKey({
  removed,
  added,
  keyOf,
}: {
  removed: readonly CodeEntity[];
  added: readonly CodeEntity[];
  keyOf: (entity: CodeEntity) => string;
}): EntityPair[] {
  const open = Map.groupBy(added, keyOf);
  return removed.flatMap((before): EntityPair[] => {
    const after = open.get(keyOf(before))?.shift();
    return after === undefined ? [] : [{ before, after }];
  });
}

function scoreRename({
  old,
  next,
  substitutions,
}: {
  old: CodeEntity;
  next: CodeEntity;
  substitutions: readonly Substitution[];
}): number {
  if (old.kind !== next.kind && old.origin !== next.origin) return 0;
  const names = (entity: CodeEntity) => new Set(entity.fields.map(({ name }) => name));
  const [had, has] = [names(old), names(next)];
  const kept = [...had].filter(
    (name) => has.has(name) || substitutions.some(({ apply }) => apply(name) !== name && has.has(apply(name))),
  ).length;
  const shared = kept / Math.max(1, had.size, has.size);
  if (isSubstituted({ from: old.name, to: next.name, substitutions })) return 1 + shared;
  if (old.tableName !== undefined && old.tableName === next.tableName) return 0.9 + shared / 10;
  // A few equal fields are chance: most tables have "id" and "name".
  const isAlike = shared >= sameShape && kept >= (old.path === next.path ? 2 : 4);
  return isAlike ? shared * (old.path === next.path ? 0.9 : 0.8) : 0;
}

function describeChange({ before, after }: EntityPair): SchemaChange[] {
  const details = [
    before.tableName !== after.tableName && `table ${before.tableName ?? "(none)"} → ${after.tableName ?? "(none)"}`,
    before.kind !== after.kind && `${before.kind} → ${after.kind}`,
    printKeys(before) !== printKeys(after) && `keys ${printKeys(before) || "(none)"} → ${printKeys(after) || "(none)"}`,
  ].filter((detail) => detail !== false);
  return details.length === 0
    ? []
    : [{ ...toChange({ entity: after, change: "changed" }), detail: details.join("; ") }];
}

function printKeys({ keys = [] }: CodeEntity): string {
  return keys.map(({ kind, fields }) => `${kind} (${fields.join(", ")})`).join(", ");
}

function toChange({ entity, change }: { entity: CodeEntity; change: SchemaChange["change"] }): SchemaChange {
  const { name, path, line, isExample } = entity;
  return { change, isDestructive: change === "removed" && isExample !== true, name, path, line };
}
