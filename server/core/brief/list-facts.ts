import type { BriefFact, BriefFactKind } from "#lib/contracts/comparisons/brief.ts";
import type { FileDiffEntry } from "#lib/contracts/comparisons/diff.ts";
import type { FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";

/** A fact of more files than this serves as a filter; nobody reads such a list. */
const maxPaths = 200;

/**
 * Countable facts of a comparison, from the differing files and the findings of the head relative to its base. Pass no
 * findings if the head's findings are relative to another version.
 */
export function listFacts({
  files,
  issues,
}: {
  files: readonly FileDiffEntry[];
  issues: readonly ValidationIssue[];
}): BriefFact[] {
  const ofStatus = (status: FileDiffEntry["status"]) => files.filter((file) => file.status === status);
  return [
    ...issues.flatMap((issue) =>
      issue.validator === "renames"
        ? [toFact({ kind: "renames", text: issue.message, paths: issue.paths ?? [issue.path] })]
        : [],
    ),
    ...describeFiles({ kind: "moved", files: ofStatus("moved"), verb: "moved" }),
    ...describeFiles({ kind: "added", files: ofStatus("added"), verb: "added" }),
    ...describeFiles({ kind: "deleted", files: ofStatus("deleted"), verb: "deleted" }),
    ...describeModes(files),
    ...describeFiles({
      kind: "binary",
      files: files.filter(({ isBinary, status }) => isBinary && status === "modified"),
      verb: "changed without lines to show",
    }),
    ...describeLines(files),
  ];
}

function toFact({ kind, text, paths }: { kind: BriefFactKind; text: string; paths: readonly FilePath[] }): BriefFact {
  return { kind, text, paths: paths.slice(0, maxPaths) };
}

function describeFiles({
  kind,
  files,
  verb,
}: {
  kind: BriefFactKind;
  files: readonly FileDiffEntry[];
  verb: string;
}): BriefFact[] {
  const [first] = files;
  if (first === undefined) return [];
  const only = first.previousPath === undefined ? first.path : `${first.previousPath} → ${first.path}`;
  const text = `${countFiles(files.length)} ${verb}${files.length === 1 ? `: ${only}` : ""}`;
  return [toFact({ kind, text, paths: files.map(({ path }) => path) })];
}

const modeWords: Record<FileMode, string> = { "100644": "a regular file", "100755": "executable", "120000": "a link" };

function describeModes(files: readonly FileDiffEntry[]): BriefFact[] {
  const changed = files.filter(
    ({ oldMode, newMode }) => oldMode !== undefined && newMode !== undefined && oldMode !== newMode,
  );
  return [...Map.groupBy(changed, ({ newMode }) => newMode ?? "100644")].map(([mode, ofMode]) => {
    const [first] = ofMode;
    const subject =
      ofMode.length === 1 && first !== undefined ? `${first.path} is` : `${countFiles(ofMode.length)} are`;
    return toFact({ kind: "mode", text: `${subject} now ${modeWords[mode]}`, paths: ofMode.map(({ path }) => path) });
  });
}

function describeLines(files: readonly FileDiffEntry[]): BriefFact[] {
  const changed = files.filter(({ additions, deletions }) => additions + deletions > 0);
  if (changed.length === 0) return [];
  const sum = (side: "additions" | "deletions") => changed.reduce((total, file) => total + file[side], 0);
  const [added, removed] = [sum("additions"), sum("deletions")];
  const text = `${added.toLocaleString("en")} ${added === 1 ? "line" : "lines"} added, ${removed.toLocaleString("en")} removed in ${countFiles(changed.length)}`;
  return [toFact({ kind: "lines", text, paths: changed.map(({ path }) => path) })];
}

function countFiles(count: number): string {
  return count === 1 ? "1 file" : `${count.toLocaleString("en")} files`;
}
