import type { Node } from "web-tree-sitter";
import type { CodeEnum, CodeField, CodeKey } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { EntityFact, RelationFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import { scriptExtractor } from "./script-extractor.ts";
import { lineOf, spell } from "../spell-node.ts";
import {
  listDeclarators,
  listBaseImports,
  listProperties,
  listTopLevel,
  readCallChain,
  readText,
  type CallStep,
  type Declarator,
} from "./typescript-syntax.ts";

const columnTypes =
  /^(?:\w*serial|\w*int(?:eger)?|text|\w*text|varchar|char|boolean|timestamp|date|datetime|time|uuid|jsonb?|numeric|decimal|real|double\w*|blob|bytea)$/i;

/** Tables of Drizzle with their columns, keys, enums and relations. */
export const drizzleExtractor = scriptExtractor({
  name: "drizzle",
  isWanted: ({ text }) => /drizzle-orm|\b(?:pg|mysql|sqlite)Table\w*\s*\(/.test(text),
  read({ root, path }) {
    const declarators = listDeclarators(listTopLevel(root));
    const entities = declarators.flatMap(
      (declarator) => readTable({ declarator, path }) ?? readSharedColumns({ declarator, path }) ?? [],
    );
    return {
      entities,
      relations: declarators.flatMap((declarator) => readRelations({ declarator, path })),
      enums: declarators.flatMap((declarator) => readEnum({ declarator, path }) ?? []),
      imports: listBaseImports({ root, entities }),
    };
  },
});

function lastCall(expression: Node | null): { callee: string; args: Node[]; steps: CallStep[] } | null {
  const chain = readCallChain(expression);
  const index = chain?.steps.findIndex((step) => step.args !== null) ?? -1;
  const step = chain?.steps[index];
  if (chain === null || step === undefined || step.args === null) return null;
  return { callee: step.name === "" ? chain.root : step.name, args: step.args, steps: chain.steps.slice(index + 1) };
}

/** `pgTable("users", { … }, (table) => [ … ])`, `schema.table(…)`, or a project's own `createTable(…)`. */
function readTable({ declarator, path }: { declarator: Declarator; path: FilePath }): EntityFact | null {
  const call = lastCall(declarator.value);
  const tableName = readText(call?.args[0]);
  const columns = call?.args[1];
  if (call === null || tableName === null || !/^(?:\w*[tT]able\w*|view)$/.test(call.callee)) return null;
  const shape = columns?.type === "arrow_function" ? findReturned(columns) : columns;
  if (shape?.type !== "object") return null;
  const fields = listProperties(shape).flatMap(
    ({ name, value, line }) => readColumn({ name, value, line, path }) ?? [],
  );
  if (fields.length === 0) return null;
  const spreads = shape.namedChildren.flatMap((child) =>
    child.type === "spread_element" && /^[\w$.]+$/.test(child.firstNamedChild?.text ?? "")
      ? [child.firstNamedChild?.text ?? ""]
      : [],
  );
  const entity: EntityFact = {
    name: declarator.name,
    origin: "drizzle",
    tableName,
    fields,
    bases: spreads.map((name) => ({ name })),
    family: "drizzle",
    declaredAs: "entity",
    path,
    line: declarator.line,
  };
  const keys = call.args[2] === undefined ? [] : readKeys(call.args[2]);
  for (const field of fields)
    if (keys.some(({ kind, fields: names }) => kind === "primary" && names.includes(field.name)))
      field.isPrimaryKey = true;
  if (keys.length > 0) entity.keys = keys;
  return entity;
}

/** `const timestamps = { createdAt: timestamp().notNull() }`: columns that tables spread. */
function readSharedColumns({ declarator, path }: { declarator: Declarator; path: FilePath }): EntityFact | null {
  const { name, line, value } = declarator;
  const properties = listProperties(value);
  const isColumn = ({ value: column }: { value: Node }) => columnTypes.test(lastCall(column)?.callee ?? "");
  if (properties.length === 0 || !properties.every(isColumn)) return null;
  const fields = properties.flatMap((each) => readColumn({ ...each, path }) ?? []);
  return { name, origin: "drizzle", fields, bases: [], family: "drizzle", declaredAs: "abstract", path, line };
}

function findReturned(arrow: Node): Node | null {
  const body = arrow.childForFieldName("body");
  if (body?.type === "parenthesized_expression") return body.firstNamedChild;
  if (body?.type !== "statement_block") return body;
  return body.namedChildren.find(({ type }) => type === "return_statement")?.firstNamedChild ?? null;
}

function readColumn({
  name,
  value,
  line,
  path,
}: {
  name: string;
  value: Node;
  line: number;
  path: FilePath;
}): CodeField | null {
  const call = lastCall(value);
  if (call === null) return null;
  const has = (step: string) => call.steps.some((each) => each.name === step);
  const length = /\blength\s*:\s*(\d+)/.exec(call.args.map(({ text }) => text).join(" "))?.[1];
  const isPrimaryKey = has("primaryKey");
  const field: CodeField = {
    name,
    type: length === undefined ? call.callee : `${call.callee}(${length})`,
    isOptional: !has("notNull") && !isPrimaryKey && !/serial$/i.test(call.callee),
    isList: has("array"),
    isPrimaryKey,
    isUnique: has("unique"),
    path,
    line,
  };
  const made = call.steps.find((step) =>
    /^(?:default|defaultNow|defaultRandom|\$default|\$defaultFn)$/.test(step.name),
  );
  if (made !== undefined)
    field.defaultValue =
      made.args?.[0] === undefined ? `${made.name}()` : (readText(made.args[0]) ?? spell(made.args[0]));
  const target = /=>\s*([\w$]+\.[\w$]+)/.exec(
    call.steps.find((step) => step.name === "references")?.args?.[0]?.text ?? "",
  )?.[1];
  if (target !== undefined) field.references = target;
  return field;
}

/** `primaryKey({ columns: [table.a, table.b] })`, `uniqueIndex("x").on(table.a)`, in an object or an array. */
function readKeys(builder: Node): CodeKey[] {
  const returned = findReturned(builder);
  const values =
    returned?.type === "array" ? returned.namedChildren : listProperties(returned).map(({ value }) => value);
  return values.flatMap((value): CodeKey[] => {
    const call = lastCall(value);
    if (call === null) return [];
    const named = [...call.args, ...call.steps.flatMap(({ args }) => args ?? [])].map(({ text }) => text).join(" ");
    const fields = [...named.matchAll(/\b(?!sql\b)[\w$]+\.([\w$]+)/g)].flatMap(([, name]) => name ?? []);
    const kinds = { primaryKey: "primary", unique: "unique", uniqueIndex: "unique", index: "index" } as const;
    const kind = call.callee in kinds ? kinds[call.callee as keyof typeof kinds] : undefined;
    return kind === undefined || fields.length === 0 ? [] : [{ kind, fields: [...new Set(fields)] }];
  });
}

/** `relations(users, ({ many }) => ({ posts: many(posts) }))`. */
function readRelations({ declarator, path }: { declarator: Declarator; path: FilePath }): RelationFact[] {
  const call = lastCall(declarator.value);
  const owner = call?.args[0]?.text;
  const builder = call?.args[1];
  if (call?.callee !== "relations" || owner === undefined || builder === undefined) return [];
  return listProperties(findReturned(builder)).flatMap(({ name, value }): RelationFact[] => {
    const made = lastCall(value);
    const target = made?.args[0]?.text;
    if (made === null || target === undefined || !/^(?:one|many)$/.test(made.callee)) return [];
    return [
      {
        fromEntity: owner,
        fieldName: name,
        toEntity: target,
        cardinality: made.callee === "many" ? "many" : "one",
        path,
        line: lineOf(value),
      },
    ];
  });
}

/** `pgEnum("status", ["a", "b"])`. */
function readEnum({ declarator, path }: { declarator: Declarator; path: FilePath }): CodeEnum | null {
  const call = lastCall(declarator.value);
  if (call === null || !/^(?:\w*Enum|enum)$/.test(call.callee) || call.args[1]?.type !== "array") return null;
  const values = call.args[1].namedChildren.flatMap((node) => readText(node) ?? []);
  return values.length === 0 ? null : { name: declarator.name, values, path, line: declarator.line };
}
