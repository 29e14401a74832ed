import { limits } from "#lib/contracts/limits.ts";
import type { CaseResult } from "./case-result.ts";
import { readJestJson } from "./read-jest-json.ts";
import { readJunit } from "./read-junit.ts";
import { readLog } from "./read-log.ts";

export type ReadCases = {
  /** Failed ones first, capped at the limit of a result. */
  cases: CaseResult[];
  counts: { passed: number; failed: number; skipped: number } | null;
};

/** The cases of a result: from a machine-readable report if the tool wrote one, otherwise from its log. */
export function readCases({
  log,
  reports,
}: {
  log: string;
  reports: readonly { name: string; text: string }[];
}): ReadCases {
  const reported = reports.flatMap(({ text }) => {
    const fromJson = readJestJson(text);
    return fromJson.length > 0 ? fromJson : readJunit(text);
  });
  const all = reported.length > 0 ? reported : readLog(log);
  if (all.length === 0) return { cases: [], counts: null };
  const of = (status: CaseResult["status"]) => all.filter((one) => one.status === status);
  const [failed, passed, skipped] = [of("failed"), of("passed"), of("skipped")];
  return {
    cases: [...failed, ...passed, ...skipped].slice(0, limits.checkCases).map((one) => ({
      ...one,
      name: one.name.slice(0, 500),
      message: one.message.slice(0, limits.checkMessageCharacters),
    })),
    counts: { passed: passed.length, failed: failed.length, skipped: skipped.length },
  };
}
