import type {
  PlannedEntity,
  PlannedEnum,
  PlannedField,
  PlannedReference,
  FieldKind,
} from "#server/builtin/project-plan.ts";
import { nameEntity } from "#server/builtin/entity-names.ts";
import type { PythonAssignment } from "./edits/python-module.ts";
import type { FastapiProject, ModelClass } from "./read-fastapi-project.ts";

/** Column types by their name in SQLAlchemy or in an annotation. The first match counts. */
const kindByType: readonly { pattern: RegExp; kind: FieldKind }[] = [
  { pattern: /\b(?:Text|UnicodeText)\b/, kind: "text" },
  { pattern: /\b(?:String|Unicode|VARCHAR|str)\b/, kind: "string" },
  { pattern: /\bB?OOL(?:EAN)?\b|\bBoolean\b|\bbool\b/, kind: "boolean" },
  { pattern: /\b(?:DateTime|TIMESTAMP|datetime)\b(?!\.date\b)/, kind: "datetime" },
  { pattern: /\bDate\b|\bdate\b/, kind: "date" },
  { pattern: /\b(?:Uuid|UUID)\b/, kind: "uuid" },
  { pattern: /\b(?:JSONB?|dict|Dict)\b/, kind: "json" },
  { pattern: /\b(?:Numeric|DECIMAL|Decimal|Float|REAL|float)\b/, kind: "decimal" },
  { pattern: /\b(?:Integer|BigInteger|SmallInteger|int)\b/, kind: "integer" },
];

/** The plan that corresponds to a model, as far as its columns show: for missing files. */
export function planFromModel({ model, project }: { model: ModelClass; project: FastapiProject }): PlannedEntity {
  const columns = model.columns.filter(({ value }) => !/primary_key\s*=\s*True/.test(value ?? ""));
  return {
    names: nameEntity(model.name),
    addsCreatedAt: false,
    fields: columns.flatMap((column) =>
      findTarget({ column, project }) === null ? [planColumn({ column, project })] : [],
    ),
    references: columns.flatMap((column) => planKey({ column, project }) ?? []),
    reverses: [],
    links: [],
  };
}

/** True if other rows can refer to the model by an integer `id`, as new foreign keys do. */
export function hasIntegerId({ columns }: ModelClass): boolean {
  const key = columns.find(({ value }) => /primary_key\s*=\s*True/.test(value ?? ""));
  return key?.name === "id" && !/\b(?:Uuid|UUID|String|str)\b/.test(`${key.annotation ?? ""} ${key.value ?? ""}`);
}

/** Whether the column is nullable. */
function isOptionalColumn({ annotation, value }: PythonAssignment): boolean {
  if (/nullable\s*=\s*True/.test(value ?? "")) return true;
  if (/nullable\s*=\s*False|primary_key\s*=\s*True/.test(value ?? "")) return false;
  return annotation === null || /\|\s*None|Optional\[/.test(annotation);
}

function planColumn({ column, project }: { column: PythonAssignment; project: FastapiProject }): PlannedField {
  const { name, annotation, value } = column;
  const call = value ?? "";
  const spelled = `${call.replace(/\b(?:default|server_default|onupdate)\s*=.*$/s, "")} ${annotation ?? ""}`;
  const enumType = findEnum({ spelled, project });
  const kind = enumType === null ? (kindByType.find(({ pattern }) => pattern.test(spelled))?.kind ?? "string") : "enum";
  const fallback = /(?<!server_)\bdefault\s*=\s*([^,)]+(?:\(\))?)/.exec(call)?.[1]?.trim();
  return {
    name,
    kind: kind === "string" && /email/.test(name) ? "email" : kind,
    enumType,
    isOptional: isOptionalColumn(column),
    isUnique: /unique\s*=\s*True/.test(call),
    isList: /\bARRAY\b|\blist\[|\bList\[/.test(spelled),
    isGenerated: (kind === "datetime" || kind === "date") && /\b(?:server_default|default|onupdate)\s*=/.test(call),
    defaultValue: fallback === undefined ? null : readDefault({ fallback, enumType }),
  };
}

function readDefault({ fallback, enumType }: { fallback: string; enumType: PlannedEnum | null }): string | null {
  if (enumType !== null) return enumType.values.find((value) => fallback.toLowerCase().endsWith(`.${value}`)) ?? null;
  if (fallback === "True" || fallback === "False") return fallback.toLowerCase();
  return /^-?\d+(?:\.\d+)?$/.exec(fallback)?.[0] ?? /^["'](.*)["']$/.exec(fallback)?.[1] ?? null;
}

function findEnum({ spelled, project }: { spelled: string; project: FastapiProject }): PlannedEnum | null {
  for (const { classes } of project.modules.values()) {
    for (const { name, bases, assignments } of classes) {
      if (!bases.some((base) => base.endsWith("Enum")) || !new RegExp(`\\b${name}\\b`).test(spelled)) continue;
      return { name, values: assignments.flatMap(({ value }) => /^["'](.*)["']$/.exec(value ?? "")?.[1] ?? []) };
    }
  }
  return null;
}

function findTarget({ column, project }: { column: PythonAssignment; project: FastapiProject }): ModelClass | null {
  const table = /ForeignKey\(\s*["']([\w.]+)\.\w+["']/.exec(column.value ?? "")?.[1];
  return table === undefined ? null : (project.models.find(({ tableName }) => tableName === table) ?? null);
}

function planKey({ column, project }: { column: PythonAssignment; project: FastapiProject }): PlannedReference | null {
  const target = findTarget({ column, project });
  if (target === null) return null;
  return {
    fieldName: column.name,
    role: column.name.replace(/_id$/, ""),
    target: { ...nameEntity(target.name), snakePlural: target.tableName },
    reverse: "",
    isOptional: isOptionalColumn(column),
    isUnique: /unique\s*=\s*True/.test(column.value ?? ""),
    isCyclic: false,
  };
}
