import type { SchemaChange, SchemaDiff } from "#lib/contracts/comparisons/schema-diff.ts";

/** The changes against the parent, by kind and name (`field Task.title`). Removed things have no place to show. */
export type SchemaMarks = ReadonlyMap<string, SchemaChange>;

export function describeMarks(diff: SchemaDiff): { marks: SchemaMarks; removed: SchemaChange[] } {
  const all = [
    ...diff.entities.map((change) => ["entity", change] as const),
    ...diff.fields.map((change) => ["field", change] as const),
    ...diff.relations.map((change) => ["relation", change] as const),
    ...diff.routes.map((change) => ["route", change] as const),
  ];
  return {
    marks: new Map(
      all.flatMap(([kind, change]) =>
        change.change === "removed" ? [] : [[`${kind} ${change.name}`, change] as const],
      ),
    ),
    removed: all.flatMap(([, change]) => (change.change === "removed" ? [change] : [])),
  };
}

/** The detail shown next to a change: "added", "was title", "String → Int". */
export function describeMark({ change, previousName, detail }: SchemaChange): string {
  if (change === "added") return "added";
  return [previousName === undefined ? "" : `was ${previousName}`, detail ?? ""]
    .filter((part) => part !== "")
    .join("; ");
}
