import { scanBrackets, type BracketScan, type BracketSyntax } from "../scan-brackets.ts";
import type { SyntaxFault } from "./syntax-fault.ts";

/** `url(…)` may contain any character, so it is scanned as a string. */
const cssSyntax: BracketSyntax = {
  lineComments: [],
  blockComment: ["/*", "*/"],
  quotes: { '"': "line", "'": "line" },
  escape: "backslash",
};
const prismaSyntax: BracketSyntax = {
  lineComments: ["//"],
  blockComment: ["/*", "*/"],
  quotes: { '"': "line" },
  escape: "backslash",
};
const sqlSyntax: BracketSyntax = {
  lineComments: ["--"],
  blockComment: ["/*", "*/"],
  quotes: { "'": "text", '"': "line", "`": "line", $$: "text" },
  escape: "doubled",
};

/**
 * Unclosed brackets, comments and strings in CSS. CSS parsers skip what they do not know, so nothing else is an error:
 * the grammar would report 14 of 24 valid files, for new at-rules and for `url(./a b)`.
 */
export function findCssFaults(text: string): SyntaxFault[] {
  const withoutAddresses = text.replace(/\burl\(\s*[^"'()\s][^()\n]*\)/gi, (found) => found.replace(/[^\n]/g, "_"));
  return describeScan(scanBrackets({ text: withoutAddresses, syntax: cssSyntax }));
}

/**
 * Unclosed parentheses, comments and strings in SQL. Dialects differ on whether a backslash escapes, so a text is only
 * reported if it is broken either way.
 */
export function findSqlFaults(text: string): SyntaxFault[] {
  const plain = text.replace(/\$(\w+)\$[^]*?\$\1\$/g, (found) => found.replace(/[^\n]/g, "_"));
  const faults = describeScan(scanBrackets({ text: plain, syntax: sqlSyntax }));
  const withBackslash = describeScan(scanBrackets({ text: plain, syntax: { ...sqlSyntax, escape: "backslash" } }));
  return withBackslash.length === 0 ? [] : faults;
}

const prismaBlock = /^(model|type|view|enum|datasource|generator)\s+\w+\s*\{(\s*\})?$/;

/** Unclosed blocks of a Prisma schema, lines outside blocks, and fields without a type. */
export function findPrismaFaults(text: string): SyntaxFault[] {
  const faults = describeScan(scanBrackets({ text, syntax: prismaSyntax }));
  if (faults.length > 0) return faults;
  let block: string | null = null;
  let depth = 0;
  const lines = text.replace(/\/\*[^]*?\*\//g, (found) => found.replace(/[^\n]/g, "")).split("\n");
  for (const [index, raw] of lines.entries()) {
    const line = raw
      .replace(/("(?:[^"\\]|\\.)*")|\/\/.*$/g, (_, quoted?: string) => (quoted === undefined ? "" : '""'))
      .replace(/^\uFEFF/, "")
      .trim();
    const fault = (problem: string): SyntaxFault[] => [{ line: index + 1, problem }];
    if (line === "") continue;
    if (depth > 0) {
      depth += measureDepth(line);
      continue;
    }
    if (block === null) {
      const opened = prismaBlock.exec(line);
      if (opened === null) return fault("this line stands outside any block");
      block = opened[2] === undefined ? (opened[1] ?? null) : null;
      continue;
    }
    if (line === "}") {
      block = null;
      continue;
    }
    if (line.includes("{") || line.includes("}")) return fault("a block cannot stand inside another");
    if (!isPrismaLine({ line, block })) return fault(`this is no line of a ${block} block`);
    depth = measureDepth(line);
  }
  return [];
}

function isPrismaLine({ line, block }: { line: string; block: string }): boolean {
  if (block === "datasource" || block === "generator") return /^\w+\s*=/.test(line);
  if (/^@@?\w/.test(line)) return true;
  return block === "enum" ? /^\w+(?:\s+@|$)/.test(line) : /^\w+\s+[A-Za-z"]/.test(line);
}

/** The parentheses and brackets that the line opens, minus those it closes. */
function measureDepth(line: string): number {
  return (line.match(/[([]/g)?.length ?? 0) - (line.match(/[)\]]/g)?.length ?? 0);
}

function describeScan({ unclosed, unexpected, runsOut }: BracketScan): SyntaxFault[] {
  if (unexpected !== null)
    return [{ line: unexpected.line, problem: `\`${unexpected.text}\` closes nothing that was opened` }];
  if (runsOut !== null)
    return [
      {
        line: runsOut.line,
        problem: `${runsOut.text === "/*" ? "the comment" : "the string"} that starts here is not closed`,
      },
    ];
  const innermost = unclosed.at(-1);
  return innermost === undefined ? [] : [{ line: innermost.line, problem: `\`${innermost.text}\` is not closed` }];
}
