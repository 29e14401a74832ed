import type { CodeEntity, EntityKind } from "#lib/contracts/versions/code-schema.ts";

type EntityGroup = { name: string; entities: CodeEntity[] };

/** In display order: tables first, declarations of tests and examples last. */
const kindWords: Record<EntityKind, string> = {
  table: "Tables",
  request: "Requests",
  response: "Responses",
  settings: "Settings",
  other: "Other types",
};
const examplesName = "Tests and examples";

/**
 * The entities by kind. With a filter, only those with all its words in their name, table, path or field names. Empty
 * groups are omitted.
 */
export function groupEntities({
  entities,
  filter,
}: {
  entities: readonly CodeEntity[];
  filter: string;
}): EntityGroup[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const shown = entities.filter((entity) => {
    const text = describe(entity);
    return words.every((word) => text.includes(word));
  });
  const byName = Map.groupBy(shown, ({ kind, isExample }) => (isExample === true ? examplesName : kindWords[kind]));
  return [...Object.values(kindWords), examplesName].flatMap((name) => {
    const group = byName.get(name);
    return group === undefined ? [] : [{ name, entities: group }];
  });
}

function describe({ name, tableName = "", path, fields }: CodeEntity): string {
  return [name, tableName, path, ...fields.map((field) => field.name)].join(" ").toLowerCase();
}
