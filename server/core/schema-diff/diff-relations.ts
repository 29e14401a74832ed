import type { CodeRelation, CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import type { SchemaChange } from "#lib/contracts/comparisons/schema-diff.ts";

/**
 * The changes of relations, named like `Task.project`. A difference that only follows a renamed entity or field is
 * omitted.
 */
export function diffRelations({
  before,
  after,
  entityNames,
  fieldNames,
}: {
  before: CodeSchema;
  after: CodeSchema;
  /** Old names to new names. */
  entityNames: ReadonlyMap<string, string>;
  /** `Task.title` to `Note.heading`. */
  fieldNames: ReadonlyMap<string, string>;
}): SchemaChange[] {
  const rename = (name: string) => entityNames.get(name) ?? name;
  const nameOf = ({ fromEntity, fieldName }: CodeRelation) => `${fromEntity}.${fieldName}`;
  const followOwner = (relation: CodeRelation) =>
    fieldNames.get(nameOf(relation)) ?? `${rename(relation.fromEntity)}.${relation.fieldName}`;
  const old = new Map(before.relations.map((relation) => [followOwner(relation), relation]));
  const next = new Map(after.relations.map((relation) => [nameOf(relation), relation]));
  const removed = [...old].filter(([name]) => !next.has(name));
  const open = new Map([...next].filter(([name]) => !old.has(name)));
  const openByEnds = Map.groupBy(open, ([, relation]) => endsOf(relation));
  const renamed = new Map<string, [string, CodeRelation]>();
  for (const [name, relation] of removed) {
    const { fromEntity, toEntity, cardinality } = relation;
    const ends = endsOf({ fromEntity: rename(fromEntity), toEntity: rename(toEntity), cardinality });
    // The only new relation between the same two entities is the old one, renamed.
    const [only, ...others] = openByEnds.get(ends) ?? [];
    if (only === undefined || others.length > 0) continue;
    renamed.set(name, only);
    openByEnds.delete(ends);
    open.delete(only[0]);
  }
  return [
    ...removed.flatMap(([name, relation]) =>
      renamed.has(name) ? [] : [toChange({ relation, change: "removed", name: nameOf(relation) })],
    ),
    ...[...open].map(([name, relation]) => toChange({ relation, change: "added", name })),
    ...[...renamed].map(([name, [newName, relation]]): SchemaChange => ({
      ...toChange({ relation, change: "renamed", name: newName }),
      previousName: name,
    })),
    ...[...next].flatMap(([name, relation]): SchemaChange[] => {
      const known = old.get(name);
      if (known === undefined) return [];
      const details = [
        rename(known.toEntity) !== relation.toEntity && `${known.toEntity} → ${relation.toEntity}`,
        known.cardinality !== relation.cardinality && `${known.cardinality} → ${relation.cardinality}`,
      ].filter((detail) => detail !== false);
      return details.length === 0
        ? []
        : [{ ...toChange({ relation, change: "changed", name }), detail: details.join("; ") }];
    }),
  ];
}

function endsOf({ fromEntity, toEntity, cardinality }: Pick<CodeRelation, "fromEntity" | "toEntity" | "cardinality">) {
  return `${fromEntity} ${toEntity} ${cardinality}`;
}

/** A relation's data is in its field, so only the field's change can be destructive. */
function toChange({
  relation: { path, line },
  change,
  name,
}: {
  relation: CodeRelation;
  change: SchemaChange["change"];
  name: string;
}): SchemaChange {
  return { change, isDestructive: false, name, path, line };
}
