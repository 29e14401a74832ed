import type { CodeEntity, CodeField, SourcePlace } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { FileFacts, TableStepFact } from "../extract-file-facts.ts";
import { isExamplePath } from "../is-example-path.ts";

const migrationFolder = /(?:^|\/)(?:migrations?|drizzle|alembic|versions|migrate)\//i;

/** A table and its former name, according to the migrations. */
type Built = { table: string; step: TableStepFact; fields: CodeField[]; keys: NonNullable<CodeEntity["keys"]> };

/** A position in a migration that creates or changes a table. */
export type TableHistory = SourcePlace & { table: string };

/**
 * The entities, including those that only migrations declare. If a model declares a table, its migrations are its
 * history and not an entity.
 */
export function assembleMigrations({
  factsByPath,
  entities,
}: {
  factsByPath: ReadonlyMap<FilePath, FileFacts>;
  entities: readonly CodeEntity[];
}): { entities: CodeEntity[]; history: TableHistory[] } {
  const isHistory = ({ origin, path }: CodeEntity) => origin === "sql" && migrationFolder.test(path);
  const models = entities.filter((entity) => entity.kind === "table" && !isHistory(entity));
  const declared = new Set(models.flatMap(({ name, tableName }) => [name, tableName ?? ""].map(normalize)));
  const built = [...foldSteps(factsByPath).values()].filter(({ table }) => !declared.has(normalize(table)));
  const isTold = (entity: CodeEntity) => isHistory(entity) && declared.has(normalize(entity.name));
  const steps = [...factsByPath.values()].flatMap(({ tableSteps }) => tableSteps);
  return {
    entities: [...entities.filter((entity) => !isTold(entity)), ...built.map(toEntity)],
    history: [
      ...entities.filter(isTold).map(({ name, path, line }) => ({ table: name, path, line })),
      ...steps.map(({ table, path, line }) => ({ table, path, line })),
    ],
  };
}

/** `public.users` and `Users` are users. */
function normalize(table: string): string {
  return table.slice(table.lastIndexOf(".") + 1).toLowerCase();
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

function foldSteps(factsByPath: ReadonlyMap<FilePath, FileFacts>): Map<string, Built> {
  const tables = new Map<string, Built>();
  for (const step of orderSteps([...factsByPath.values()].map(({ tableSteps }) => tableSteps)))
    applyStep({ tables, step });
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
  const key = normalize(step.table);
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
  switch (change.kind) {
    case "drop":
      tables.delete(key);
      break;
    case "rename":
      tables.delete(key);
      tables.set(normalize(change.to), { ...built, table: change.to });
      for (const each of tables.values()) followRename({ fields: each.fields, from: key, to: change.to });
      break;
    case "add":
      built.fields.push({ ...change.field });
      break;
    case "remove":
      built.fields = built.fields.filter(({ name }) => name !== change.column);
      break;
    case "change":
      built.fields = built.fields.map((field) =>
        field.name === change.column ? { ...field, ...change.change } : field,
      );
      break;
  }
}

function followRename({ fields, from, to }: { fields: CodeField[]; from: string; to: string }): void {
  for (const field of fields) {
    const [, table = "", column = ""] = /^(.*)\.([^.]*)$/.exec(field.references ?? "") ?? [];
    if (table !== "" && normalize(table) === from) field.references = `${to}.${column}`;
  }
}
