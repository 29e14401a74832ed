import type { CaseResult } from "./case-result.ts";

/** The cases of a report in the format of jest and vitest; empty if the text is no such report. */
export function readJestJson(text: string): CaseResult[] {
  const report = parse(text);
  if (!isRecord(report) || !Array.isArray(report["testResults"])) return [];
  return report["testResults"].filter(isRecord).flatMap((file) => {
    const path = readText(file["name"]).replace(/^\/work\//, "");
    const assertions = Array.isArray(file["assertionResults"]) ? file["assertionResults"].filter(isRecord) : [];
    if (assertions.length > 0 || file["status"] !== "failed")
      return assertions.map((assertion) => toCase({ assertion, path }));
    // The file itself failed to load.
    return [{ name: path, status: "failed" as const, path, message: readText(file["message"]) }];
  });
}

function toCase({ assertion, path }: { assertion: Record<string, unknown>; path: string }): CaseResult {
  const ancestors = Array.isArray(assertion["ancestorTitles"]) ? assertion["ancestorTitles"].map(readText) : [];
  const status = assertion["status"];
  const place = assertion["location"];
  const line = isRecord(place) && typeof place["line"] === "number" ? place["line"] : undefined;
  const messages = Array.isArray(assertion["failureMessages"]) ? assertion["failureMessages"].map(readText) : [];
  return {
    name: [...ancestors, readText(assertion["title"])].filter((part) => part !== "").join(" > "),
    status: status === "passed" ? "passed" : status === "failed" ? "failed" : "skipped",
    path,
    ...(line === undefined ? {} : { line }),
    message: messages.join("\n"),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function readText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
