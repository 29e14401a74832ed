import type { CaseResult } from "./case-result.ts";

/** Runners write JUnit XML in slightly different ways; all of them have these elements and attributes. */
const token = /<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([\w:-]+)((?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g;
const attribute = /([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The cases of a report; empty if the text is no such report. */
export function readJunit(text: string): CaseResult[] {
  if (!/<testsuites?[\s>]/.test(text)) return [];
  const cases: CaseResult[] = [];
  let current: CaseResult | null = null;
  let isInFailure = false;
  for (const [, cdata, close, element, attributes, isEmpty, plain] of text.matchAll(token)) {
    if (element === undefined) {
      if (current !== null && isInFailure && current.message === "")
        current.message = decode(cdata ?? plain ?? "").trim();
      continue;
    }
    if (close === "/") {
      if (element === "failure" || element === "error") isInFailure = false;
      if (element === "testcase" && current !== null) {
        cases.push(current);
        current = null;
      }
      continue;
    }
    const values = readAttributes(attributes ?? "");
    if (element === "testcase") {
      current = openCase(values);
      if (isEmpty === "/") {
        cases.push(current);
        current = null;
      }
    } else if (current !== null && (element === "failure" || element === "error")) {
      current.status = "failed";
      current.message = values.get("message") ?? "";
      isInFailure = isEmpty !== "/";
    } else if (current !== null && element === "skipped") current.status = "skipped";
  }
  return cases;
}

function openCase(values: ReadonlyMap<string, string>): CaseResult {
  const title = values.get("name") ?? "";
  const group = values.get("classname") ?? "";
  // node:test writes "test" for a case outside suites; vitest repeats the file.
  const isGroupKnown = group === "" || group === "test" || group === values.get("file") || looksLikeFile(group);
  const path = values.get("file") ?? (looksLikeFile(group) ? group : undefined);
  const line = Number(values.get("line") ?? Number.NaN);
  return {
    name: isGroupKnown ? title : `${group} > ${title}`,
    status: "passed",
    ...(path === undefined ? {} : { path: path.replace(/^\/work\//, "") }),
    // pytest counts lines from 0.
    ...(Number.isInteger(line) ? { line: line + 1 } : {}),
    message: "",
  };
}

function looksLikeFile(text: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(text);
}

function readAttributes(text: string): Map<string, string> {
  return new Map(Array.from(text.matchAll(attribute), ([, name = "", a, b]) => [name, decode(a ?? b ?? "")]));
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replaceAll(/&(#x?[\da-f]+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith("#")) return entities[name] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
