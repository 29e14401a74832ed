import type { Node } from "web-tree-sitter";
import type { CodeEnum, CodeField } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { EntityFact, RelationFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import { javaExtractor } from "./java-extractor.ts";
import { listAnnotations, readStrings, type Annotation, type JavaClass } from "./java-syntax.ts";
import { lineOf, spell } from "../spell-node.ts";

const relationAnnotation = /^(?:OneToOne|OneToMany|ManyToOne|ManyToMany)$/;
const primitives = /^(?:byte|short|int|long|float|double|boolean|char)$/;
const required = /^(?:NotNull|NotBlank|NotEmpty|NonNull|Nonnull)$/;

/** JPA entities with the fields of mapped superclasses, and Java enums. */
export const jpaExtractor = javaExtractor({
  name: "jpa",
  mark: /persistence|@Entity\b|@Document\b|\benum\b/,
  read({ root, classes, path }) {
    const found = classes.flatMap((source) => readEntity({ ...source, path }) ?? []);
    return {
      entities: found.map(({ entity }) => entity),
      relations: found.flatMap(({ relations }) => relations),
      enums: root
        .descendantsOfType("enum_declaration")
        .flatMap((node) => (node === null ? [] : (readEnum({ node, path }) ?? []))),
    };
  },
});

function readEntity({
  name,
  node,
  body,
  path,
}: JavaClass & { path: FilePath }): { entity: EntityFact; relations: RelationFact[] } | null {
  const annotations = listAnnotations(node);
  const marker = annotations.find((each) => /^(?:Entity|MappedSuperclass|Embeddable|Document)$/.test(each.name));
  if (marker === undefined) return null;
  const entity: EntityFact = {
    name,
    origin: "jpa",
    fields: [],
    bases: readBases(node).map((base) => ({ name: base })),
    family: "jpa",
    declaredAs: marker.name === "MappedSuperclass" ? "abstract" : "entity",
    path,
    line: lineOf(node.childForFieldName("name") ?? node),
  };
  if (marker.name === "Embeddable") entity.kind = "other";
  const table = annotations.find((each) => each.name === "Table");
  const [tableName] = readStrings((table ?? marker).args.get(table === undefined ? "collection" : "name"));
  if (tableName !== undefined) entity.tableName = tableName;
  const relations: RelationFact[] = [];
  for (const member of body.namedChildren) {
    if (member.type !== "field_declaration" || /\b(?:static|transient)\b/.test(member.firstNamedChild?.text ?? ""))
      continue;
    const marks = listAnnotations(member);
    if (marks.some((each) => each.name === "Transient")) continue;
    const relation = readRelation({ member, marks, owner: name, path });
    const field = relation === null || relation.cardinality === "one" ? readField({ member, marks, path }) : null;
    if (relation !== null) relations.push({ ...relation, cardinality: relation.cardinality });
    else if (field !== null) entity.fields.push(field);
  }
  return { entity, relations };
}

function readBases(node: Node): string[] {
  const superclass = node.childForFieldName("superclass")?.firstNamedChild;
  return superclass === null || superclass === undefined ? [] : [superclass.text.replace(/<.*$/s, "")];
}

function readName(member: Node): { name: string; line: number } | null {
  const node = member.childForFieldName("declarator")?.childForFieldName("name");
  return node === null || node === undefined ? null : { name: node.text, line: lineOf(node) };
}

function readField({
  member,
  marks,
  path,
}: {
  member: Node;
  marks: readonly Annotation[];
  path: FilePath;
}): CodeField | null {
  const place = readName(member);
  const type = member.childForFieldName("type");
  if (place === null || type === null) return null;
  const column = marks.find(({ name }) => name === "Column")?.args;
  const length = column?.get("length")?.text;
  const isPrimaryKey = marks.some(({ name }) => /^(?:Id|EmbeddedId)$/.test(name));
  const field: CodeField = {
    ...place,
    type: length === undefined ? spell(type) : `${spell(type)}(${length})`,
    isOptional:
      !isPrimaryKey &&
      !primitives.test(type.text) &&
      column?.get("nullable")?.text !== "false" &&
      !marks.some(({ name }) => required.test(name)),
    isList: /^(?:List|Set|Collection)</.test(type.text),
    isPrimaryKey,
    isUnique: column?.get("unique")?.text === "true",
    path,
  };
  const value = member.childForFieldName("declarator")?.childForFieldName("value");
  if (value !== null && value !== undefined) field.defaultValue = spell(value);
  return field;
}

/** `@OneToMany private Set<Pet> pets` and `@ManyToOne private Owner owner`. */
function readRelation({
  member,
  marks,
  owner,
  path,
}: {
  member: Node;
  marks: readonly Annotation[];
  owner: string;
  path: FilePath;
}): RelationFact | null {
  const mark = marks.find(({ name }) => relationAnnotation.test(name));
  const place = readName(member);
  const type = member.childForFieldName("type")?.text ?? "";
  if (mark === undefined || place === null) return null;
  const target = /^\w+(?:<(?:.*[,\s])?(\w+)>)?$/.exec(type)?.[1] ?? type;
  const cardinality = mark.name.endsWith("ToMany") ? "many" : "one";
  return { fromEntity: owner, fieldName: place.name, toEntity: target, cardinality, path, line: place.line };
}

function readEnum({ node, path }: { node: Node; path: FilePath }): CodeEnum | null {
  const name = node.childForFieldName("name")?.text;
  const values = (node.childForFieldName("body")?.namedChildren ?? []).flatMap((child) =>
    child.type === "enum_constant" ? (child.childForFieldName("name")?.text ?? []) : [],
  );
  return name === undefined || values.length === 0 ? null : { name, values, path, line: lineOf(node) };
}
