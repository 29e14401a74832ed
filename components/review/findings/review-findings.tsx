import { useMemo, type ReactNode } from "react";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import type { LineNote } from "../../diff-surface/surface-types.ts";
import type { Place } from "../session/review-changes.ts";
import type { ReviewNavigation } from "../session/place/place.ts";
import { FindingNote } from "./finding-note.tsx";
import { useFindingSteps } from "./finding-steps.ts";
import { groupFindings, listFindings } from "./list-findings.ts";

/**
 * The findings of a comparison at their lines, and stepping through them. Findings in unchanged files are included:
 * stepping shows those files first.
 */
export function useReviewFindings({
  issues,
  files,
  navigation,
  goToNote,
  say,
}: {
  issues: readonly ValidationIssue[];
  files: readonly ReviewFile[];
  navigation: ReviewNavigation;
  goToNote: (place: Place) => void;
  say: (text: string) => void;
}) {
  const paths = useMemo(() => files.map(({ path }) => path), [files]);
  const list = useMemo(() => listFindings({ issues, paths }), [issues, paths]);
  const byPath = useMemo(() => groupFindings(list), [list]);
  const byKey = useMemo(() => new Map(list.map((finding) => [finding.key, finding])), [list]);
  const deleted = useMemo(
    () => new Set(files.flatMap(({ path, status }) => (status === "deleted" ? [path] : []))),
    [files],
  );
  const sideOf = (path: ReviewFile["path"]) => (deleted.has(path) ? ("deletions" as const) : ("additions" as const));
  const { stepFinding, goToFinding } = useFindingSteps({
    findings: list,
    paths,
    navigation,
    onGoTo: ({ path, line }, said) => {
      goToNote({ path, side: sideOf(path), first: line, last: line });
      say(said);
    },
    say,
  });
  return {
    byPath,
    notes: useMemo(
      () =>
        list.map(({ key, path, line }): LineNote => ({
          key,
          id: path,
          side: deleted.has(path) ? "deletions" : "additions",
          line,
        })),
      [list, deleted],
    ),
    step: stepFinding,
    goTo: goToFinding,
    /** Null if it is not a finding. */
    renderNote: ({ key }: LineNote): ReactNode => {
      const finding = byKey.get(key);
      return finding === undefined ? null : <FindingNote issue={finding.issue} />;
    },
    /** The notes of a file whose lines are not rendered. */
    renderFileNotes: (path: ReviewFile["path"]): ReactNode =>
      (byPath.get(path) ?? []).flatMap(({ key, line, issue }) =>
        line === 0 ? [<FindingNote key={key} issue={issue} />] : [],
      ),
  };
}
