import { bytesPerToken } from "../context/count-tokens.ts";
import { splitWords } from "../ranking/split-words.ts";
import type { Steps } from "../steps.ts";
import type {
  CodeEntity,
  CodeField,
  CodeRelation,
  CodeRoute,
  CodeSchema,
} from "#lib/contracts/versions/code-schema.ts";

const encoder = new TextEncoder();

/**
 * A code schema as text for a model: one line per entity with its fields and relations, per enum and per route. Omits
 * exports, because file outlines list them. Deterministic. At most `maxTokens` tokens, estimated at 4 bytes each: lines
 * with words of the prompt come first, then tables, enums, routes and the other entities, and a last line counts the
 * omitted lines. Empty for a schema without entities, enums and routes. In steps, because several thousand lines would
 * block the process too long.
 */
export function* summarizeInSteps({
  codeSchema,
  maxTokens,
  prompt,
}: {
  codeSchema: CodeSchema;
  maxTokens: number;
  prompt: string;
}): Steps<string> {
  const isTable = ({ kind }: CodeEntity) => kind === "table";
  const relationsByPlace = Map.groupBy(codeSchema.relations, ({ path, fromEntity }) => `${path}#${fromEntity}`);
  const [tables, others]: [string[], string[]] = [[], []];
  for (const entity of codeSchema.entities) {
    const relations = relationsByPlace.get(`${entity.path}#${entity.name}`) ?? [];
    (isTable(entity) ? tables : others).push(describeEntity({ entity, relations }));
    yield;
  }
  const lines = [
    ...tables,
    ...codeSchema.enums.map(({ name, values, path, line }) => `enum ${name}: ${values.join(" | ")} [${path}:${line}]`),
    ...codeSchema.routes.map(describeRoute),
    ...others,
  ];
  return yield* cutLines({ lines, maxBytes: maxTokens * bytesPerToken, prompt });
}

function describeEntity({ entity, relations }: { entity: CodeEntity; relations: readonly CodeRelation[] }): string {
  const parts = [
    ...entity.fields.map(describeField),
    ...relations
      .filter((relation) => belongsTo({ relation, entity }))
      .map(
        ({ fieldName, toEntity, cardinality }) => `${fieldName} -> ${cardinality === "many" ? "many " : ""}${toEntity}`,
      ),
  ];
  const keys = (entity.keys ?? []).map(({ kind, fields }) => `${kind} (${fields.join(", ")})`);
  const table = entity.tableName === undefined ? "" : ` table ${entity.tableName}`;
  return `${entity.origin} ${entity.name}${table}: ${[...parts, ...keys].join(", ")} [${entity.path}:${entity.line}]`;
}

/** A relation derived from a field's type or a foreign key is already visible in the field. */
function belongsTo({ relation, entity }: { relation: { fieldName: string }; entity: CodeEntity }): boolean {
  return !entity.fields.some((field) => field.name === relation.fieldName);
}

function describeField(field: CodeField): string {
  const marks = [
    field.isPrimaryKey ? "primary key" : "",
    field.isUnique ? "unique" : "",
    field.references === undefined ? "" : `-> ${field.references}`,
    field.defaultValue === undefined ? "" : `= ${field.defaultValue}`,
  ].filter((mark) => mark !== "");
  const type = field.isList && !/[[(<]|\[\]$/.test(field.type) ? `${field.type}[]` : field.type;
  const optional = field.isOptional && !field.type.endsWith("?") ? "?" : "";
  return [`${field.name}${optional}${type === "" ? "" : `: ${type}`}`, ...marks].join(" ");
}

function describeRoute({ method, route, handler, path, line }: CodeRoute): string {
  return `${method} ${route} ${handler} [${path}:${line}]`;
}

/** The lines that fit, and one for the rest. If not all fit, none may take more than a tenth of the room. */
function* cutLines({
  lines,
  maxBytes,
  prompt,
}: {
  lines: readonly string[];
  maxBytes: number;
  prompt: string;
}): Steps<string> {
  const whole = lines.join("\n");
  if (countBytes(whole) <= maxBytes) return whole;
  const maxLineLength = Math.max(80, Math.floor(maxBytes / 10));
  const room = maxBytes - countBytes(describeRest(lines.length));
  const kept: string[] = [];
  let usedBytes = 0;
  for (const line of yield* orderByWords({ lines, prompt })) {
    const cut = line.length > maxLineLength ? `${line.slice(0, maxLineLength - 1)}…` : line;
    usedBytes += countBytes(cut) + 1;
    if (usedBytes > room) break;
    kept.push(cut);
  }
  if (kept.length === 0) return "";
  return kept.length === lines.length
    ? kept.join("\n")
    : [...kept, describeRest(lines.length - kept.length)].join("\n");
}

/** Lines with more of the prompt's words first; otherwise in their original order. */
function* orderByWords({ lines, prompt }: { lines: readonly string[]; prompt: string }): Steps<string[]> {
  const wanted = new Set(splitWords(prompt));
  const counted: { line: string; shared: number }[] = [];
  for (const line of lines) {
    counted.push({ line, shared: new Set(splitWords(line).filter((word) => wanted.has(word))).size });
    yield;
  }
  return counted.sort((a, b) => b.shared - a.shared).map(({ line }) => line);
}

function countBytes(text: string): number {
  return encoder.encode(text).length;
}

function describeRest(count: number): string {
  return `(${count} more not shown)`;
}
