import { TomlError, parse as parseToml } from "smol-toml";
import { parseAllDocuments } from "yaml";
import type { SyntaxFault } from "./syntax-fault.ts";

/** The first error of a JSON text; `tolerant` allows comments and trailing commas, as in tsconfig.json. */
export function findJsonFaults({ text, dialect }: { text: string; dialect: "strict" | "tolerant" }): SyntaxFault[] {
  const json = dialect === "tolerant" ? blankTolerated(stripByteOrderMark(text)) : stripByteOrderMark(text);
  try {
    JSON.parse(json);
    return [];
  } catch (error) {
    const message = readMessage(error);
    const line = json.slice(0, locateJsonFault({ json, message })).split("\n").length;
    const problem = message
      .replace(/(?: after JSON)? (?:in JSON )?at position \d+[^]*$/, "")
      .replace(/, ?(?:\.\.\.)?"[^]*is not valid JSON$/, "");
    return [{ line, problem: lowerFirst(problem) }];
  }
}

/** V8 names a position, or quotes up to ten characters on each side of the error. */
function locateJsonFault({ json, message }: { json: string; message: string }): number {
  const end = json.trimEnd().length;
  const position = /\bposition (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Math.min(Number(position), end);
  const quoted = /^Unexpected token '([^]+?)', (\.\.\.)?"([^]*)"(?:\.\.\.)? is not valid JSON$/.exec(message);
  if (quoted === null) return end;
  const [, token = "", cut, around = ""] = quoted;
  return Math.max(0, json.indexOf(around)) + (cut === undefined ? around.indexOf(token) : 10);
}

/** Errors of every document in a YAML text. A text with template marks is not YAML yet, so its errors mean nothing. */
export function findYamlFaults(text: string): SyntaxFault[] {
  try {
    const documents = parseAllDocuments(text, { uniqueKeys: false, prettyErrors: true, logLevel: "silent" });
    const faults = ("empty" in documents ? [] : documents).flatMap(({ errors }) =>
      errors.map(({ message, linePos }) => ({
        line: linePos?.[0].line ?? 1,
        problem: lowerFirst(message.replace(/ at line \d+, column \d+:[^]*$/, "")),
      })),
    );
    return faults.length > 0 && /\{\{|\{%/.test(text) ? [] : faults;
  } catch (error) {
    return [
      {
        line: 1,
        problem: error instanceof RangeError ? "it is nested too deeply to be read" : lowerFirst(readMessage(error)),
      },
    ];
  }
}

/** The first error of a TOML text. */
export function findTomlFaults(text: string): SyntaxFault[] {
  try {
    parseToml(stripByteOrderMark(text));
    return [];
  } catch (error) {
    const line = error instanceof TomlError ? error.line : 1;
    return [
      { line, problem: lowerFirst((readMessage(error).split("\n")[0] ?? "").replace(/^Invalid TOML document: /, "")) },
    ];
  }
}

function stripByteOrderMark(text: string): string {
  return text.replace(/^\uFEFF/, "");
}

function readMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Blanks comments and trailing commas outside strings; all other characters keep their position. */
function blankTolerated(text: string): string {
  const withoutComments = text.replace(
    /("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[^]*?\*\//g,
    (found, quoted?: string) => quoted ?? found.replace(/[^\n]/g, " "),
  );
  return withoutComments.replace(/("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])/g, (_, quoted?: string) => quoted ?? " ");
}
