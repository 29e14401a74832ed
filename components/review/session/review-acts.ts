import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath, ProjectId } from "#lib/contracts/ids.ts";
import { limitPromptTo } from "../../composer/scope/prompt-scope.ts";
import { toScopeGlob } from "../../composer/scope/scope-globs.ts";
import { afterPaint } from "../../diff-surface/scroll/after-paint.ts";
import type { Comparison } from "../data/comparison.ts";
import type { ReviewDecisions } from "../decisions/review-decisions.ts";
import { nextToView } from "./files/filter-files.ts";
import type { ReviewSession } from "./review-session.ts";
import type { SetReviewState } from "./review-state.ts";

/** The user's actions on the files, changes and comments of a review. */
export function useReviewActs({
  projectId,
  session: { navigation, drawn, comments, goToNote, focusSurface, say },
  comparison: { patches, viewed },
  decisions: { session: decided },
  canDecide,
  setState,
}: {
  projectId: ProjectId;
  session: ReviewSession;
  comparison: Comparison;
  decisions: ReviewDecisions;
  canDecide: { files: boolean; lines: boolean };
  setState: SetReviewState;
}) {
  const { current, here, change, selection } = navigation;
  const { list, fileByPath } = drawn;
  const { folded, fold, toggle, followMark } = drawn.folding;
  const setViewed = ({ file, isViewed }: { file: ReviewFile; isViewed: boolean }) => {
    viewed.setViewed({ path: file.path, isViewed });
    followMark(file.path);
  };
  const writeOnFile = ({ path, status }: ReviewFile) =>
    comments.write({ path, side: status === "deleted" ? "deletions" : "additions", first: 0, last: 0 });
  const decideLines = ({ path, hunk, decision }: { path: FilePath; hunk: number; decision: "take" | "old" }) => {
    const isMoved = fileByPath.get(path)?.status === "moved";
    const lineCount = patches.byPath.get(path)?.hunks.length ?? 0;
    decided.decideLines({ path, index: hunk, lineCount, isMoved, decision });
    // The button unmounts on click, so the focus moves to the surface.
    focusSurface();
  };
  return {
    setViewed,
    writeOnFile,
    decideLines,
    setOneFile: (isOn: boolean) => {
      void setState({ one: isOn });
      if (current !== null) afterPaint(() => navigation.showFile(current.path));
    },
    /** Marking moves on to the next unviewed file; unmarking does not move. */
    markViewed: () => {
      if (here === null || here.status === "kept") return;
      const isViewed = !viewed.paths.has(here.path);
      setViewed({ file: here, isViewed });
      if (!isViewed) return say(`${here.path} is not viewed`);
      const next = nextToView({ listed: list.listed, unviewed: list.unviewedListed, marked: here });
      navigation.goToFile(next, {
        said: next === undefined ? `${here.path} viewed, no other file is left` : `${here.path} viewed`,
      });
    },
    /** On the current change, or else on the file. */
    decide: (decision: "take" | "old") => {
      if (change !== null) {
        if (canDecide.lines) decideLines({ path: change.path, hunk: change.index, decision });
      } else if (here !== null && here.status !== "kept" && canDecide.files)
        decided.decide({ paths: [here.path], decision });
    },
    clearKept: () => {
      decided.clear();
      focusSurface();
    },
    undo: () => {
      if (!decided.undo()) return;
      say("The last decision is taken back");
      if (decided.getState().stepCount === 0) focusSurface();
    },
    fold: () => {
      if (here === null) return;
      const isFolded = folded.has(here.path);
      toggle(here.path);
      say(`${here.path} ${isFolded ? "unfolded" : "folded"}`);
      if (!isFolded) afterPaint(() => navigation.showFile(here.path));
    },
    foldAll: () =>
      fold({
        paths: list.changed.map(({ path }) => path),
        isFolded: list.changed.some(({ path }) => !folded.has(path)),
      }),
    /** On the selected lines or the current change, or else on the file. */
    comment: () => {
      const place = selection ?? change;
      if (place === null) return here === null ? undefined : writeOnFile(here);
      navigation.bringInSight(place);
      comments.write(place);
    },
    limit: () => {
      if (here === null) return;
      limitPromptTo({ projectId, glob: toScopeGlob({ path: here.path, isFolder: false }) });
      say(`The next prompt is limited to ${here.path}`);
    },
    stepComment: (by: 1 | -1) => {
      const from = selection ?? (current === null ? null : { path: current.path, last: 0 });
      const next = comments.next({ from, by, paths: list.shown.map(({ path }) => path) });
      if (next === null) return say("No other comment that way");
      goToNote(next);
      say(next.last === 0 ? `Comment on ${next.path}` : `Comment on ${next.path}, line ${next.last}`);
    },
  };
}

export type ReviewActs = ReturnType<typeof useReviewActs>;
