import type { CodeEntity, CodeField, SourcePlace } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { comparePaths } from "#server/core/file-tree.ts";
import type { FileFacts, TableStepFact } from "../extract-file-facts.ts";
import { isExamplePath } from "../is-example-path.ts";
import { changeTable, followRename, normalizeTable } from "./change-table.ts";
import { followSqlMigrations } from "./follow-sql-migrations.ts";
import { isMigrationPath } from "./is-migration-path.ts";
import type { Steps } from "../../steps.ts";

/** A table and its former name, according to the migrations. */
type Built = { table: string; step: TableStepFact; fields: CodeField[]; keys: NonNullable<CodeEntity["keys"]> };

/** A position in a migration that creates or changes a table. */
export type TableHistory = SourcePlace & { table: string };

/**
 * The entities, including those that only migrations declare. If a model declares a table, its migrations are its
 * history and not an entity.
 */
export function* assembleMigrations({
  factsByPath,
  entities: declaredEntities,
}: {
  factsByPath: ReadonlyMap<FilePath, FileFacts>;
  entities: readonly CodeEntity[];
}): Steps<{ entities: CodeEntity[]; history: TableHistory[] }> {
  const steps = [...factsByPath.values()].flatMap(({ tableSteps }) => tableSteps);
  const entities = [
    ...declaredEntities.filter(({ origin }) => origin !== "sql"),
    ...(yield* followSqlMigrations({
      entities: declaredEntities.filter(({ origin }) => origin === "sql"),
      steps: steps.filter(({ origin }) => origin === "sql"),
    })),
  ].toSorted((a, b) => comparePaths(a.path, b.path) || a.line - b.line);
  const isHistory = ({ origin, path }: CodeEntity) => origin === "sql" && isMigrationPath(path);
  const models = entities.filter((entity) => entity.kind === "table" && !isHistory(entity));
  const declared = new Set(models.flatMap(({ name, tableName }) => [name, tableName ?? ""].map(normalizeTable)));
  const built = [...(yield* foldSteps(factsByPath)).values()].filter(
    ({ table }) => !declared.has(normalizeTable(table)),
  );
  const isTold = (entity: CodeEntity) => isHistory(entity) && declared.has(normalizeTable(entity.name));
  return {
    entities: [...entities.filter((entity) => !isTold(entity)), ...built.map(toEntity)],
    history: [
      ...entities.filter(isTold).map(({ name, path, line }) => ({ table: name, path, line })),
      ...steps.map(({ table, path, line }) => ({ table, path, line })),
    ],
  };
}

function toEntity({ table, step: { origin, path, line }, fields, keys }: Built): CodeEntity {
  return {
    name: table,
    origin,
    kind: "table",
    tableName: table,
    fields,
    ...(keys.length === 0 ? {} : { keys }),
    path,
    line,
    ...(isExamplePath(path) ? { isExample: true as const } : {}),
  };
}

function* foldSteps(factsByPath: ReadonlyMap<FilePath, FileFacts>): Steps<Map<string, Built>> {
  const tables = new Map<string, Built>();
  const files = [...factsByPath.values()].map(({ tableSteps }) => tableSteps.filter(({ origin }) => origin !== "sql"));
  for (const step of orderSteps(files)) {
    applyStep({ tables, step });
    yield;
  }
  return tables;
}

/** A migration follows the one that it names; those that name none are sorted by path. */
function orderSteps(files: readonly TableStepFact[][]): TableStepFact[] {
  const migrations = files.filter((steps) => steps.length > 0);
  const byRevision = new Map(
    migrations.flatMap((steps) => (steps[0]?.revision === undefined ? [] : [[steps[0].revision, steps]])),
  );
  const ordered = new Set<TableStepFact[]>();
  for (const steps of migrations) {
    const chain: TableStepFact[][] = [];
    for (
      let next: TableStepFact[] | undefined = steps;
      next !== undefined && !ordered.has(next) && !chain.includes(next);
      next = byRevision.get(next[0]?.follows ?? "")
    )
      chain.push(next);
    for (const each of chain.toReversed()) ordered.add(each);
  }
  return [...ordered].flat();
}

function applyStep({ tables, step }: { tables: Map<string, Built>; step: TableStepFact }): void {
  const key = normalizeTable(step.table);
  const built = tables.get(key);
  const change = step.step;
  if (change.kind === "create") {
    tables.set(key, {
      table: step.table,
      step,
      fields: change.fields.map((field) => ({ ...field })),
      keys: change.keys,
    });
    return;
  }
  if (built === undefined) return;
  if (change.kind === "drop") tables.delete(key);
  else if (change.kind === "rename") {
    tables.delete(key);
    tables.set(normalizeTable(change.to), { ...built, table: change.to });
    for (const { fields } of tables.values()) followRename({ fields, from: key, to: change.to });
  } else changeTable({ table: built, step: change });
}
