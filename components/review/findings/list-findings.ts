import type { FilePath } from "#lib/contracts/ids.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";

/** A finding at its place: line 0 is the whole file, and `hunk` is its change, if any. `key` is unique among notes. */
export type Finding = {
  key: string;
  path: FilePath;
  line: number;
  hunk?: number;
  issue: Pick<ValidationIssue, "severity" | "message" | "excerpt">;
};

/** Findings in stepping order: by file, then by line. */
export function listFindings({
  issues,
  paths,
}: {
  issues: readonly ValidationIssue[];
  /** The files in order; findings in other files come last. */
  paths: readonly FilePath[];
}): Finding[] {
  const rank = new Map(paths.map((path, index) => [path, index]));
  const rankOf = ({ path }: Finding) => rank.get(path) ?? Number.POSITIVE_INFINITY;
  const counts = new Map<string, number>();
  return issues
    .map((issue): Finding => {
      const { path, line = 0, validator, message } = issue;
      const name = `finding ${path} ${line} ${validator} ${message}`;
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      return { key: `${name} ${count}`, path, line, issue };
    })
    .sort((one, other) => compare(rankOf(one), rankOf(other)) || compare(one.line, other.line));
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

type FindingPlace = { path: FilePath; line: number };

/**
 * The next or previous finding: relative to the last visited one if the user is still there, else by position. Null at
 * the end.
 */
export function stepFinding({
  findings,
  last,
  from,
  paths,
  by,
}: {
  /** In order. */
  findings: readonly Finding[];
  /** The target of the last step. */
  last: Finding | null;
  /** The user's position; null at the start. */
  from: FindingPlace | null;
  paths: readonly FilePath[];
  by: 1 | -1;
}): Finding | null {
  const at = last === null ? -1 : findings.findIndex(({ key }) => key === last.key);
  const isThere = last !== null && (from === null || (from.path === last.path && from.line === last.line));
  if (at !== -1 && isThere) return findings[at + by] ?? null;
  const isLastGone = last !== null && at === -1;
  if (from === null) return findings.at(by === 1 ? 0 : -1) ?? null;
  const rank = new Map(paths.map((path, index) => [path, index]));
  const here = rank.get(from.path) ?? -1;
  const side = (finding: Finding) => {
    const of = rank.get(finding.path) ?? Number.POSITIVE_INFINITY;
    return compare(of, here) || compare(finding.line, from.line);
  };
  return (
    (by === 1
      ? // A user at a file and at no line has not seen the file's own findings. Nor has one who was led to this line by
        // something that is gone since, such as a conflict that is decided.
        findings.find((finding) => side(finding) > 0 || ((from.line === 0 || isLastGone) && side(finding) === 0))
      : findings.findLast((finding) => side(finding) < 0)) ?? null
  );
}

export function groupFindings(findings: readonly Finding[]): ReadonlyMap<FilePath, readonly Finding[]> {
  return Map.groupBy(findings, ({ path }) => path);
}
