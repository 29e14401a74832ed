import type { CodeEnum, CodeField, CodeKey } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { EntityFact, FileFacts, RelationFact } from "../extract-file-facts.ts";
import type { FactExtractor } from "./fact-extractor.ts";

const scalarTypes: ReadonlySet<string> = new Set([
  "String",
  "Boolean",
  "Int",
  "BigInt",
  "Float",
  "Decimal",
  "DateTime",
  "Json",
  "Bytes",
  "Unsupported",
]);

type Block = { kind: "model" | "enum"; name: string; line: number; lines: { text: string; line: number }[] };

/** Models and enums of Prisma's schema language, parsed line by line in the layout of Prisma's own formatter. */
export const prismaExtractor: FactExtractor = {
  name: "prisma",
  handles: (path) => path.endsWith(".prisma"),
  extract({ path, text }): Partial<FileFacts> {
    const blocks = listBlocks(text);
    const enums = blocks.flatMap((block) => (block.kind === "enum" ? [readEnum({ block, path })] : []));
    const enumNames = new Set(enums.map(({ name }) => name));
    const models = blocks.flatMap((block) => (block.kind === "model" ? [readModel({ block, enumNames, path })] : []));
    return {
      entities: models.map(({ entity }) => entity),
      relations: models.flatMap(({ relations }) => relations),
      enums,
    };
  },
};

function listBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = stripComment(raw).trim();
    const start = /^(model|enum|view|type)\s+(\w+)\s*\{(.*)$/.exec(line);
    if (start?.[1] !== undefined && start[2] !== undefined) {
      open = { kind: start[1] === "enum" ? "enum" : "model", name: start[2], line: index + 1, lines: [] };
      blocks.push(open);
      if (start[3]?.includes("}") === true) open = null;
    } else if (line.startsWith("}") || /^(?:generator|datasource)\s/.test(line)) {
      open = null;
    } else if (open !== null && line !== "") {
      open.lines.push({ text: line, line: index + 1 });
    }
  }
  return blocks;
}

/** `//` begins a comment, except within a string such as a default's URL. */
function stripComment(line: string): string {
  let isQuoted = false;
  for (let index = 0; index < line.length; index += 1) {
    if (line[index] === '"' && line[index - 1] !== "\\") isQuoted = !isQuoted;
    if (!isQuoted && line.startsWith("//", index)) return line.slice(0, index);
  }
  return line;
}

function readEnum({ block, path }: { block: Block; path: FilePath }): CodeEnum {
  const values = block.lines.flatMap(({ text }) => /^\w+/.exec(text)?.[0] ?? []);
  return { name: block.name, values, path, line: block.line };
}

function readModel({ block, enumNames, path }: { block: Block; enumNames: ReadonlySet<string>; path: FilePath }): {
  entity: EntityFact;
  relations: RelationFact[];
} {
  const entity: EntityFact = {
    name: block.name,
    origin: "prisma",
    fields: [],
    bases: [],
    family: "prisma",
    declaredAs: "entity",
    path,
    line: block.line,
  };
  const relations: RelationFact[] = [];
  const references = new Map<string, string>();
  for (const { text, line } of block.lines) {
    const field = readField({ text, line, path });
    if (field === null) {
      readModelAttribute({ text, entity });
    } else if (scalarTypes.has(baseType(field)) || enumNames.has(baseType(field))) {
      entity.fields.push(field);
    } else {
      relations.push({
        fromEntity: block.name,
        fieldName: field.name,
        toEntity: baseType(field),
        cardinality: field.isList ? "many" : "one",
        otherwise: field,
        path,
        line,
      });
      for (const [local, target] of readRelationKeys(text)) references.set(local, `${baseType(field)}.${target}`);
    }
  }
  for (const field of entity.fields) {
    const target = references.get(field.name);
    if (target !== undefined) field.references = target;
  }
  return { entity, relations };
}

function readField({ text, line, path }: { text: string; line: number; path: FilePath }): CodeField | null {
  const match = /^(\w+)\s+(\w+)(\("[^"]*"\))?(\[\]|\?)?(?=\s|$|@)/.exec(text);
  const [, name, typeName, argument = "", modifier = ""] = match ?? [];
  if (name === undefined || typeName === undefined) return null;
  const field: CodeField = {
    name,
    type: typeName + argument + modifier,
    isOptional: modifier === "?",
    isList: modifier === "[]",
    isPrimaryKey: /@id\b/.test(text),
    isUnique: /@unique\b/.test(text),
    path,
    line,
  };
  const defaultValue = readAttributeArgument({ text, attribute: "@default" });
  if (defaultValue !== null) field.defaultValue = defaultValue;
  return field;
}

function baseType(field: CodeField): string {
  return /^\w+/.exec(field.type)?.[0] ?? "";
}

/** The text within the attribute's parentheses, including nested ones; a string without its quotes. */
function readAttributeArgument({ text, attribute }: { text: string; attribute: string }): string | null {
  const start = text.indexOf(`${attribute}(`);
  if (start === -1) return null;
  const from = start + attribute.length + 1;
  let depth = 1;
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === "(") depth += 1;
    if (text[index] === ")") depth -= 1;
    if (depth === 0)
      return text
        .slice(from, index)
        .trim()
        .replace(/^"(.*)"$/, "$1");
  }
  return null;
}

/** `@relation(fields: [projectId], references: [id])` as pairs of the model's field and the other model's field. */
function readRelationKeys(text: string): [string, string][] {
  const relation = readAttributeArgument({ text, attribute: "@relation" }) ?? "";
  const list = (name: string) =>
    new RegExp(`${name}:\\s*\\[([^\\]]*)\\]`)
      .exec(relation)?.[1]
      ?.split(",")
      .map((part) => part.trim()) ?? [];
  const targets = list("references");
  return list("fields").flatMap((local, index) => {
    const target = targets[index];
    return target === undefined ? [] : [[local, target] as [string, string]];
  });
}

/** `@@map("tasks")`, `@@id([a, b])`, `@@unique([a, b])`, `@@index([a])`; of several columns none is unique alone. */
function readModelAttribute({ text, entity }: { text: string; entity: EntityFact }): void {
  const table = readAttributeArgument({ text, attribute: "@@map" });
  if (table !== null) entity.tableName = table.replace(/^name:\s*/, "").replace(/^"(.*)"$/, "$1");
  const key = readKey(text);
  if (key === null) return;
  if (key.kind === "index" || key.fields.length > 1) entity.keys = [...(entity.keys ?? []), key];
  for (const field of entity.fields) {
    if (!key.fields.includes(field.name)) continue;
    if (key.kind === "primary") field.isPrimaryKey = true;
    if (key.kind === "unique" && key.fields.length === 1) field.isUnique = true;
  }
}

const keyAttributes = { "@@id": "primary", "@@unique": "unique", "@@index": "index", "@@fulltext": "index" } as const;

/** The fields of `@@index([title(sort: Desc), author.name], name: "x")` are title and author.name. */
function readKey(text: string): CodeKey | null {
  for (const [attribute, kind] of Object.entries(keyAttributes)) {
    const list = readAttributeArgument({ text, attribute })?.match(/^(?:fields:\s*)?\[([^\]]*)\]/)?.[1];
    if (list === undefined) continue;
    const fields = list.replace(/\([^)]*\)/g, "").match(/[\w.]+/g) ?? [];
    if (fields.length > 0) return { kind, fields: [...fields] };
  }
  return null;
}
