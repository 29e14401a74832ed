"use client";

import { useRef, useState } from "react";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { chooseView } from "../diff-surface/choose-view.ts";
import { SurfaceSkeleton } from "../diff-surface/surface-skeleton.tsx";
import { afterPaint } from "../diff-surface/scroll/after-paint.ts";
import { useElementWidth } from "../ui/windows/element-width.ts";
import { LiveRegion } from "../ui/states/live-region.tsx";
import type { Comparison } from "./data/comparison.ts";
import { useKeepParent } from "./decisions/keep-parent.ts";
import { KeptTray } from "./decisions/kept-tray.tsx";
import { useReviewDecisions } from "./decisions/review-decisions.ts";
import { FileListPlace, useFileListPlace } from "./file-list-place.tsx";
import { FileList } from "./file-list.tsx";
import { LineLevelHint } from "./line-level-hint.tsx";
import { NoFileFits } from "./no-file-fits.tsx";
import { PreviewPane, usePreviewPane } from "./preview-pane.tsx";
import { ReviewPanels } from "./review-panels.tsx";
import { ReviewSurface } from "./review-surface.tsx";
import { ReviewTop } from "./review-top.tsx";
import { useReviewActs } from "./session/review-acts.ts";
import { useReviewCommands } from "./session/review-context.ts";
import type { ReviewPanel } from "./session/review-panel.ts";
import { useReviewSession } from "./session/review-session.ts";
import type { ReviewState, SetReviewState } from "./session/review-state.ts";
import { IdenticalVersions } from "./versions/identical-versions.tsx";

type Reviewed = {
  projectId: ProjectId;
  comparison: Comparison;
  state: ReviewState;
  setState: SetReviewState;
};

/** A comparison with loaded files: the file list, the surface, and the user's actions. */
export function LoadedReview({ title, ...reviewed }: Reviewed & { title: string }) {
  const { projectId, comparison, state, setState } = reviewed;
  const { base, head } = comparison;
  const filterInput = useRef<HTMLInputElement>(null);
  const [opened, setOpened] = useState<ReviewPanel | null>(null);
  const [surfaceColumn, surfaceWidthPx] = useElementWidth("review-surface");
  const { view, isSplitPossible } = chooseView({ widthPx: surfaceWidthPx ?? 0, chosen: state.view });
  const session = useReviewSession({ comparison, state, setState });
  const { navigation, drawn, focusSurface } = session;
  const { files, changed, shown, clear } = drawn.list;
  const pair = { base: base.generationId, head: head.generationId };
  const decisions = useReviewDecisions({ ...pair, changed, patches: comparison.patches.byPath });
  const { kept } = decisions;
  const keepParent = useKeepParent({ projectId, base: pair.base, head, onMade: () => decisions.session.clear() });
  // If white space is ignored, the shown hunks do not match the texts.
  const canDecide = { files: keepParent.isPossible, lines: keepParent.isPossible && !state.w };
  const acts = useReviewActs({ projectId, session, comparison, decisions, canDecide, setState });
  const listPlace = useFileListPlace({ opened, onOpen: setOpened, filterInput });
  const isAgainstParent = head.parentGenerationIds[0] === base.generationId;
  const previewPane = usePreviewPane({ projectId, base, head, isAgainstParent });
  const save = () => keepParent.keep({ kept, files });
  const leavePanel = () => {
    setOpened(null);
    focusSurface();
  };
  useReviewCommands({
    session,
    acts,
    canDecide: canDecide.files,
    state,
    setState,
    view,
    listPlace,
    onPreview: previewPane.toggle,
    onSave: () => kept.size > 0 && save(),
    onOpen: setOpened,
    onLeave: () => opened === "reader" && leavePanel(),
  });
  const parts = { ...reviewed, session, acts, view };
  return (
    <>
      <ReviewTop
        {...parts}
        isSplitPossible={isSplitPossible}
        listPlace={listPlace}
        previewPane={previewPane}
        saveError={keepParent.error}
        canTake={keepParent.isOtherCandidate}
        onOpen={setOpened}
      />
      {files.length === 0 ? (
        <IdenticalVersions
          projectId={projectId}
          base={base}
          head={head}
          keptCount={comparison.keptCount}
          onShowKept={() => void setState({ kept: true })}
        />
      ) : (
        <div className="flex min-h-0 flex-1">
          <FileListPlace {...listPlace}>
            <ReviewList {...parts} filterInput={filterInput} onLeave={listPlace.leave} />
          </FileListPlace>
          <div ref={surfaceColumn} className="flex min-w-0 flex-1 flex-col">
            <KeptTray
              kept={kept}
              words={keepParent.words}
              projectId={projectId}
              head={head}
              isPending={keepParent.isPending}
              onMake={save}
              onUndo={acts.undo}
              onClear={acts.clearKept}
            />
            {shown.length === 0 && <NoFileFits onClear={clear} />}
            <div className="min-h-0 flex-1">
              {surfaceWidthPx === null ? (
                <SurfaceSkeleton />
              ) : (
                <ReviewSurface
                  {...parts}
                  title={title}
                  decisions={decisions}
                  canDecide={canDecide}
                  words={keepParent.words}
                />
              )}
            </div>
          </div>
          {previewPane.isOpen && <PreviewPane projectId={projectId} base={base} head={head} />}
        </div>
      )}
      {navigation.isAtLines && <LineLevelHint />}
      <ReviewPanels opened={opened} session={session} onClose={() => setOpened(null)} onLeave={leavePanel} />
      <LiveRegion region={session.region} label="Where you are" />
    </>
  );
}

function ReviewList({
  projectId,
  comparison: { viewed },
  state,
  setState,
  session: { drawn, navigation, comments, focusSurface },
  filterInput,
  onLeave,
}: Reviewed & {
  session: ReturnType<typeof useReviewSession>;
  filterInput: React.RefObject<HTMLInputElement | null>;
  onLeave: () => void;
}) {
  const select = (file: ReviewFile) => {
    onLeave();
    navigation.goToFile(file, { isJump: true });
  };
  return (
    <FileList
      projectId={projectId}
      list={drawn.list}
      state={state}
      setState={setState}
      current={navigation.current?.path ?? null}
      filterInput={filterInput}
      onFilterLeave={(file) => {
        if (file === null) onLeave();
        else select(file);
        afterPaint(focusSurface);
      }}
      isMerge={drawn.originOf !== null}
      commentCounts={comments.countByPath}
      findings={drawn.findingCounts}
      viewed={viewed}
      onSelect={select}
    />
  );
}
