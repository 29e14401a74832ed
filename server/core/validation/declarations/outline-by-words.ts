import type { OutlineEntry } from "./outline-source.ts";

const modifiers =
  "(?:(?:public|private|internal|protected|open|final|abstract|static|override|sealed|data|inline|suspend|export|async|external|virtual|local|mutating|fileprivate|pub|unsafe|const|lazy|implicit|case)\\s+)*";

/** Patterns that open a declaration in languages without a grammar here; the first group is the name. */
const patternByExtension: Readonly<Record<string, RegExp>> = {
  ...forEach(
    ["kt", "kts"],
    new RegExp(
      `^\\s*${modifiers}(?:fun\\s+(?:<[^>]*>\\s*)?(?:\\w+\\.)?|class\\s+|interface\\s+|object\\s+|enum\\s+class\\s+)(\\w+)`,
    ),
  ),
  ...forEach(["swift"], new RegExp(`^\\s*${modifiers}(?:func|class|struct|enum|protocol|actor)\\s+(\\w+)`)),
  ...forEach(["scala", "sc"], new RegExp(`^\\s*${modifiers}(?:def|class|object|trait)\\s+(\\w+)`)),
  ...forEach(
    ["dart"],
    /^\s*(?:abstract\s+)?(?:class|mixin|enum|extension)\s+(\w+)|^(?:[\w<>?,]+\s+)(\w+)\(.*\)\s*(?:async\s*)?(?:\{|=>)/,
  ),
  ...forEach(["ex", "exs"], /^\s*(?:def|defp|defmodule|defmacro)\s+([\w.?!]+)/),
  ...forEach(["lua"], /^\s*(?:local\s+)?function\s+([\w.:]+)/),
  ...forEach(["sh", "bash", "zsh"], /^(?:function\s+)?([\w-]+)\s*\(\)\s*\{?|^function\s+([\w-]+)/),
  ...forEach(
    ["c", "h", "cc", "cpp", "cxx", "hh", "hpp"],
    /^(?:(?:class|struct|enum(?:\s+class)?|union)\s+(\w+)\s*(?::[^;]*)?\{?$|(?!return\b|else\b|typedef\b|#)[\w:<>,*&~ ]+[ *&]((?:\w+::)*~?\w+)\([^;]*$)/,
  ),
  ...forEach(["proto"], /^\s*(?:message|service|enum|rpc)\s+(\w+)/),
  ...forEach(["graphql", "gql"], /^\s*(?:extend\s+)?(?:type|input|enum|interface|union|scalar)\s+(\w+)/),
  ...forEach(
    ["sql"],
    /^\s*create\s+(?:or\s+replace\s+)?(?:unique\s+)?(?:table|view|materialized\s+view|function|procedure|trigger|index|type)\s+(?:if\s+not\s+exists\s+)?"?([\w.]+)"?/i,
  ),
  ...forEach(
    ["vue", "svelte"],
    /^\s*(?:export\s+)?(?:async\s+)?function\s+(\w+)|^\s*(?:export\s+)?const\s+(\w+)\s*=\s*(?:async\s*)?(?:\([^)]*\)|\w+)\s*=>/,
  ),
};

function forEach(extensions: readonly string[], pattern: RegExp): Record<string, RegExp> {
  return Object.fromEntries(extensions.map((extension) => [extension, pattern]));
}

/** A longer line does not open a declaration; the limit also bounds the work of the patterns. */
const maxLineCharacters = 300;

/** The declarations found by keyword. Each extends to the next one that is not deeper. */
export function outlineByWords({ path, text }: { path: string; text: string }): OutlineEntry[] {
  const pattern = patternByExtension[/\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ""];
  if (pattern === undefined) return [];
  const lines = text.split("\n");
  const found = lines.flatMap((line, index) => {
    const match = line.length > maxLineCharacters ? null : pattern.exec(line.trimEnd());
    const name = match?.slice(1).find((group) => group !== undefined);
    return name === undefined ? [] : [{ name, index, depth: line.length - line.trimStart().length }];
  });
  return found.map(({ name, index, depth }, at): OutlineEntry => {
    const next = found.slice(at + 1).find((other) => other.depth <= depth)?.index ?? lines.length;
    return {
      name,
      owner: null,
      kind: "symbol",
      isPrivate: name.startsWith("_"),
      isDefaultExport: false,
      startLine: index,
      endLine: next - 1,
    };
  });
}
