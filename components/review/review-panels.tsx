import { keysInReview } from "../shell/key-list.ts";
import { lazyDialog } from "../ui/overlays/lazy-dialog.tsx";
import { ChangeReader } from "./change-reader.tsx";
import type { ReviewPanel } from "./session/review-panel.ts";
import type { ReviewSession } from "./session/review-session.ts";

// Loaded on demand: few visits open them.
const CommentListDialog = lazyDialog(() =>
  import("./comments/comment-list-dialog.tsx").then((module) => module.CommentListDialog),
);
const KeyHelp = lazyDialog(() => import("../shell/key-help.tsx").then((module) => module.KeyHelp));

/** The panels opened over or beside the lines of a review. */
export function ReviewPanels({
  opened,
  session: { navigation, comments, goToNote, focusSurface },
  onClose,
  onLeave,
}: {
  opened: ReviewPanel | null;
  session: ReviewSession;
  onClose: () => void;
  /** Moves the focus back to the lines. */
  onLeave: () => void;
}) {
  const { change, changeIndex } = navigation;
  return (
    <>
      {opened === "reader" && change !== null && (
        <ChangeReader
          path={change.path}
          hunk={change.hunk}
          position={`${changeIndex + 1} of ${navigation.changes.length}`}
          onStep={navigation.stepChange}
          onGoTo={({ side, line }) => {
            navigation.goToPlace({ path: change.path, side, first: line, last: line });
            focusSurface();
          }}
          onClose={onLeave}
        />
      )}
      {opened === "comments" && (
        <CommentListDialog notes={comments.entries} onGoTo={({ place }) => goToNote(place)} onClose={onClose} />
      )}
      {opened === "help" && <KeyHelp groups={keysInReview} onClose={onClose} />}
    </>
  );
}
