import type { Node } from "web-tree-sitter";
import type { CodeField } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { EntityFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import { classifyEntity } from "#server/core/schema-extraction/assembly/classify-entity.ts";
import type { FactExtractor } from "../fact-extractor.ts";
import { lineOf, spell } from "../spell-node.ts";

/** Go structs with field tags of gorm, a database, JSON and the like. Those with gorm tags are tables. */
export const goStructsExtractor: FactExtractor = {
  name: "go-structs",
  handles: (path) => path.endsWith(".go") && !/(?:\.pb|\.pb\.gw|_gen|\.gen)\.go$/.test(path),
  extract({ path, text, parser }) {
    if (!/`[\w-]+:"|gorm\.Model/.test(text)) return {};
    return parser.withTree({ language: "go", text }, (root) => ({
      entities: root
        .descendantsOfType("type_spec")
        .flatMap((node) => (node === null ? [] : (readStruct({ node, path, text }) ?? []))),
    }));
  },
};

function readStruct({ node, path, text }: { node: Node; path: FilePath; text: string }): EntityFact | null {
  const name = node.childForFieldName("name")?.text;
  const type = node.childForFieldName("type");
  if (name === undefined || type?.type !== "struct_type") return null;
  const declared = type.namedChildren.find((child) => child.type === "field_declaration_list")?.namedChildren ?? [];
  const members = declared.filter((child) => child.type === "field_declaration");
  const fields = members.flatMap((member) => readFields({ member, path }));
  const embedded = members.flatMap((member) =>
    member.childForFieldName("name") === null ? [member.childForFieldName("type")?.text.replace(/^\*/, "") ?? ""] : [],
  );
  const isTagged = members.some((member) =>
    /\b(?:json|gorm|db|bson|xml|yaml|bun|sql|form|validate|binding):"/.test(
      member.childForFieldName("tag")?.text ?? "",
    ),
  );
  const isTable =
    embedded.includes("gorm.Model") ||
    members.some((member) => /\b(?:gorm|bun|db|xorm):"/.test(member.childForFieldName("tag")?.text ?? ""));
  if (!isTagged && !isTable) return null;
  const tableName = new RegExp(
    `func\\s*\\(\\s*\\w*\\s*\\*?${name}\\s*\\)\\s*TableName\\(\\)\\s*string\\s*\\{\\s*return\\s*"([^"]+)"`,
  ).exec(text)?.[1];
  return {
    name,
    origin: "go-struct",
    kind: isTable ? "table" : classifyEntity({ origin: "go-struct", name }),
    ...(tableName === undefined ? {} : { tableName }),
    fields,
    bases: embedded.filter((each) => each !== "").map((base) => ({ name: base.slice(base.lastIndexOf(".") + 1) })),
    family: "go-struct",
    declaredAs: "entity",
    path,
    line: lineOf(node),
  };
}

/** `A, B string` declares two fields; one without a name is embedded. */
function readFields({ member, path }: { member: Node; path: FilePath }): CodeField[] {
  const type = member.childForFieldName("type");
  const tag = member.childForFieldName("tag")?.text ?? "";
  const gorm = /gorm:"([^"]*)"/.exec(tag)?.[1]?.toLowerCase() ?? "";
  if (type === null || gorm === "-") return [];
  return member.childrenForFieldName("name").flatMap((name): CodeField[] => {
    if (name === null) return [];
    const spelled = spell(type);
    const field: CodeField = {
      name: name.text,
      type: spelled.replace(/^\*/, ""),
      isOptional:
        (spelled.startsWith("*") || /,omitempty/.test(tag) || spelled.startsWith("sql.Null")) &&
        !gorm.includes("not null"),
      isList: /^\*?\[\](?!byte)/.test(spelled),
      isPrimaryKey: /primary_?key/.test(gorm),
      isUnique: /\bunique(?:index)?\b/.test(gorm),
      path,
      line: lineOf(name),
    };
    const made = /default:([^;]+)/.exec(gorm)?.[1];
    if (made !== undefined) field.defaultValue = made;
    return [field];
  });
}
