import type { CodeEnum, CodeKey } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { applyConstraint } from "#server/core/schema-extraction/apply-constraint.ts";
import type { EntityFact, TableStepFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import type { FactExtractor } from "../fact-extractor.ts";
import { readAlterations } from "./sql-alterations.ts";
import { isConstraint, readColumn, readConstraint } from "./sql-columns.ts";
import { listStatements, readName, splitParts, type Token } from "./sql-tokens.ts";

/** The part of a file that reverts a migration. */
const backwardFile = /(?:^|[._/-])(?:down|rollback|undo)\.sql$|(?:^|\/)U[\d._]+__[^/]*\.sql$/;
const backwardPart = /^--\s*(?:migrate:down|\+(?:goose|migrate|micrate)\s+down|rambler\s+down|down\s+migration)\b/im;

/** Tables, columns, keys and enum types of `CREATE TABLE`, and their changes by migrations, in any common dialect. */
export const sqlDdlExtractor: FactExtractor = {
  name: "sql-ddl",
  handles: (path) => path.endsWith(".sql"),
  extract({ path, text: whole }) {
    if (backwardFile.test(path) || !/\b(?:create|alter|drop|rename)\s+(?:\w+\s+)*(?:table|type)\b/i.test(whole))
      return {};
    const backward = backwardPart.exec(whole)?.index ?? whole.length;
    const statements = listStatements(whole.slice(0, backward));
    return {
      entities: statements.flatMap((tokens) => readTable({ tokens, path }) ?? []),
      enums: statements.flatMap((tokens) => readEnum({ tokens, path }) ?? []),
      tableSteps: statements.flatMap((tokens) =>
        readAlterations({ tokens, path }).map((step): TableStepFact => ({ ...step, origin: "sql", path })),
      ),
    };
  },
};

function readTable({ tokens, path }: { tokens: readonly Token[]; path: FilePath }): EntityFact | null {
  const words = tokens.slice(0, 8).map(({ text }) => text.toLowerCase());
  const table = words.indexOf("table");
  if (words[0] !== "create" || table === -1 || table > 4) return null;
  const start = words[table + 1] === "if" ? table + 4 : table + 1;
  const { name, next } = readName({ tokens, at: start });
  const first = tokens[start];
  if (first === undefined || tokens[next]?.text !== "(") return null;
  const entity: EntityFact = {
    name,
    origin: "sql",
    tableName: name,
    fields: [],
    bases: [],
    family: "sql",
    declaredAs: "entity",
    path,
    line: tokens[0]?.line ?? 1,
  };
  const keys: CodeKey[] = [];
  for (const part of splitParts(tokens.slice(next + 1))) readPart({ part, entity, keys, path });
  const primary = entity.fields.filter(({ isPrimaryKey }) => isPrimaryKey).map((field) => field.name);
  const all: CodeKey[] = primary.length > 1 ? [{ kind: "primary", fields: primary }, ...keys] : keys;
  if (all.length > 0) entity.keys = all;
  return entity;
}

function readPart({
  part,
  entity,
  keys,
  path,
}: {
  part: readonly Token[];
  entity: EntityFact;
  keys: CodeKey[];
  path: FilePath;
}): void {
  if (isConstraint(part)) {
    const constraint = readConstraint(part);
    if (constraint !== null) applyConstraint({ fields: entity.fields, keys, constraint });
    return;
  }
  const field = readColumn({ part, path });
  if (field !== null) entity.fields.push(field);
}

/** `CREATE TYPE status AS ENUM ('a', 'b')`. */
function readEnum({ tokens, path }: { tokens: readonly Token[]; path: FilePath }): CodeEnum | null {
  const words = tokens.slice(0, 12).map(({ text }) => text.toLowerCase());
  const at = words.indexOf("enum");
  if (words[0] !== "create" || words[1] !== "type" || at === -1) return null;
  const values = tokens
    .slice(at)
    .flatMap(({ text }) => (text.startsWith("'") ? [text.slice(1, -1).replaceAll("''", "'")] : []));
  const { name } = readName({ tokens, at: 2 });
  return values.length === 0 ? null : { name, values, path, line: tokens[0]?.line ?? 1 };
}
