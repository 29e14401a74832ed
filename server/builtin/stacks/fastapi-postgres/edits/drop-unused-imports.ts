import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import { removeLines, spliceText } from "#server/builtin/edits/splice-text.ts";
import { type PythonModule, readPythonModule } from "./python-module.ts";

/** Removes imports that the change made unused. Names that were already unused stay: a module may re-export them. */
export function dropUnusedImports({
  before,
  after,
  parser,
}: {
  before: string;
  after: string;
  parser: SourceParser;
}): string {
  const usedBefore = countUses(readPythonModule({ text: before, parser }));
  const module = readPythonModule({ text: after, parser });
  const usedAfter = countUses(module);
  const isUnused = (name: string): boolean => (usedBefore.get(name) ?? 0) > 0 && (usedAfter.get(name) ?? 0) === 0;
  let text = after;
  for (const line of module.imports.toReversed()) {
    const kept = line.names.filter(({ name, alias }) => !isUnused(alias ?? name));
    if (kept.length === line.names.length) continue;
    if (kept.length === 0) {
      text = removeLines({ text, start: line.start, end: line.end });
      continue;
    }
    const spelled = kept.map(({ name, alias }) => (alias === null ? name : `${name} as ${alias}`));
    const source = text.slice(line.start, line.end);
    const from = line.module === null ? "import" : `from ${line.module} import`;
    const indent = /\n([ \t]+)\S/.exec(source)?.[1] ?? "    ";
    const oneLine = `${from} ${spelled.join(", ")}`;
    const insert =
      source.includes("\n") && oneLine.length > 88
        ? `${from} (\n${spelled.map((name) => `${indent}${name},\n`).join("")})`
        : oneLine;
    text = spliceText({ text, start: line.start, end: line.end, insert });
  }
  return text;
}

/** The number of uses of each imported name outside import statements. */
function countUses({ text, imports }: PythonModule): Map<string, number> {
  let code = text;
  for (const { start, end } of imports.toReversed()) code = code.slice(0, start) + code.slice(end);
  const withoutDocstrings = code.replace(/"""[\s\S]*?"""/g, "");
  const uses = new Map<string, number>();
  for (const { names } of imports) {
    for (const { name, alias } of names) {
      const written = (alias ?? name).split(".")[0] ?? name;
      uses.set(alias ?? name, [...withoutDocstrings.matchAll(new RegExp(`\\b${written}\\b`, "g"))].length);
    }
  }
  return uses;
}
