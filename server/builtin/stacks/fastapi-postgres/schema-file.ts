import { capitalize, withArticle } from "#server/builtin/entity-names.ts";
import type { GeneratedFile } from "#server/builtin/generated-file.ts";
import type { PlannedEntity, PlannedField } from "#server/builtin/project-plan.ts";
import type { PythonLayout } from "./python-layout.ts";
import { annotationImports, pythonAnnotation, pythonDefault } from "./python-types.ts";
import { type PythonImport, maxPythonLineLength, renderPythonCall, renderPythonImports } from "./python-source.ts";

/** The use of a schema: create a record, change it, or read it. */
export type SchemaRole = "create" | "update" | "read";

/** A module with one entity's API schemas. */
export function renderSchemaFile({ entity, layout }: { entity: PlannedEntity; layout: PythonLayout }): GeneratedFile {
  const { names } = entity;
  const sections = [
    `"""What the API takes and gives for ${names.wordsPlural}."""`,
    renderPythonImports(schemaImports({ entity, layout })),
    ...renderSchemaClasses(entity).map((definition) => `\n${definition}`),
  ];
  return { path: layout.schemaPath(names), text: `${sections.join("\n\n")}\n` };
}

/** The imports of `renderSchemaClasses`. */
export function schemaImports({ entity, layout }: { entity: PlannedEntity; layout: PythonLayout }): PythonImport[] {
  const { fields, names } = entity;
  const modelModule = layout.moduleName({ from: layout.schemaPath(names), to: layout.modelPath(names) });
  const usesField = fields.some((field) => fieldConstraints(field).length > 0 || (field.isList && !field.isOptional));
  return [
    { module: "pydantic", name: "BaseModel" },
    { module: "pydantic", name: "ConfigDict" },
    ...(usesField ? [{ module: "pydantic", name: "Field" }] : []),
    ...(fields.some(({ kind, isList }) => kind === "email" && !isList)
      ? [{ module: "pydantic", name: "EmailStr" }]
      : []),
    ...fields.flatMap(annotationImports),
    ...fields.flatMap(({ enumType }) => (enumType === null ? [] : [{ module: modelModule, name: enumType.name }])),
    ...(entity.addsCreatedAt ? [{ module: "datetime", alias: "dt" }] : []),
  ];
}

/** The four classes of an entity, in order, without trailing newlines. */
export function renderSchemaClasses(entity: PlannedEntity): string[] {
  const { names, references } = entity;
  const writable = entity.fields.filter(({ isGenerated }) => !isGenerated);
  const readOnly = entity.fields.filter(({ isGenerated }) => isGenerated);
  const lines = (role: SchemaRole): string[] => [
    ...writable.map((field) => renderSchemaField({ field, role, indent: "    " })),
    ...references.map(({ fieldName, isOptional }) => renderReferenceField({ fieldName, isOptional, role })),
  ];
  const readLines = [
    ...readOnly.map((field) => renderSchemaField({ field, role: "read", indent: "    " })),
    ...(entity.addsCreatedAt ? ["    created_at: dt.datetime"] : []),
  ];
  return [
    renderClass({
      name: `${names.className}Base`,
      parent: "BaseModel",
      doc: `What a client sets on ${withArticle(names.words)}.`,
      lines: lines("create"),
    }),
    renderClass({
      name: `${names.className}Create`,
      parent: `${names.className}Base`,
      doc: `Body of POST /${names.kebabPlural}.`,
      lines: [],
    }),
    renderClass({
      name: `${names.className}Update`,
      parent: "BaseModel",
      doc: `Body of PATCH /${names.kebabPlural}/{${names.snake}_id}. What is left out keeps its value.`,
      lines: lines("update"),
    }),
    renderClass({
      name: `${names.className}Read`,
      parent: `${names.className}Base`,
      doc: `${capitalize(withArticle(names.words))} as the API gives it.`,
      lines: ["    model_config = ConfigDict(from_attributes=True)", "", "    id: int", ...readLines],
    }),
  ];
}

/** One line of a Pydantic class. In an update every field is optional. */
export function renderSchemaField({
  field,
  role,
  indent,
}: {
  field: PlannedField;
  role: SchemaRole;
  indent: string;
}): string {
  const type = schemaAnnotation(field);
  const mayBeNone = field.isOptional || role === "update";
  const annotation = `${indent}${field.name}: ${mayBeNone ? `${type} | None` : type}`;
  if (role === "read") return annotation;
  const constraints = fieldConstraints(field);
  const fallback = mayBeNone ? "None" : pythonDefault(field);
  if (field.isList && !mayBeNone) return `${annotation} = Field(default_factory=list)`;
  if (constraints.length === 0) return fallback === null ? annotation : `${annotation} = ${fallback}`;
  return renderPythonCall({
    indent,
    head: `${annotation.trim()} = Field`,
    args: [...(fallback === null ? [] : [`default=${fallback}`]), ...constraints],
  });
}

function schemaAnnotation(field: PlannedField): string {
  return field.kind === "email" && !field.isList ? "EmailStr" : pythonAnnotation(field);
}

function fieldConstraints({ kind, isList, isOptional, name }: PlannedField): string[] {
  if (isList) return [];
  switch (kind) {
    case "string":
      return [...(isOptional ? [] : ["min_length=1"]), "max_length=200"];
    case "decimal":
      return [
        ...(/price|cost|amount|total|fee|salary/.test(name) ? ["ge=0"] : []),
        "max_digits=12",
        "decimal_places=2",
      ];
    case "url":
      return ["max_length=2048", 'pattern=r"^https?://"'];
    default:
      return [];
  }
}

function renderReferenceField({
  fieldName,
  isOptional,
  role,
}: {
  fieldName: string;
  isOptional: boolean;
  role: SchemaRole;
}): string {
  return isOptional || role === "update" ? `    ${fieldName}: int | None = None` : `    ${fieldName}: int`;
}

function renderClass({
  name,
  parent,
  doc,
  lines,
}: {
  name: string;
  parent: string;
  doc: string;
  lines: string[];
}): string {
  return [`class ${name}(${parent}):`, ...renderDocstring(doc), ...(lines.length === 0 ? [] : ["", ...lines])].join(
    "\n",
  );
}

/** One line if it fits; otherwise the first sentence, with the rest below it. */
function renderDocstring(doc: string): string[] {
  const oneLine = `    """${doc}"""`;
  if (oneLine.length <= maxPythonLineLength) return [oneLine];
  const [first = doc, ...rest] = doc.split(/(?<=\.) /);
  return [`    """${first}`, "", `    ${rest.join(" ")}`, `    """`];
}
