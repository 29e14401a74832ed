import type { Node } from "web-tree-sitter";
import type { CodeEnum, CodeField } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { EntityFact, RelationFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import { scriptExtractor } from "./script-extractor.ts";
import { lineOf, spell } from "../spell-node.ts";
import { listProperties, readText } from "./typescript-syntax.ts";

/** Mongoose schemas, named after the model made from them. */
export const mongooseExtractor = scriptExtractor({
  name: "mongoose",
  isWanted: ({ text }) => text.includes("mongoose"),
  read({ root, path }) {
    const models = listModels(root);
    const found = root
      .descendantsOfType(["new_expression", "call_expression"])
      .flatMap((node) => (node === null ? [] : (readSchema({ node, models, path }) ?? [])));
    return {
      entities: found.map(({ entity }) => entity),
      relations: found.flatMap(({ relations }) => relations),
      enums: found.flatMap(({ enums }) => enums),
    };
  },
});

/** `mongoose.model("User", userSchema)`: model names by schema constant. */
function listModels(root: Node): ReadonlyMap<string, string> {
  const models = new Map<string, string>();
  for (const call of root.descendantsOfType("call_expression")) {
    const callee = call?.childForFieldName("function")?.text ?? "";
    const args = call?.childForFieldName("arguments")?.namedChildren ?? [];
    const name = readText(args[0]);
    const schema = args[1]?.text;
    if (/(?:^|\.)model(?:<.*)?$/s.test(callee) && name !== null && schema !== undefined) models.set(schema, name);
  }
  return models;
}

type Found = { entity: EntityFact; relations: RelationFact[]; enums: CodeEnum[] };

function readSchema({
  node,
  models,
  path,
}: {
  node: Node;
  models: ReadonlyMap<string, string>;
  path: FilePath;
}): Found | null {
  // A schema is created with or without `new`.
  const maker = node.childForFieldName(node.type === "new_expression" ? "constructor" : "function");
  if (!/(?:^|\.)Schema$/.test(maker?.text ?? "")) return null;
  const [shape, options] = node.childForFieldName("arguments")?.namedChildren ?? [];
  const holder = node.parent?.type === "variable_declarator" ? node.parent.childForFieldName("name")?.text : undefined;
  const name = models.get(holder ?? "") ?? models.get(node.text) ?? holder;
  if (shape?.type !== "object" || name === undefined) return null;
  const fields = listProperties(shape).map((property) => readField({ ...property, path }));
  const stamps = listProperties(options).find((each) => each.name === "timestamps" && each.value.text === "true");
  if (stamps !== undefined)
    fields.push(
      ...["createdAt", "updatedAt"].map((stamp) => toField({ name: stamp, type: "Date", path, line: stamps.line })),
    );
  const entity: EntityFact = {
    name,
    origin: "mongoose",
    fields,
    bases: [],
    family: "mongoose",
    declaredAs: "entity",
    path,
    line: lineOf(node),
  };
  const tableName = readText(listProperties(options).find((each) => each.name === "collection")?.value);
  if (tableName !== null) entity.tableName = tableName;
  return {
    entity,
    relations: fields.flatMap((field): RelationFact[] =>
      field.references === undefined
        ? []
        : [
            {
              fromEntity: name,
              fieldName: field.name,
              toEntity: field.references,
              cardinality: field.isList ? "many" : "one",
              path,
              line: field.line,
            },
          ],
    ),
    enums: listProperties(shape).flatMap((property) => readEnum({ ...property, owner: name, path }) ?? []),
  };
}

function toField({ name, type, path, line }: { name: string; type: string; path: FilePath; line: number }): CodeField {
  return { name, type, isOptional: true, isList: false, isPrimaryKey: false, isUnique: false, path, line };
}

/** `String`, `{ type: String, required: true }`, `[{ type: ObjectId, ref: "User" }]`, `{ street: String }`. */
function readField({
  name,
  value,
  line,
  path,
}: {
  name: string;
  value: Node;
  line: number;
  path: FilePath;
}): CodeField {
  const isArray = value.type === "array";
  const inner = isArray ? value.namedChildren[0] : value;
  const options = listProperties(inner);
  const option = (key: string) => options.find((each) => each.name === key)?.value;
  const typeNode = option("type");
  const isNestedArray = typeNode?.type === "array";
  const elementOptions = isNestedArray ? listProperties(typeNode.namedChildren[0]) : [];
  const named = typeNode ?? inner;
  const field = toField({
    name,
    type: named === undefined ? "[]" : spell(named).replace(/^(?:mongoose\.)?(?:Schema\.)?Types\./, ""),
    path,
    line,
  });
  field.isList = isArray || isNestedArray;
  const required = option("required");
  const isRequired =
    required !== undefined &&
    (required.text === "true" || (required.type === "array" && required.namedChildren[0]?.text === "true"));
  field.isOptional = !isRequired && name !== "_id";
  field.isPrimaryKey = name === "_id";
  field.isUnique = option("unique")?.text === "true";
  const made = option("default");
  if (made !== undefined) field.defaultValue = readText(made) ?? spell(made);
  const reference = readText(option("ref") ?? elementOptions.find((each) => each.name === "ref")?.value);
  if (reference !== null) field.references = reference;
  return field;
}

function readEnum({
  name,
  value,
  line,
  owner,
  path,
}: {
  name: string;
  value: Node;
  line: number;
  owner: string;
  path: FilePath;
}): CodeEnum | null {
  const list = listProperties(value).find((each) => each.name === "enum")?.value;
  const values = (list?.type === "array" ? list.namedChildren : []).flatMap((node) => readText(node) ?? []);
  return values.length === 0 ? null : { name: `${owner}.${name}`, values, path, line };
}
