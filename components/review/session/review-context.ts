import { copyLink } from "../../ui/text/copy-link.ts";
import type { DiffView } from "../../diff-surface/surface-types.ts";
import type { useFileListPlace } from "../file-list-place.tsx";
import type { ReviewActs } from "./review-acts.ts";
import { reviewCommands, type ReviewContext } from "./commands/review-commands.ts";
import type { ReviewPanel } from "./review-panel.ts";
import type { ReviewSession } from "./review-session.ts";
import type { ReviewState, SetReviewState } from "./review-state.ts";
import { useCommands } from "./commands/use-commands.ts";

/** Binds the commands of a review to its keys and adds them to the palette. */
export function useReviewCommands({
  session: { navigation, drawn, find, findings, focusSurface },
  acts,
  canDecide,
  state,
  setState,
  view,
  listPlace,
  onPreview,
  onSave,
  onOpen,
  onLeave,
}: {
  session: ReviewSession;
  acts: ReviewActs;
  canDecide: boolean;
  state: ReviewState;
  setState: SetReviewState;
  view: DiffView;
  listPlace: ReturnType<typeof useFileListPlace>;
  onPreview: () => void;
  onSave: () => void;
  onOpen: (panel: ReviewPanel) => void;
  /** Moves the focus from the reader back to the surface. */
  onLeave: () => void;
}): void {
  const context: ReviewContext = {
    navigation,
    listed: drawn.list.listed,
    unviewed: drawn.list.unviewedListed,
    markViewed: acts.markViewed,
    decide: acts.decide,
    canDecide,
    save: onSave,
    undo: acts.undo,
    fold: acts.fold,
    foldAll: acts.foldAll,
    comment: acts.comment,
    limit: acts.limit,
    stepComment: acts.stepComment,
    stepFinding: findings.step,
    copyLink: () => void copyLink(),
    find,
    focusSurface,
    openReader: (by) => {
      onOpen("reader");
      navigation.stepChange(by);
    },
    closeReader: onLeave,
    toggleView: () => void setState({ view: view === "split" ? "unified" : "split" }),
    toggleWhitespace: () => void setState({ w: !state.w }),
    toggleWrap: () => void setState({ wrap: !state.wrap }),
    toggleOneFile: () => acts.setOneFile(!state.one),
    toggleList: listPlace.toggle,
    filter: listPlace.filter,
    preview: onPreview,
    openHelp: () => onOpen("help"),
  };
  useCommands({ heading: "Review", commands: reviewCommands, context });
}
