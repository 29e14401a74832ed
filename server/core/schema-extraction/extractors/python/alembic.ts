import type { Node } from "web-tree-sitter";
import type { CodeField, CodeKey } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { TableStepFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import { pythonExtractor } from "./python-extractor.ts";
import {
  lastName,
  listAssignments,
  listModuleStatements,
  readCall,
  readDefinition,
  readString,
  type PythonCall,
} from "./python-syntax.ts";
import { lineOf, spell } from "../spell-node.ts";
import { completeKeys, emptyField, readColumnArguments, readConstraint } from "./sqlalchemy-columns.ts";

/** The forward steps of Alembic migrations: evidence of tables that no model declares. */
export const alembicExtractor = pythonExtractor({
  name: "alembic",
  isWanted: ({ text }) => /\balembic\b/.test(text) && /\bdef upgrade\b/.test(text),
  read({ root, path }) {
    const statements = listModuleStatements(root);
    const constants = new Map(listAssignments(statements).map(({ name, value }) => [name, readString(value)]));
    const upgrade = statements
      .map((statement) => readDefinition(statement).definition)
      .find(
        (definition) =>
          definition.type === "function_definition" && definition.childForFieldName("name")?.text === "upgrade",
      );
    const order = {
      ...named("revision", constants.get("revision")),
      ...named("follows", constants.get("down_revision")),
    };
    const batches = upgrade === undefined ? new Map<string, string>() : readBatches(upgrade);
    const calls = (upgrade?.descendantsOfType("call") ?? []).filter((node) => node !== null);
    return {
      tableSteps: calls.flatMap((node): TableStepFact[] => {
        const step = readStep({ node, batches, path });
        return step === null ? [] : [{ ...step, ...order, origin: "alembic", path, line: lineOf(node) }];
      }),
    };
  },
});

function named<Name extends string>(name: Name, value: string | null | undefined): Partial<Record<Name, string>> {
  return (value === null || value === undefined ? {} : { [name]: value }) as Partial<Record<Name, string>>;
}

/** `with op.batch_alter_table("users") as batch_op:`, by the block's variable. */
function readBatches(upgrade: Node): Map<string, string> {
  const batches = new Map<string, string>();
  for (const item of upgrade.descendantsOfType("as_pattern")) {
    const call = readCall(item?.firstNamedChild ?? null);
    const table = readString(call?.positional[0] ?? call?.keywords.get("table_name"));
    const alias = item?.childForFieldName("alias")?.text;
    if (call !== null && lastName(call.callee) === "batch_alter_table" && table !== null && alias !== undefined)
      batches.set(alias, table);
  }
  return batches;
}

function readStep({
  node,
  batches,
  path,
}: {
  node: Node;
  batches: ReadonlyMap<string, string>;
  path: FilePath;
}): Pick<TableStepFact, "table" | "step"> | null {
  const call = readCall(node);
  if (call === null) return null;
  const [object = "", method = ""] = call.callee.split(".");
  const batchTable = batches.get(object);
  if (object !== "op" && batchTable === undefined) return null;
  // In a batch the table is not named again.
  const args = batchTable === undefined ? call.positional.slice(1) : call.positional;
  const table = batchTable ?? readString(call.positional[0] ?? call.keywords.get("table_name"));
  if (table === null) return null;
  const [first, second] = args;
  switch (method) {
    case "create_table":
      return { table, step: { kind: "create", ...readColumns({ call, path }) } };
    case "drop_table":
      return { table, step: { kind: "drop" } };
    case "rename_table": {
      const to = readString(first ?? call.keywords.get("new_table_name"));
      return to === null ? null : { table, step: { kind: "rename", to } };
    }
    case "add_column": {
      const field = first === undefined ? null : readColumn({ node: first, path });
      return field === null ? null : { table, step: { kind: "add", field } };
    }
    case "drop_column": {
      const column = readString(first ?? call.keywords.get("column_name"));
      return column === null ? null : { table, step: { kind: "remove", column } };
    }
    case "alter_column": {
      const column = readString(first ?? call.keywords.get("column_name"));
      return column === null || second?.type === "call"
        ? null
        : { table, step: { kind: "change", column, change: readChange(call) } };
    }
    default:
      return null;
  }
}

function readColumns({ call, path }: { call: PythonCall; path: FilePath }): { fields: CodeField[]; keys: CodeKey[] } {
  const parts = call.positional.slice(1);
  const fields = parts.flatMap((node) => readColumn({ node, path }) ?? []);
  for (const part of parts) readForeignKey({ node: part, fields });
  return { fields, keys: completeKeys({ keys: parts.flatMap((node) => readConstraint(node) ?? []), fields }) };
}

/** `sa.Column("title", sa.String(80), nullable=False)`. */
function readColumn({ node, path }: { node: Node; path: FilePath }): CodeField | null {
  const call = readCall(node);
  const name = readString(call?.positional[0] ?? call?.keywords.get("name"));
  if (call === null || lastName(call.callee) !== "Column" || name === null) return null;
  const field: CodeField = { ...emptyField, name, path, line: lineOf(node) };
  readColumnArguments({ call: { ...call, positional: call.positional.slice(1) }, field, hasMappedType: false });
  return field;
}

/** `sa.ForeignKeyConstraint(["owner_id"], ["users.id"])`. */
function readForeignKey({ node, fields }: { node: Node; fields: readonly CodeField[] }): void {
  const call = readCall(node);
  if (call === null || lastName(call.callee) !== "ForeignKeyConstraint") return;
  const list = (argument: Node | undefined) =>
    argument?.namedChildren.flatMap((child) => readString(child) ?? []) ?? [];
  const targets = list(call.positional[1]);
  for (const [at, name] of list(call.positional[0]).entries()) {
    const field = fields.find((each) => each.name === name);
    const target = targets[at];
    if (field !== undefined && target !== undefined) field.references = target;
  }
}

function readChange({ keywords }: PythonCall): Extract<TableStepFact["step"], { kind: "change" }>["change"] {
  const name = readString(keywords.get("new_column_name"));
  const type = keywords.get("type_");
  const nullable = keywords.get("nullable");
  return {
    ...(name === null ? {} : { name }),
    ...(type === undefined ? {} : { type: spell(type) }),
    ...(nullable === undefined ? {} : { isOptional: nullable.text === "True" }),
  };
}
