import type { FilePath } from "#lib/contracts/ids.ts";
import { copyLink } from "../../ui/copy-link.ts";
import type { DiffView } from "../../diff-surface/surface-types.ts";
import { nextToView } from "./filter-files.ts";
import type { FoldedFiles } from "./folded-files.ts";
import type { ReviewDecisions } from "../decisions/review-decisions.ts";
import type { ListedFiles } from "./listed-files.ts";
import type { useReviewComments } from "../comments/review-comments.tsx";
import type { Place } from "./review-changes.ts";
import type { ReviewFile } from "#lib/contracts/diff.ts";
import type { useReviewFind } from "./review-find.ts";
import { reviewCommands, type ReviewContext } from "./review-commands.ts";
import { useCommands } from "./use-commands.ts";
import type { ReviewNavigation } from "./place.ts";
import type { ReviewState, SetReviewState } from "./review-state.ts";
import type { ViewedFiles } from "../data/viewed-files.ts";
import { whenDrawn } from "../../diff-surface/when-drawn.ts";

/** What opens over or beside a review. */
export type ReviewPanel = "help" | "reader" | "list" | "filter" | "comments";

/** What a person does in a review by key, and of it what they do by mouse too. */
export function useReviewCommands({
  navigation,
  list,
  viewed,
  folding: { folded, fold, toggle, followMark },
  decisions,
  lineCountOf,
  canKeep,
  comments,
  goToNote,
  stepFinding,
  find,
  writeComment,
  view,
  state,
  setState,
  onOpen,
  onLeave,
  onFocusSurface,
  onToggleList,
  onFilter,
  onMake,
  say,
}: {
  navigation: ReviewNavigation;
  list: ListedFiles;
  viewed: ViewedFiles;
  folding: FoldedFiles;
  decisions: ReviewDecisions;
  /** How many changes a file has. */
  lineCountOf: (path: FilePath) => number;
  canKeep: { files: boolean; hunks: boolean };
  comments: ReturnType<typeof useReviewComments>;
  goToNote: (place: Place) => void;
  stepFinding: (by: 1 | -1) => void;
  find: ReturnType<typeof useReviewFind>;
  writeComment: () => void;
  view: DiffView;
  state: ReviewState;
  setState: SetReviewState;
  onOpen: (panel: ReviewPanel) => void;
  /** From the reader back to the surface. */
  onLeave: () => void;
  onFocusSurface: () => void;
  onToggleList: () => void;
  onFilter: () => void;
  onMake: () => void;
  say: (text: string) => void;
}) {
  const { current, here, change } = navigation;
  const setViewed = ({ file, isViewed }: { file: ReviewFile; isViewed: boolean }) => {
    viewed.setViewed({ path: file.path, isViewed });
    followMark(file.path);
  };
  const setOneFile = (isOn: boolean) => {
    void setState({ one: isOn });
    if (current !== null) whenDrawn(() => navigation.showFile(current.path));
  };
  /** A mark leads on to what is still to be viewed, taking it back leads nowhere. */
  const markViewed = () => {
    if (here === null || here.status === "kept") return;
    const isViewed = !viewed.paths.has(here.path);
    setViewed({ file: here, isViewed });
    if (!isViewed) return say(`${here.path} is not viewed`);
    const next = nextToView({ listed: list.listed, unviewed: list.unviewedListed, marked: here });
    navigation.goToFile(next, {
      said: next === undefined ? `${here.path} viewed, no other file is left` : `${here.path} viewed`,
    });
  };
  const { session, kept } = decisions;
  // What is pressed for it goes away with it, and would take the focus along.
  const decideLines = ({ path, hunk, decision }: { path: FilePath; hunk: number; decision: "take" | "old" }) => {
    session.decideLines({
      path,
      index: hunk,
      lineCount: lineCountOf(path),
      isMoved: list.files.some((file) => file.path === path && file.status === "moved"),
      decision,
    });
    onFocusSurface();
  };
  /** On the change that one is at, or else on the file. */
  const decide = (decision: "take" | "old") => {
    if (change !== null) {
      if (canKeep.hunks) decideLines({ path: change.path, hunk: change.index, decision });
    } else if (here !== null && here.status !== "kept" && canKeep.files)
      session.decide({ paths: [here.path], decision });
  };
  const clearKept = () => {
    session.clear();
    onFocusSurface();
  };
  const undoKept = () => {
    if (!session.undo()) return;
    say("The last decision is taken back");
    if (session.getState().stepCount === 0) onFocusSurface();
  };

  const context: ReviewContext = {
    navigation,
    listed: list.listed,
    unviewed: list.unviewedListed,
    markViewed,
    decide,
    canDecide: canKeep.files,
    stepFinding,
    save: () => {
      if (kept.size > 0) onMake();
    },
    undo: undoKept,
    fold: () => {
      if (here === null) return;
      toggle(here.path);
      say(`${here.path} ${folded.has(here.path) ? "unfolded" : "folded"}`);
      if (!folded.has(here.path)) whenDrawn(() => navigation.showFile(here.path));
    },
    foldAll: () =>
      fold({
        paths: list.changed.map(({ path }) => path),
        isFolded: list.changed.some(({ path }) => !folded.has(path)),
      }),
    comment: writeComment,
    stepComment: (by) => {
      const from = navigation.selection ?? (current === null ? null : { path: current.path, last: 0 });
      const next = comments.next({ from, by, paths: list.shown.map(({ path }) => path) });
      if (next === null) return say("No other comment that way");
      goToNote(next);
      say(next.last === 0 ? `Comment on ${next.path}` : `Comment on ${next.path}, line ${next.last}`);
    },
    copyLink: () => void copyLink(),
    find,
    focusSurface: onFocusSurface,
    openReader: (by) => {
      onOpen("reader");
      navigation.stepChange(by);
    },
    closeReader: onLeave,
    toggleView: () => void setState({ view: view === "split" ? "unified" : "split" }),
    toggleWhitespace: () => void setState({ w: !state.w }),
    toggleWrap: () => void setState({ wrap: !state.wrap }),
    toggleOneFile: () => setOneFile(!state.one),
    toggleList: onToggleList,
    filter: onFilter,
    openHelp: () => onOpen("help"),
  };
  useCommands({ heading: "Review", commands: reviewCommands, context });
  return { setViewed, setOneFile, decideLines, undoKept, clearKept };
}
