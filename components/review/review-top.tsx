import type { ProjectId } from "#lib/contracts/ids.ts";
import { formatCount } from "#lib/format-count.ts";
import { ComparedChecks } from "../checks/compared-checks.tsx";
import { FindBar } from "../diff-surface/find/find-bar.tsx";
import { formatLedger } from "../generation/format-ledger.ts";
import { ErrorState } from "../ui/states/error-state.tsx";
import type { DiffView } from "../diff-surface/surface-types.ts";
import type { Comparison } from "./data/comparison.ts";
import type { useFileListPlace } from "./file-list-place.tsx";
import type { usePreviewPane } from "./preview-pane.tsx";
import { ReviewActions } from "./review-actions.tsx";
import { ReviewBrief } from "./review-brief.tsx";
import { ReviewToolbar } from "./review-toolbar.tsx";
import type { ReviewActs } from "./session/review-acts.ts";
import type { ReviewPanel } from "./session/review-panel.ts";
import type { ReviewSession } from "./session/review-session.ts";
import type { ReviewState, SetReviewState } from "./session/review-state.ts";
import { NewerVersionNotice } from "./versions/newer-version-notice.tsx";
import { areSiblings } from "./versions/relate-versions.ts";
import { SiblingScoreboard } from "./versions/sibling-scoreboard.tsx";
import { VersionPicker } from "./versions/version-picker.tsx";
import { ViewMenu } from "./view-menu.tsx";

/** The content above the lines of a review: its toolbar, the brief, and notices about the two versions. */
export function ReviewTop({
  projectId,
  comparison: { base, head, keptCount, patches, isLarge },
  session: { drawn, comments, find, goToNote },
  acts,
  state,
  setState,
  view,
  isSplitPossible,
  listPlace,
  previewPane,
  saveError,
  canTake,
  onOpen,
}: {
  projectId: ProjectId;
  comparison: Comparison;
  session: ReviewSession;
  acts: ReviewActs;
  state: ReviewState;
  setState: SetReviewState;
  view: DiffView;
  isSplitPossible: boolean;
  listPlace: ReturnType<typeof useFileListPlace>;
  previewPane: ReturnType<typeof usePreviewPane>;
  saveError: unknown;
  /** The base is another answer to the same request, so its changes can be taken into the head. */
  canTake: boolean;
  onOpen: (panel: ReviewPanel) => void;
}) {
  const { changed, unviewed, files, clear } = drawn.list;
  const isAgainstParent = head.parentGenerationIds[0] === base.generationId;
  return (
    <>
      <ReviewToolbar
        picker={<VersionPicker projectId={projectId} base={base} head={head} />}
        summary={
          isAgainstParent && head.counts !== null
            ? formatLedger(head.counts)
            : describeDifference({ changedCount: changed.length, keptCount })
        }
        changed={changed}
        viewedCount={changed.length - unviewed.length}
        view={view}
        isSplitPossible={isSplitPossible}
        onViewChange={(next) => void setState({ view: next })}
        viewMenu={
          <ViewMenu
            state={state}
            setState={setState}
            keptCount={keptCount}
            onOneFileChange={acts.setOneFile}
            isListShown={listPlace.isBeside ? listPlace.isOpen : null}
            onListShownChange={listPlace.toggle}
          />
        }
        actions={
          <ReviewActions
            unsentCount={comments.unsent.length}
            commentCount={comments.entries.length}
            onOpenComments={() => onOpen("comments")}
            onOpenList={listPlace.isBeside ? null : () => onOpen("list")}
            previewPane={previewPane}
            onFind={find.open}
            onHelp={() => onOpen("help")}
            onComment={acts.comment}
          />
        }
      />
      {files.length > 0 && (
        <ReviewBrief
          projectId={projectId}
          base={base.generationId}
          head={head.generationId}
          onGoTo={(path) => goToNote({ path, side: "additions", first: 0, last: 0 })}
          onFilter={(status) => void setState({ status: [status] })}
          aside={
            <ComparedChecks
              projectId={projectId}
              base={base.generationId}
              head={head.generationId}
              isAgainstParent={isAgainstParent}
            />
          }
        />
      )}
      <NewerVersionNotice projectId={projectId} reviewed={head} />
      {isLarge && <LargeComparison changedCount={changed.length} />}
      {areSiblings(base, head) && <SiblingScoreboard projectId={projectId} base={base} head={head} canTake={canTake} />}
      {find.isOpen && <FindBar {...find.bar} onShowHidden={clear} />}
      <Errors
        errors={[
          { error: saveError },
          { error: patches.error, onRetry: patches.retry },
          { error: comments.error, onRetry: comments.retry },
        ]}
      />
    </>
  );
}

function Errors({ errors }: { errors: readonly { error: unknown; onRetry?: () => void }[] }) {
  return errors
    .filter(({ error }) => error !== null)
    .map((each, index) => (
      <div key={index} className="p-2">
        <ErrorState {...each} />
      </div>
    ));
}

function LargeComparison({ changedCount }: { changedCount: number }) {
  return (
    <p className="border-b bg-surface px-3 py-1 text-sm text-muted">
      {formatCount(changedCount)} files differ, so each is read when you choose it. Find looks in those that were read.
    </p>
  );
}

function describeDifference({ changedCount, keptCount }: { changedCount: number; keptCount: number }): string {
  const differing = changedCount === 1 ? "1 file differs" : `${formatCount(changedCount)} files differ`;
  return `${differing}, ${keptCount === 1 ? "1 is" : `${formatCount(keptCount)} are`} the same`;
}
