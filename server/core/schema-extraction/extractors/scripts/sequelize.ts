import type { Node } from "web-tree-sitter";
import type { CodeEnum, CodeField } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { EntityFact, RelationFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import { scriptExtractor } from "./script-extractor.ts";
import { lineOf, spell } from "../spell-node.ts";
import { listScriptClasses, type ClassMember, type ScriptClass } from "./typescript-classes.ts";
import { listProperties, readText, type Property } from "./typescript-syntax.ts";

const associations = { belongsTo: "one", hasOne: "one", hasMany: "many", belongsToMany: "many" } as const;
const decoratedRelations = { BelongsTo: "one", HasOne: "one", HasMany: "many", BelongsToMany: "many" } as const;

/** Sequelize models: defined by call, by class, or with decorators. */
export const sequelizeExtractor = scriptExtractor({
  name: "sequelize",
  isWanted: ({ text, path }) => /sequelize/i.test(text) && !/(?:^|\/)(?:migrations|seeders|seeds)\//.test(path),
  read({ root, path }) {
    const calls = root.descendantsOfType("call_expression").filter((node) => node !== null);
    const found = [
      ...calls.flatMap((call) => readDefinition({ call, path }) ?? []),
      ...listScriptClasses(root).flatMap((source) => readDecorated({ source, path }) ?? []),
    ];
    return {
      entities: found.map(({ entity }) => entity),
      relations: [
        ...found.flatMap(({ relations }) => relations),
        ...calls.flatMap((call) => readAssociation({ call, path }) ?? []),
      ],
      enums: found.flatMap(({ enums }) => enums),
    };
  },
});

type Found = { entity: EntityFact; relations: RelationFact[]; enums: CodeEnum[] };

/** `sequelize.define("User", {…}, {…})` and `User.init({…}, { sequelize, modelName: "User" })`. */
function readDefinition({ call, path }: { call: Node; path: FilePath }): Found | null {
  const callee = call.childForFieldName("function");
  const method = callee?.childForFieldName("property")?.text;
  const args = (call.childForFieldName("arguments")?.namedChildren ?? []).filter(({ type }) => type !== "comment");
  const owner = callee?.childForFieldName("object")?.text ?? "";
  if (method === "define") {
    const name = readText(args[0]);
    return name === null ? null : readShape({ name, shape: args[1], options: args[2], call, path });
  }
  if (method !== "init" || args.length < 2) return null;
  const option = (key: string) => listProperties(args[1]).find(({ name }) => name === key)?.value;
  if (option("sequelize") === undefined) return null;
  const className = owner === "super" || owner === "this" ? findClassName(call) : owner;
  const name = readText(option("modelName")) ?? className;
  return name === null ? null : readShape({ name, shape: args[0], options: args[1], call, path });
}

function findClassName(node: Node): string | null {
  for (let outer = node.parent; outer !== null; outer = outer.parent)
    if (outer.type === "class_declaration" || outer.type === "class")
      return outer.childForFieldName("name")?.text ?? null;
  return null;
}

function readShape({
  name,
  shape,
  options,
  call,
  path,
}: {
  name: string;
  shape: Node | undefined;
  options: Node | undefined;
  call: Node;
  path: FilePath;
}): Found | null {
  if (shape?.type !== "object") return null;
  const attributes = listProperties(shape);
  const fields = attributes.map((attribute) => readAttribute({ attribute, path }));
  const entity = toEntity({ name, fields, path, line: lineOf(call) });
  const tableName = readText(listProperties(options).find((each) => each.name === "tableName")?.value);
  if (tableName !== null) entity.tableName = tableName;
  const enums = attributes.flatMap(({ name: field, value, line }): CodeEnum[] => {
    const values = readEnumValues(value);
    return values.length === 0 ? [] : [{ name: `${name}.${field}`, values, path, line }];
  });
  return { entity, relations: [], enums };
}

function toEntity({
  name,
  fields,
  path,
  line,
}: {
  name: string;
  fields: CodeField[];
  path: FilePath;
  line: number;
}): EntityFact {
  return { name, origin: "sequelize", fields, bases: [], family: "sequelize", declaredAs: "entity", path, line };
}

/** `DataTypes.STRING(80)`, `{ type: DataTypes.INTEGER, allowNull: false, references: { model: "users", key: "id" } }`. */
function readAttribute({ attribute: { name, value, line }, path }: { attribute: Property; path: FilePath }): CodeField {
  const options = listProperties(value);
  const option = (key: string) => options.find((each) => each.name === key)?.value;
  const typeNode = option("type") ?? (value.type === "object" ? undefined : value);
  const isPrimaryKey = option("primaryKey")?.text === "true";
  const field: CodeField = {
    name,
    type: spellType(typeNode),
    isOptional: !isPrimaryKey && option("allowNull")?.text !== "false",
    isList: /\bARRAY\b/.test(typeNode?.text ?? ""),
    isPrimaryKey,
    isUnique: option("unique") !== undefined && option("unique")?.text !== "false",
    path,
    line,
  };
  const made = option("defaultValue");
  if (made !== undefined) field.defaultValue = readText(made) ?? spell(made);
  const references = listProperties(option("references"));
  const model = references.find((each) => each.name === "model")?.value;
  const key = readText(references.find((each) => each.name === "key")?.value) ?? "id";
  if (model !== undefined) field.references = `${readModel(model)}.${key}`;
  return field;
}

function spellType(node: Node | undefined): string {
  return node === undefined
    ? ""
    : spell(node)
        .replace(/^(?:\w+\.)*(?=[A-Z]+\b)/, "")
        .replace(/^ENUM\(.*$/s, "ENUM");
}

/** `"users"`, `User`, `db.User`, and `{ tableName: "users" }`. */
function readModel(node: Node): string {
  const named = listProperties(node).find(({ name }) => name === "tableName")?.value;
  const text = readText(named ?? node) ?? node.text;
  return text.slice(text.lastIndexOf(".") + 1);
}

function readEnumValues(value: Node): string[] {
  const type = listProperties(value).find(({ name }) => name === "type")?.value ?? value;
  if (type.type !== "call_expression" || !/(?:^|\.)ENUM$/.test(type.childForFieldName("function")?.text ?? ""))
    return [];
  const args = type.childForFieldName("arguments")?.namedChildren ?? [];
  return args
    .flatMap((node) => (node.type === "array" ? node.namedChildren : [node]))
    .flatMap((node) => readText(node) ?? []);
}

/** `User.hasMany(models.Post, { as: "posts" })`, `this.belongsTo(models.User)`. */
function readAssociation({ call, path }: { call: Node; path: FilePath }): RelationFact | null {
  const callee = call.childForFieldName("function");
  const method = callee?.childForFieldName("property")?.text ?? "";
  const owner = callee?.childForFieldName("object")?.text ?? "";
  const [target, options] = call.childForFieldName("arguments")?.namedChildren ?? [];
  if (!(method in associations) || target === undefined || !/^(?:\w+\.)*[\w$]+$/.test(target.text)) return null;
  const from = owner === "this" ? findClassName(call) : owner.slice(owner.lastIndexOf(".") + 1);
  if (from === null || from === "") return null;
  const to = target.text.slice(target.text.lastIndexOf(".") + 1);
  const alias = readText(listProperties(options).find(({ name }) => name === "as")?.value);
  const cardinality = associations[method as keyof typeof associations];
  return { fromEntity: from, fieldName: alias ?? to, toEntity: to, cardinality, path, line: lineOf(call) };
}

/** `@Table class User extends Model { @Column name: string; @HasMany(() => Post) posts: Post[] }`. */
function readDecorated({ source, path }: { source: ScriptClass; path: FilePath }): Found | null {
  const table = source.decorators.find(({ name }) => name === "Table");
  if (table === undefined || !/^Model\b/.test(source.base)) return null;
  const fields = source.members.flatMap((member) => readColumn({ member, path }) ?? []);
  const entity = toEntity({ name: source.name, fields, path, line: source.line });
  const tableName = readText(listProperties(table.args[0]).find(({ name }) => name === "tableName")?.value);
  if (tableName !== null) entity.tableName = tableName;
  const relations = source.members.flatMap((member): RelationFact[] =>
    member.decorators.flatMap(({ name, args }) => {
      const target = /=>\s*([\w$.]+)/.exec(args[0]?.text ?? "")?.[1];
      if (!(name in decoratedRelations) || target === undefined) return [];
      const cardinality = decoratedRelations[name as keyof typeof decoratedRelations];
      return [
        { fromEntity: source.name, fieldName: member.name, toEntity: target, cardinality, path, line: member.line },
      ];
    }),
  );
  return { entity, relations, enums: [] };
}

function readColumn({ member, path }: { member: ClassMember; path: FilePath }): CodeField | null {
  const has = (pattern: RegExp) => member.decorators.some(({ name }) => pattern.test(name));
  if (!has(/^(?:Column|PrimaryKey|ForeignKey|CreatedAt|UpdatedAt|DeletedAt)$/)) return null;
  const column = member.decorators.find(({ name }) => name === "Column")?.args[0];
  const options = listProperties(column);
  const option = (key: string) => options.find(({ name }) => name === key)?.value;
  const declared = option("type") ?? (column?.type === "object" ? undefined : column);
  const annotation = spell(member.node.childForFieldName("type") ?? member.node).replace(/^:\s*/, "");
  const isPrimaryKey = has(/^PrimaryKey$/) || option("primaryKey")?.text === "true";
  const field: CodeField = {
    name: member.name,
    type: declared === undefined ? annotation.replace(/\s*\|\s*(?:null|undefined)/g, "") : spellType(declared),
    isOptional: !isPrimaryKey && option("allowNull")?.text !== "false" && !has(/^AllowNull$/),
    isList: annotation.endsWith("[]"),
    isPrimaryKey,
    isUnique: has(/^Unique$/) || option("unique")?.text === "true",
    path,
    line: member.line,
  };
  const made = option("defaultValue") ?? member.decorators.find(({ name }) => name === "Default")?.args[0];
  if (made !== undefined) field.defaultValue = readText(made) ?? spell(made);
  const target = /=>\s*([\w$.]+)/.exec(
    member.decorators.find(({ name }) => name === "ForeignKey")?.args[0]?.text ?? "",
  )?.[1];
  if (target !== undefined) field.references = `${target}.id`;
  return field;
}
