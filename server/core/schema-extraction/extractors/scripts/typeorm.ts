import type { Node } from "web-tree-sitter";
import type { CodeField, CodeKey } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { EntityFact, RelationFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import { scriptExtractor } from "./script-extractor.ts";
import { spell } from "../spell-node.ts";
import { listScriptClasses, type ClassMember, type Decorator, type ScriptClass } from "./typescript-classes.ts";
import { listBaseImports, listProperties, readText } from "./typescript-syntax.ts";

const columns =
  /^(?:Column|PrimaryColumn|PrimaryGeneratedColumn|CreateDateColumn|UpdateDateColumn|DeleteDateColumn|VersionColumn|ObjectIdColumn|ViewColumn|Property|PrimaryKey|Enum|Prop)$/;
const relations = /^(OneToOne|OneToMany|ManyToOne|ManyToMany)$/;

/** Entity classes of TypeORM, and of MikroORM and Nest's Mongoose, which have the same decorators. */
export const typeormExtractor = scriptExtractor({
  name: "typeorm",
  isWanted: ({ text }) => /typeorm|@mikro-orm|@nestjs\/mongoose/.test(text),
  read({ root, path }) {
    const found = listScriptClasses(root).flatMap((source) => readEntity({ source, path }) ?? []);
    const entities = found.map(({ entity }) => entity);
    return {
      entities,
      relations: found.flatMap((each) => each.relations),
      imports: listBaseImports({ root, entities }),
    };
  },
});

function readEntity({
  source,
  path,
}: {
  source: ScriptClass;
  path: FilePath;
}): { entity: EntityFact; relations: RelationFact[] } | null {
  const marker = source.decorators.find(({ name }) => /^(?:Entity|ViewEntity|ChildEntity|Schema)$/.test(name));
  const fields = source.members.flatMap((member) => readField({ member, path }) ?? []);
  const found = source.members.flatMap((member) => readRelation({ member, source, path }) ?? []);
  if (marker === undefined && fields.length === 0) return null;
  const entity: EntityFact = {
    name: source.name,
    origin: "typeorm",
    fields,
    bases: source.base === "" ? [] : [{ name: source.base }],
    family: "typeorm",
    // A class with columns but without @Entity passes them on to its subclasses.
    declaredAs: marker === undefined ? "abstract" : "entity",
    path,
    line: source.line,
  };
  const tableName = marker === undefined ? null : readTableName(marker);
  if (tableName !== null) entity.tableName = tableName;
  const keys = source.decorators.flatMap((decorator) => readKey(decorator) ?? []);
  const primary = fields.filter(({ isPrimaryKey }) => isPrimaryKey).map(({ name }) => name);
  const all: CodeKey[] = primary.length > 1 ? [{ kind: "primary", fields: primary }, ...keys] : keys;
  if (all.length > 0) entity.keys = all;
  return { entity, relations: found };
}

/** `@Entity("users")`, `@Entity({ name: "users" })`, `@Schema({ collection: "users" })`. */
function readTableName({ args: [first] }: Decorator): string | null {
  const named = listProperties(first).find(({ name }) => /^(?:name|tableName|collection)$/.test(name));
  return readText(first) ?? readText(named?.value);
}

function readField({ member, path }: { member: ClassMember; path: FilePath }): CodeField | null {
  const column = member.decorators.find(({ name }) => columns.test(name));
  if (column === undefined) return null;
  const options = column.args.flatMap(listProperties);
  const option = (name: string) => options.find((each) => each.name === name)?.value.text;
  const annotation = member.node.childForFieldName("type");
  const spelled = annotation === null ? "" : spell(annotation).replace(/^:\s*/, "");
  const [first] = column.args;
  const named = readText(first) ?? option("type")?.replace(/^["']|["']$/g, "");
  const length = option("length");
  const isSimple = named !== undefined && /^[\w ]+$/.test(named) && column.name !== "PrimaryGeneratedColumn";
  const field: CodeField = {
    name: member.name,
    type: isSimple
      ? `${named}${length === undefined ? "" : `(${length.replace(/["']/g, "")})`}`
      : spelled.replace(/\s*\|\s*(?:null|undefined)/g, ""),
    isOptional:
      option("nullable") === "true" ||
      option("required") === "false" ||
      /\|\s*(?:null|undefined)\b/.test(spelled) ||
      member.node.children.some((child) => child.type === "?"),
    isList: option("array") === "true" || spelled.endsWith("[]"),
    isPrimaryKey: /^(?:Primary|ObjectId)/.test(column.name) || option("primary") === "true",
    isUnique:
      option("unique") === "true" ||
      member.decorators.some(
        ({ name, args }) => /^(?:Unique|Index)$/.test(name) && (name === "Unique" || isUniqueIndex(args)),
      ),
    path,
    line: member.line,
  };
  const defaultValue = option("default");
  if (defaultValue !== undefined) field.defaultValue = defaultValue.replace(/^["'](.*)["']$/, "$1");
  const reference = option("ref")?.replace(/["']|\.name$/g, "");
  if (reference !== undefined) field.references = reference;
  return field;
}

function isUniqueIndex(args: readonly Node[]): boolean {
  return args.flatMap(listProperties).some(({ name, value }) => name === "unique" && value.text === "true");
}

/** `@ManyToOne(() => User, (user) => user.posts)`. */
function readRelation({
  member,
  source,
  path,
}: {
  member: ClassMember;
  source: ScriptClass;
  path: FilePath;
}): RelationFact | null {
  const decorator = member.decorators.find(({ name }) => relations.test(name));
  if (decorator === undefined) return null;
  const [first] = decorator.args;
  const entityOption = listProperties(first).find(({ name }) => name === "entity")?.value;
  const spelled = readText(first) ?? (entityOption ?? first)?.text ?? "";
  const annotation = member.node.childForFieldName("type")?.text ?? "";
  const target =
    /^(?:async\s*)?(?:\([^)]*\)|\w+)\s*=>\s*([\w$.]+)/.exec(spelled)?.[1] ??
    (/^\w+$/.test(spelled) ? spelled : (/(\w+)(?:\[\]|>)?\s*(?:\|.*)?$/.exec(annotation)?.[1] ?? null));
  if (target === null) return null;
  return {
    fromEntity: source.name,
    fieldName: member.name,
    toEntity: target.slice(target.lastIndexOf(".") + 1),
    cardinality: decorator.name.endsWith("ToMany") ? "many" : "one",
    path,
    line: member.line,
  };
}

/** `@Index(["a", "b"], { unique: true })`, `@Unique("name", ["a", "b"])`. */
function readKey({ name, args }: Decorator): CodeKey | null {
  if (name !== "Index" && name !== "Unique") return null;
  const list = args.find(({ type }) => type === "array");
  const fields = (list?.namedChildren ?? args).flatMap((node) => readText(node) ?? []);
  if (fields.length === 0) return null;
  return { kind: name === "Unique" || isUniqueIndex(args) ? "unique" : "index", fields };
}
