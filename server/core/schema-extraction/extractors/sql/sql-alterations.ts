import type { FilePath } from "#lib/contracts/ids.ts";
import type { TableStepFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import { isConstraint, readColumn, readConstraint, readDefault } from "./sql-columns.ts";
import { joinType, readName, splitParts, unquote, type Token } from "./sql-tokens.ts";

type Change = TableStepFact["step"];
type Alteration = Pick<TableStepFact, "table" | "line" | "step">;

/** A statement's changes of existing tables: `ALTER TABLE`, `DROP TABLE`, `RENAME TABLE`. */
export function readAlterations({ tokens, path }: { tokens: readonly Token[]; path: FilePath }): Alteration[] {
  const words = toWords(tokens.slice(0, 6));
  const line = tokens[0]?.line ?? 1;
  const table = words.indexOf("table");
  if (table < 1 || table > 2) return [];
  const rest = skip({ tokens: tokens.slice(table + 1), words: ["if", "exists", "only"] });
  if (words[0] === "drop")
    return splitParts(rest).map((part) => ({
      table: readName({ tokens: part, at: 0 }).name,
      line,
      step: { kind: "drop" },
    }));
  if (words[0] === "rename")
    return splitParts(rest).flatMap((part): Alteration[] => {
      const { name, next } = readName({ tokens: part, at: 0 });
      const to = toWords(part)[next] === "to" ? readName({ tokens: part, at: next + 1 }).name : "";
      return to === "" ? [] : [{ table: name, line, step: { kind: "rename", to } }];
    });
  if (words[0] !== "alter") return [];
  const { name, next } = readName({ tokens: rest, at: 0 });
  let verb = "";
  return splitParts(rest.slice(next)).flatMap((part) => {
    const [first] = toWords(part);
    const isVerb = first !== undefined && verbs.has(first);
    // Some dialects write the verb once: `ADD a int, b int`.
    const action = isVerb || verb === "" ? part : [{ text: verb, line: part[0]?.line ?? line }, ...part];
    if (isVerb) verb = first;
    return readAction({ action, path }).map((step) => ({ table: name, line: part[0]?.line ?? line, step }));
  });
}

const verbs: ReadonlySet<string> = new Set(["add", "drop", "rename", "alter", "modify", "change"]);
/** Dropped or renamed items other than columns, which affect no field. */
const besideColumns = /^(?:constraint|primary|foreign|index|key|check|partition|default)$/;

function readAction({ action, path }: { action: readonly Token[]; path: FilePath }): Change[] {
  const [verb = ""] = toWords(action);
  const [noun = ""] = toWords(action.slice(1));
  const rest = skip({ tokens: action.slice(1), words: ["column", "if", "not", "exists"] });
  switch (verb) {
    case "add":
      return rest[0]?.text === "("
        ? splitParts(rest.slice(1)).flatMap((part) => readAdded({ part, path }))
        : readAdded({ part: rest, path });
    case "drop":
      return besideColumns.test(noun) || rest[0] === undefined
        ? []
        : [{ kind: "remove", column: unquote(rest[0].text) }];
    case "rename":
      return besideColumns.test(noun) ? [] : readRename(rest);
    case "alter":
      return besideColumns.test(noun) ? [] : readChangedColumn(rest, path);
    case "modify":
      return readRedefined({ column: rest[0]?.text ?? "", definition: rest, path });
    case "change":
      return readRedefined({ column: rest[0]?.text ?? "", definition: rest.slice(1), path });
    default:
      return [];
  }
}

function readAdded({ part, path }: { part: readonly Token[]; path: FilePath }): Change[] {
  if (isConstraint(part)) {
    const constraint = readConstraint(part);
    return constraint === null ? [] : [{ kind: "constrain", constraint }];
  }
  const field = readColumn({ part, path });
  return field === null ? [] : [{ kind: "add", field }];
}

/** `TO people`, `AS people`, `name TO title`. */
function readRename(rest: readonly Token[]): Change[] {
  const [first = "", second = ""] = toWords(rest);
  if (first === "to" || first === "as") {
    const { name: to } = readName({ tokens: rest, at: 1 });
    return to === "" ? [] : [{ kind: "rename", to }];
  }
  const [from, , to] = rest;
  if (second !== "to" || from === undefined || to === undefined) return [];
  return [{ kind: "change", column: unquote(from.text), change: { name: unquote(to.text) } }];
}

/** `name SET NOT NULL`, `name TYPE text USING …`, and SQL Server's repeated definition. */
function readChangedColumn(rest: readonly Token[], path: FilePath): Change[] {
  const [name, ...behind] = rest;
  if (name === undefined) return [];
  const column = unquote(name.text);
  const words = toWords(behind);
  const starts = (...expected: string[]) => expected.every((word, at) => words[at] === word);
  const toType = (from: number): Change[] => {
    const end = words.findIndex((word, at) => at >= from && /^(?:using|collate)$/.test(word));
    const type = joinType(behind.slice(from, end === -1 ? undefined : end).map(({ text }) => text));
    return type === "" ? [] : [{ kind: "change", column, change: { type } }];
  };
  if (starts("type")) return toType(1);
  if (starts("set", "data", "type")) return toType(3);
  if (starts("set", "not", "null")) return [{ kind: "change", column, change: { isOptional: false } }];
  if (starts("drop", "not", "null")) return [{ kind: "change", column, change: { isOptional: true } }];
  if (starts("set", "default"))
    return [{ kind: "change", column, change: { defaultValue: readDefault(behind.slice(2)) } }];
  return starts("set") || starts("drop") || starts("add") || starts("restart") || starts("reset")
    ? []
    : readRedefined({ column: name.text, definition: rest, path });
}

/** A redefined column, possibly with a new name. */
function readRedefined({
  column,
  definition,
  path,
}: {
  column: string;
  definition: readonly Token[];
  path: FilePath;
}): Change[] {
  const field = readColumn({ part: definition, path });
  if (field === null || field.type === "") return [];
  const { name, type, isOptional } = field;
  const from = unquote(column);
  return [{ kind: "change", column: from, change: { type, isOptional, ...(name === from ? {} : { name }) } }];
}

function toWords(tokens: readonly Token[]): string[] {
  return tokens.map(({ text }) => text.toLowerCase());
}

/** Removes the given words from the start, each at most once and in order. */
function skip({ tokens, words }: { tokens: readonly Token[]; words: readonly string[] }): readonly Token[] {
  let rest = tokens;
  for (const word of words) if (rest[0]?.text.toLowerCase() === word) rest = rest.slice(1);
  return rest;
}
