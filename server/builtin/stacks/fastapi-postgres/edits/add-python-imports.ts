import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import { type PythonImport, compareImportedNames, maxPythonLineLength, rankPythonModule } from "../python-source.ts";
import { type PythonImportLine, type PythonModule, readPythonModule } from "./python-module.ts";
import { insertLinesAfter, insertLinesBefore, spliceText } from "#server/builtin/edits/splice-text.ts";

/** Adds missing imports to a module, each in its group and in order. */
export function addPythonImports({
  text,
  imports,
  parser,
}: {
  text: string;
  imports: PythonImport[];
  parser: SourceParser;
}): string {
  return imports.reduce(
    (current, wanted) => addImport({ module: readPythonModule({ text: current, parser }), wanted }),
    text,
  );
}

function addImport({ module, wanted }: { module: PythonModule; wanted: PythonImport }): string {
  const { name, alias } = wanted;
  if (name === undefined) {
    const isThere = module.imports.some(
      (line) =>
        line.module === null &&
        line.names.some((given) => given.name === wanted.module && given.alias === (alias ?? null)),
    );
    return isThere
      ? module.text
      : insertImport({
          module,
          wanted,
          line: alias === undefined ? `import ${wanted.module}` : `import ${wanted.module} as ${alias}`,
        });
  }
  const spelled = alias === undefined ? name : `${name} as ${alias}`;
  const sameModule = module.imports.filter((line) => line.module === wanted.module);
  if (
    sameModule.some(({ names }) =>
      names.some((given) => given.name === "*" || (given.name === name && given.alias === (alias ?? null))),
    )
  ) {
    return module.text;
  }
  const extendable = sameModule.find((line) => !module.text.slice(line.start, line.end).includes("#"));
  if (extendable === undefined)
    return insertImport({ module, wanted, line: `from ${wanted.module} import ${spelled}` });
  return spliceText({
    text: module.text,
    start: extendable.start,
    end: extendable.end,
    insert: extendImport({
      line: extendable,
      name: spelled,
      source: module.text.slice(extendable.start, extendable.end),
    }),
  });
}

/** Keeps a sorted statement sorted, and a layout of one name per line. */
function extendImport({ line, name, source }: { line: PythonImportLine; name: string; source: string }): string {
  const spelled = line.names.map((given) => (given.alias === null ? given.name : `${given.name} as ${given.alias}`));
  const isSorted = spelled.every(
    (value, index) => index === 0 || compareImportedNames(spelled[index - 1] ?? "", value) <= 0,
  );
  const names = isSorted ? [...spelled, name].sort(compareImportedNames) : [...spelled, name];
  const oneLine = `from ${line.module} import ${names.join(", ")}`;
  if (!source.includes("\n") && oneLine.length <= maxPythonLineLength && !source.includes("(")) return oneLine;
  if (!source.includes("\n") && source.includes("(")) return `from ${line.module} import (${names.join(", ")})`;
  const indent = /\n([ \t]+)\S/.exec(source)?.[1] ?? "    ";
  return `from ${line.module} import (\n${names.map((value) => `${indent}${value},\n`).join("")})`;
}

function insertImport({ module, wanted, line }: { module: PythonModule; wanted: PythonImport; line: string }): string {
  const { text, imports, docstring } = module;
  const rank = rankPythonModule(wanted.module);
  const rankOf = (given: PythonImportLine): number => rankPythonModule(given.module ?? given.names[0]?.name ?? "");
  const sameRank = imports.filter((given) => rankOf(given) === rank);
  const key = importKey({ isPlain: wanted.name === undefined, module: wanted.module });
  const before = sameRank
    .filter(
      (given) =>
        importKey({ isPlain: given.module === null, module: given.module ?? given.names[0]?.name ?? "" }) <= key,
    )
    .at(-1);
  if (before !== undefined) return insertLinesAfter({ text, offset: before.end, lines: line });
  const first = sameRank[0];
  if (first !== undefined) return insertLinesBefore({ text, offset: first.start, lines: line });
  const lower = imports.filter((given) => rankOf(given) < rank).at(-1);
  if (lower !== undefined) return insertLinesAfter({ text, offset: lower.end, lines: `\n${line}` });
  const higher = imports[0];
  if (higher !== undefined) return insertLinesBefore({ text, offset: higher.start, lines: `${line}\n` });
  if (docstring !== null) return insertLinesAfter({ text, offset: docstring.end, lines: `\n${line}` });
  return text === "" ? `${line}\n` : `${line}\n\n${text}`;
}

/** Plain imports come first in a group; then by module. */
function importKey({ isPlain, module }: { isPlain: boolean; module: string }): string {
  return `${isPlain ? 0 : 1} ${module}`;
}
