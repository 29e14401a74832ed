import { capitalize, withArticle } from "#server/builtin/entity-names.ts";
import type { GeneratedFile } from "#server/builtin/generated-file.ts";
import type {
  PlannedEntity,
  PlannedField,
  PlannedLink,
  PlannedReference,
  PlannedReverse,
} from "#server/builtin/project-plan.ts";
import { type ModelStyle, type PythonLayout, storesEnumsByValue } from "./python-layout.ts";
import { type PythonCode, type PythonImport, renderPythonCall, renderPythonImports } from "./python-source.ts";
import {
  annotationImports,
  columnType,
  enumColumnLength,
  pythonAnnotation,
  pythonDefault,
  renderEnumClass,
} from "./python-types.ts";

const indent = "    ";

/**
 * A module with one entity's model.
 *
 * @param fit adapts the code to the style of the project's other models
 */
export function renderModelFile({
  entity,
  layout,
  fit = (code) => code,
}: {
  entity: PlannedEntity;
  layout: PythonLayout;
  fit?: (code: PythonCode) => PythonCode;
}): GeneratedFile {
  const { names } = entity;
  const typeImports = renderTypeImports({ entity, layout });
  const definitions = renderModelDefinitions({ entity, style: layout.style }).map((definition) => `\n${definition}\n`);
  const { code, imports } = fit({ code: definitions.join("\n"), imports: modelImports({ entity, layout }) });
  const sections = [
    `"""The ${names.snakePlural} table."""`,
    renderPythonImports([...imports, ...(typeImports === "" ? [] : [{ module: "typing", name: "TYPE_CHECKING" }])]),
    ...(typeImports === "" ? [] : [`if TYPE_CHECKING:\n${typeImports.replace(/^/gm, indent)}`]),
  ];
  return { path: layout.modelPath(names), text: `${sections.join("\n\n")}\n\n${code}` };
}

/** Link tables, enums and the model class, each without a trailing newline. */
export function renderModelDefinitions({ entity, style }: { entity: PlannedEntity; style: ModelStyle }): string[] {
  const ownedLinks = entity.links.filter(({ isOwner }) => isOwner);
  return [
    ...ownedLinks.map((link) => renderLinkTable({ entity, link, style })),
    ...renderEnums(entity),
    renderModelClass({ entity, style }),
  ];
}

/** The imports of the definitions; `fitPythonCode` adapts them to a module with other names. */
export function modelImports({ entity, layout }: { entity: PlannedEntity; layout: PythonLayout }): PythonImport[] {
  const { fields, references, reverses, links, names } = entity;
  const { style } = layout;
  const isMapped = style.declaration === "mapped";
  const hasRelations = references.length + reverses.length + links.length > 0;
  const ormNames = [
    ...(isMapped ? [style.mappedName, style.columnName] : []),
    ...(hasRelations ? [style.relationshipName] : []),
  ];
  return [
    ...(style.typePrefix === null ? [{ module: "sqlalchemy", alias: "sa" }] : []),
    ...ormNames.filter((name) => !name.includes(".")).map((name) => ({ module: "sqlalchemy.orm", name })),
    {
      module: layout.moduleName({ from: layout.modelPath(names), to: layout.basePath }),
      name: style.baseName.split(".")[0] ?? style.baseName,
    },
    ...(isMapped ? fields.flatMap(annotationImports) : []),
    ...(isMapped && entity.addsCreatedAt ? [{ module: "datetime", alias: "dt" }] : []),
    ...(fields.some(({ enumType }) => enumType !== null) ? [{ module: "enum" }] : []),
  ];
}

/** The declaration of one column, indented. */
export function renderColumn({ field, style }: { field: PlannedField; style: ModelStyle }): string {
  const fallback = field.isList ? "list" : pythonDefault(field);
  const type =
    field.enumType === null || field.isList ? columnType(field) : renderEnumType({ name: field.enumType.name, style });
  const args = [
    ...(type === null ? [] : [type]),
    ...(field.isUnique ? ["unique=True"] : []),
    ...(fallback === null ? [] : [`default=${fallback}`]),
  ];
  return renderDeclaration({
    name: field.name,
    annotation: pythonAnnotation(field),
    isOptional: field.isOptional,
    args,
    style,
  });
}

/** The declaration of a foreign key, indented. */
function renderReferenceColumn({ reference, style }: { reference: PlannedReference; style: ModelStyle }): string {
  const { target, isOptional, isUnique, isCyclic, fieldName } = reference;
  const keyArgs = [
    `"${target.snakePlural}.id"`,
    `ondelete="${isOptional ? "SET NULL" : "CASCADE"}"`,
    ...(isCyclic ? ["use_alter=True"] : []),
  ];
  const args = [`sa.ForeignKey(${keyArgs.join(", ")})`, isUnique ? "unique=True" : "index=True"];
  return renderDeclaration({ name: fieldName, annotation: "int", isOptional, args, style });
}

/** The relation to the entity that this one belongs to, indented. */
function renderReferenceRelation({
  reference,
  entity,
  style,
}: {
  reference: PlannedReference;
  entity: PlannedEntity;
  style: ModelStyle;
}): string {
  const { target, isOptional } = reference;
  const args = [
    ...(target.className === entity.names.className ? ["remote_side=[id]"] : []),
    ...(needsForeignKeys({ reference, entity }) ? [`foreign_keys=[${reference.fieldName}]`] : []),
    `back_populates="${reference.reverse}"`,
  ];
  return renderRelation({
    name: reference.role,
    type: `"${isOptional ? `${target.className} | None` : target.className}"`,
    target: target.className,
    args,
    style,
  });
}

/** The relation to entities that belong to this one, indented. `foreignKeyField` is named if there are several keys. */
export function renderReverseRelation({
  reverse,
  foreignKeyField,
  style,
}: {
  reverse: PlannedReverse;
  foreignKeyField: string | null;
  style: ModelStyle;
}): string {
  const { source, isMany, isOptional, role } = reverse;
  const args = [
    ...(foreignKeyField === null ? [] : [`foreign_keys="${source.className}.${foreignKeyField}"`]),
    `back_populates="${role}"`,
    ...(isMany || style.declaration === "mapped" ? [] : ["uselist=False"]),
    ...(isOptional ? [] : [`cascade="all, delete-orphan"`]),
    "passive_deletes=True",
  ];
  return renderRelation({
    name: reverse.fieldName,
    type: isMany ? `list["${source.className}"]` : `"${source.className} | None"`,
    target: source.className,
    args,
    style,
  });
}

function renderModelClass({ entity, style }: { entity: PlannedEntity; style: ModelStyle }): string {
  const { names, fields, references, reverses, links } = entity;
  const columns = [
    style.declaration === "mapped"
      ? `${indent}id: ${style.mappedName}[int] = ${style.columnName}(primary_key=True)`
      : `${indent}id = ${style.columnName}(sa.Integer, primary_key=True)`,
    ...fields.map((field) => renderColumn({ field, style })),
    ...references.map((reference) => renderReferenceColumn({ reference, style })),
    ...(entity.addsCreatedAt
      ? [
          renderDeclaration({
            name: "created_at",
            annotation: "dt.datetime",
            isOptional: false,
            args: ["sa.DateTime(timezone=True)", "server_default=sa.func.now()"],
            style,
          }),
        ]
      : []),
  ];
  const relations = [
    ...references.map((reference) => renderReferenceRelation({ reference, entity, style })),
    ...reverses.map((reverse) =>
      renderReverseRelation({ reverse, foreignKeyField: ambiguousForeignKey({ reverse, entity }), style }),
    ),
    ...links.map((link) => renderLinkRelation({ link, style })),
  ];
  const head = `class ${names.className}(${style.baseName}):\n${indent}"""${capitalize(withArticle(names.words))}."""\n\n${indent}__tablename__ = "${names.snakePlural}"`;
  return [head, columns.join("\n"), ...(relations.length === 0 ? [] : [relations.join("\n")])].join("\n\n");
}

function renderDeclaration({
  name,
  annotation,
  isOptional,
  args,
  style,
}: {
  name: string;
  annotation: string;
  isOptional: boolean;
  args: string[];
  style: ModelStyle;
}): string {
  if (style.declaration === "column") {
    return renderPythonCall({
      indent,
      head: `${name} = ${style.columnName}`,
      args: isOptional ? args : [...args, "nullable=False"],
    });
  }
  return renderPythonCall({
    indent,
    head: `${name}: ${style.mappedName}[${isOptional ? `${annotation} | None` : annotation}] = ${style.columnName}`,
    args,
  });
}

function renderRelation({
  name,
  type,
  target,
  args,
  style,
}: {
  name: string;
  type: string;
  target: string;
  args: string[];
  style: ModelStyle;
}): string {
  if (style.declaration === "column") {
    return renderPythonCall({ indent, head: `${name} = ${style.relationshipName}`, args: [`"${target}"`, ...args] });
  }
  return renderPythonCall({ indent, head: `${name}: ${style.mappedName}[${type}] = ${style.relationshipName}`, args });
}

/** Stored as text, so that a new value needs no ALTER TYPE; null if the base class configures that. */
function renderEnumType({ name, style }: { name: string; style: ModelStyle }): string | null {
  return storesEnumsByValue(style) ? null : `sa.Enum(${name}, native_enum=False, length=${enumColumnLength})`;
}

/** With two keys to one table, SQLAlchemy must be told which of them a relation follows. */
function needsForeignKeys({ reference, entity }: { reference: PlannedReference; entity: PlannedEntity }): boolean {
  const isBackAndForth = entity.reverses.some(
    ({ source }) => source.className === reference.target.className && source.className !== entity.names.className,
  );
  return (
    isBackAndForth ||
    entity.references.filter(({ target }) => target.className === reference.target.className).length > 1
  );
}

function ambiguousForeignKey({ reverse, entity }: { reverse: PlannedReverse; entity: PlannedEntity }): string | null {
  const isBackAndForth = entity.references.some(
    ({ target }) => target.className === reverse.source.className && target.className !== entity.names.className,
  );
  const isAmbiguous =
    isBackAndForth || entity.reverses.filter(({ source }) => source.className === reverse.source.className).length > 1;
  return isAmbiguous ? reverse.keyField : null;
}

function renderLinkTable({
  entity,
  link,
  style,
}: {
  entity: PlannedEntity;
  link: PlannedLink;
  style: ModelStyle;
}): string {
  const column = ({ snake, snakePlural }: { snake: string; snakePlural: string }): string =>
    renderPythonCall({
      indent,
      head: "sa.Column",
      args: [`"${snake}_id"`, `sa.ForeignKey("${snakePlural}.id", ondelete="CASCADE")`, "primary_key=True"],
      tail: ",",
    });
  return `${link.tableName} = sa.Table(\n    "${link.tableName}",\n    ${style.baseName}.metadata,\n${column(entity.names)}\n${column(link.target)}\n)`;
}

function renderLinkRelation({ link, style }: { link: PlannedLink; style: ModelStyle }): string {
  const args = [
    `secondary=${link.isOwner ? link.tableName : `"${link.tableName}"`}`,
    `back_populates="${link.reverse}"`,
  ];
  return renderRelation({
    name: link.fieldName,
    type: `list["${link.target.className}"]`,
    target: link.target.className,
    args,
    style,
  });
}

function renderEnums({ fields, names }: PlannedEntity): string[] {
  return fields.flatMap(({ enumType, name }) =>
    enumType === null ? [] : [renderEnumClass({ ...enumType, owner: names.className, fieldName: name })],
  );
}

/** Imports of related models for annotations only: at run time they would be circular. */
function renderTypeImports({ entity, layout }: { entity: PlannedEntity; layout: PythonLayout }): string {
  if (layout.style.declaration === "column") return "";
  const path = layout.modelPath(entity.names);
  const related = [
    ...entity.references.map(({ target }) => target),
    ...entity.reverses.map(({ source }) => source),
    ...entity.links.map(({ target }) => target),
  ];
  return renderPythonImports(
    related
      .filter(({ className }) => className !== entity.names.className)
      .map((names) => ({
        module: layout.moduleName({ from: path, to: layout.modelPath(names) }),
        name: names.className,
      })),
  );
}
