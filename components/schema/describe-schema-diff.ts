import type { SchemaChange, SchemaDiff } from "#lib/contracts/comparisons/schema-diff.ts";

const signs: Record<SchemaChange["change"], string> = { added: "+", removed: "−", renamed: "~", changed: "~" };
const words: Record<SchemaChange["change"], string> = {
  added: "new",
  removed: "gone",
  renamed: "renamed",
  changed: "changed",
};

/** One line of a list of schema differences. */
type SchemaLine = { name: string; text: string; isDestructive: boolean };

/** The differences in the order of entities, fields, relations and routes; destructive ones first. */
export function describeSchemaDiff({ entities, fields, relations, routes }: SchemaDiff): SchemaLine[] {
  const told = new Set(entities.filter(({ change }) => /^(?:added|removed)$/.test(change)).map(({ name }) => name));
  const isToldByItsEntity = ({ name }: SchemaChange) => told.has(name.slice(0, name.lastIndexOf(".")));
  return [
    ...entities.map((change) => toLine({ change, noun: "" })),
    ...fields.filter((change) => !isToldByItsEntity(change)).map((change) => toLine({ change, noun: "" })),
    ...relations.filter((change) => !isToldByItsEntity(change)).map((change) => toLine({ change, noun: "relation" })),
    ...routes.map((change) => toLine({ change, noun: "route" })),
  ].toSorted((a, b) => Number(b.isDestructive) - Number(a.isDestructive));
}

function toLine({
  change: { change, name, previousName, detail, isDestructive },
  noun,
}: {
  change: SchemaChange;
  noun: string;
}): SchemaLine {
  const what = [noun, previousName === undefined ? words[change] : `was ${previousName}`, detail ?? ""];
  return { name, text: `${signs[change]} ${name}: ${what.filter((part) => part !== "").join(", ")}`, isDestructive };
}
