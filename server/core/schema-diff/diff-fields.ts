import type { CodeField } from "#lib/contracts/versions/code-schema.ts";
import type { SchemaChange } from "#lib/contracts/comparisons/schema-diff.ts";
import type { Substitution } from "../validation/loss/substitution.ts";
import type { EntityPair } from "./diff-entities.ts";
import { isNarrowed } from "./is-narrowed.ts";
import { isSubstituted, pairByEvidence } from "./pair-by-evidence.ts";

/** The changes of one entity's fields, named like `Task.title`; `renamed` maps `Task.title` to the new name. */
export function diffFields({ before, after, substitutions }: EntityPair & { substitutions: readonly Substitution[] }): {
  changes: SchemaChange[];
  renamed: ReadonlyMap<string, string>;
} {
  const old = new Map(before.fields.map((field) => [field.name, field]));
  const next = new Map(after.fields.map((field) => [field.name, field]));
  const removed = [...old.values()].filter(({ name }) => !next.has(name));
  const added = [...next.values()].filter(({ name }) => !old.has(name));
  const pairs = pairByEvidence({
    removed,
    added,
    score: (from, to) => scoreRename({ from, to, before: before.fields, after: after.fields, substitutions }),
  });
  const taken = new Set(pairs.flatMap((pair) => [pair.before, pair.after]));
  const isExample = after.isExample === true;
  const toChange = (field: CodeField, change: SchemaChange["change"]): SchemaChange => ({
    change,
    isDestructive: change === "removed" && !isExample,
    name: `${change === "removed" ? before.name : after.name}.${field.name}`,
    path: field.path,
    line: field.line,
  });
  const describe = ({ from, to }: { from: CodeField; to: CodeField }) => describeChange({ from, to, kind: after.kind });
  return {
    changes: [
      ...removed.filter((field) => !taken.has(field)).map((field) => toChange(field, "removed")),
      ...added.filter((field) => !taken.has(field)).map((field) => toChange(field, "added")),
      ...pairs.map(({ before: from, after: to }): SchemaChange => {
        const found = describe({ from, to });
        return {
          ...toChange(to, "renamed"),
          previousName: `${before.name}.${from.name}`,
          ...(found === null ? {} : { detail: found.detail, isDestructive: found.isDestructive && !isExample }),
        };
      }),
      ...[...old.values()].flatMap((from): SchemaChange[] => {
        const to = next.get(from.name);
        const found = to === undefined ? null : describe({ from, to });
        return to === undefined || found === null
          ? []
          : [{ ...toChange(to, "changed"), detail: found.detail, isDestructive: found.isDestructive && !isExample }];
      }),
    ],
    renamed: new Map(
      pairs.map(({ before: from, after: to }) => [`${before.name}.${from.name}`, `${after.name}.${to.name}`]),
    ),
  };
}

function scoreRename({
  from,
  to,
  before,
  after,
  substitutions,
}: {
  from: CodeField;
  to: CodeField;
  before: readonly CodeField[];
  after: readonly CodeField[];
  substitutions: readonly Substitution[];
}): number {
  if (isSubstituted({ from: from.name, to: to.name, substitutions })) return 1;
  const isSameShape = from.type === to.type && from.isList === to.isList && from.isPrimaryKey === to.isPrimaryKey;
  if (!isSameShape) return 0;
  const [leftOld, rightOld] = listNeighbours(before, from);
  const [leftNew, rightNew] = listNeighbours(after, to);
  return leftOld === leftNew && rightOld === rightNew ? 0.8 : 0;
}

/** The names before and after a field: if both remain, a renamed field is at the same place. */
function listNeighbours(fields: readonly CodeField[], field: CodeField): [string, string] {
  const index = fields.indexOf(field);
  return [fields[index - 1]?.name ?? "", fields[index + 1]?.name ?? ""];
}

function describeChange({
  from,
  to,
  kind,
}: {
  from: CodeField;
  to: CodeField;
  kind: EntityPair["after"]["kind"];
}): { detail: string; isDestructive: boolean } | null {
  const isTypeChanged = from.type !== to.type;
  const becomesRequired = from.isOptional && !to.isOptional;
  const marks = (["isPrimaryKey", "isUnique", "isList"] as const).filter((mark) => from[mark] !== to[mark]);
  const words = { isPrimaryKey: "primary key", isUnique: "unique", isList: "list" } as const;
  const details = [
    isTypeChanged && `${from.type || "(no type)"} → ${to.type || "(no type)"}`,
    from.isOptional !== to.isOptional && (becomesRequired ? "nullable → required" : "required → nullable"),
    ...marks.map((mark) => (to[mark] ? `now ${words[mark]}` : `no longer ${words[mark]}`)),
    from.references !== to.references &&
      `refers to ${from.references ?? "(nothing)"} → ${to.references ?? "(nothing)"}`,
    from.defaultValue !== to.defaultValue &&
      `default ${from.defaultValue ?? "(none)"} → ${to.defaultValue ?? "(none)"}`,
  ].filter((detail) => detail !== false);
  if (details.length === 0) return null;
  // A reader of a response loses nothing if a value becomes always present.
  const isNewlyRequired = becomesRequired && kind !== "response";
  const isDestructive =
    isNewlyRequired || (from.isList && !to.isList) || (isTypeChanged && isNarrowed({ from: from.type, to: to.type }));
  return { detail: details.join("; "), isDestructive };
}
