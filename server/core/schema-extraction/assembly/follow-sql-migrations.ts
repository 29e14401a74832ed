import type { CodeEntity } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { TableStepFact } from "../extract-file-facts.ts";
import { changeTable, followRename, normalizeTable, type ChangingTable } from "./change-table.ts";
import { isMigrationPath } from "./is-migration-path.ts";
import type { Steps } from "../../steps.ts";

type LiveTable = ChangingTable & { entity: CodeEntity; name: string };
type Event = { path: FilePath; line: number } & ({ table: LiveTable } | { step: TableStepFact });

/** `V2__` precedes `V10__`. */
const byNumbers = new Intl.Collator("en", { numeric: true });

/**
 * The tables that SQL creates, with all changes by its migrations, in path order. A step applies to the nearest table
 * with its name: a project may have the same tables for several databases.
 */
export function* followSqlMigrations({
  entities,
  steps,
}: {
  entities: readonly CodeEntity[];
  steps: readonly TableStepFact[];
}): Steps<CodeEntity[]> {
  if (steps.length === 0) return [...entities];
  const tables = entities.map((entity): LiveTable => ({
    entity,
    name: entity.name,
    fields: entity.fields.map((field) => ({ ...field })),
    keys: (entity.keys ?? []).map((key) => ({ ...key })),
  }));
  const events: Event[] = [
    ...tables.map((table) => ({ path: table.entity.path, line: table.entity.line, table })),
    ...steps.map((step) => ({ path: step.path, line: step.line, step })),
  ];
  const live = new Set<LiveTable>();
  for (const event of events.toSorted((a, b) => byNumbers.compare(a.path, b.path) || a.line - b.line)) {
    if ("table" in event) live.add(event.table);
    else applyStep({ live, step: event.step });
    yield;
  }
  return [...live].map(({ entity: { keys: _keys, ...entity }, name, fields, keys }) => ({
    ...entity,
    name,
    tableName: name,
    fields,
    ...(keys.length === 0 ? {} : { keys }),
  }));
}

function applyStep({ live, step: { table: name, path, step } }: { live: Set<LiveTable>; step: TableStepFact }): void {
  const table = findNearest({ live, name, path });
  if (table === null) return;
  if (step.kind === "create") return;
  if (step.kind === "drop") {
    // Other files drop tables to recreate them, or at the end of a test.
    if (isMigrationPath(path)) live.delete(table);
  } else if (step.kind === "rename") {
    for (const { fields } of live) followRename({ fields, from: normalizeTable(table.name), to: step.to });
    table.name = step.to;
  } else changeTable({ table, step });
}

function findNearest({
  live,
  name,
  path,
}: {
  live: Iterable<LiveTable>;
  name: string;
  path: FilePath;
}): LiveTable | null {
  const wanted = normalizeTable(name);
  let nearest: LiveTable | null = null;
  let nearestShared = -1;
  for (const table of live) {
    if (normalizeTable(table.name) !== wanted) continue;
    const shared = countSharedFolders(table.entity.path, path);
    if (shared > nearestShared) {
      nearest = table;
      nearestShared = shared;
    }
  }
  return nearest;
}

function countSharedFolders(a: string, b: string): number {
  const left = a.split("/");
  const right = b.split("/");
  const end = left.findIndex((part, at) => at === left.length - 1 || part !== right[at]);
  return end === -1 ? left.length : end;
}
