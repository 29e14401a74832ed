"use client";

import { useImperativeHandle, useMemo, useRef, useState, type ReactNode, type Ref } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import { chooseView } from "../../diff-surface/choose-view.ts";
import { useDiffDefaults } from "../../diff-surface/diff-defaults.ts";
import { FindBar } from "../../diff-surface/find-bar.tsx";
import { LazyDiffSurface } from "../../diff-surface/lazy-diff-surface.tsx";
import { SurfaceSkeleton } from "../../diff-surface/surface-skeleton.tsx";
import type { DiffView, LineNote, WholeTexts } from "../../diff-surface/surface-types.ts";
import { useElementWidth } from "../../ui/element-width.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { lazyDialog } from "../../ui/lazy-dialog.tsx";
import { LiveRegion } from "../../ui/live-region.tsx";
import { CauseList } from "./cause-list.tsx";
import { fileDecisionOf, type Choices } from "./choices.ts";
import { DecidedFileHeader } from "./decided-file-header.tsx";
import { decidingMark, useDecidingKeys } from "./deciding-keys.ts";
import { useDecidingModel, type OpenChanges } from "./deciding-model.ts";
import { DecidingToolbar } from "./deciding-toolbar.tsx";
import { listDecisionActions, listOldLines } from "./decision-actions.tsx";
import type { DecisionWords } from "./decision-choice.tsx";
import type { DecisionSession } from "./decision-session.ts";
import { useDecisionActs } from "./decision-acts.ts";
import { renderDecidingNotes } from "./deciding-notes.tsx";

// Few visits open it.
const DecidingHelp = lazyDialog(() => import("./deciding-help.tsx").then((module) => module.DecidingHelp));

/** What leads to places from outside. */
export type DecidingHandle = { stepFinding: (by: 1 | -1) => void };

/**
 * Changes to decide on: by cause, by file and by lines, in the surface that reviews have, with what the decisions come
 * to below. `session` holds what was decided, `choices` is its state.
 */
export function DecidingReview({
  label,
  changes,
  session,
  choices,
  words,
  canTakeBoth = false,
  notes = noNotes,
  renderNote,
  loadTexts,
  onSave,
  renderResult,
  className,
  handle,
}: {
  label: string;
  changes: OpenChanges;
  session: DecisionSession;
  choices: Choices;
  words: DecisionWords;
  canTakeBoth?: boolean;
  /** What stands at lines beside the findings. */
  notes?: readonly LineNote[];
  renderNote?: (note: LineNote) => ReactNode;
  loadTexts?: (id: string) => Promise<WholeTexts>;
  onSave: () => void;
  /** What the decisions come to, and its buttons. `goTo` leads to a file. */
  renderResult: (goTo: (path: FilePath) => void) => ReactNode;
  /** How high it is. */
  className: string;
  handle?: Ref<DecidingHandle>;
}) {
  const root = useRef<HTMLElement>(null);
  const [surfaceColumn, widthPx] = useElementWidth(`deciding ${label}`);
  const [defaults] = useDiffDefaults();
  const [chosenView, setChosenView] = useState<DiffView | null>(null);
  const [isWrapped, setIsWrapped] = useState(defaults.isWrapped);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const { view, isSplitPossible } = chooseView({ widthPx: widthPx ?? 0, chosen: chosenView ?? defaults.view });
  const stop = words.stop ?? findingWords;
  const model = useDecidingModel({ changes, stopWord: stop[0] });
  const { navigation, folding, fileByPath, find } = model;
  useImperativeHandle(handle, () => ({ stepFinding: model.stepFinding }));
  const acts = useDecisionActs({ model, changes, session, words });
  const goTo = (path: FilePath) => navigation.goToFile(fileByPath.get(path), { isJump: true });
  const toggleView = () => setChosenView(view === "split" ? "unified" : "split");
  useDecidingKeys({
    root,
    context: {
      navigation,
      files: changes.files,
      decide: acts.decide,
      decideBoth: canTakeBoth && acts.target.level === "lines" ? acts.decideLinesHere : null,
      canAskAgain: words.again !== null,
      stepCause: acts.stepCause,
      stepFinding: model.stepFinding,
      undo: acts.undo,
      save: onSave,
      fold: acts.fold,
      foldAll: acts.foldAll,
      toggleView,
      toggleWrap: () => setIsWrapped(!isWrapped),
      find,
      focusSurface: model.focusSurface,
      openHelp: () => setIsHelpOpen(true),
    },
  });
  const old = useMemo(() => listOldLines({ choices, patches: changes.patches }), [choices, changes.patches]);
  const allNotes = useMemo(() => [...model.findingNotes, ...notes], [model.findingNotes, notes]);
  const draw = renderDecidingNotes({ findings: model.findings, renderNote });
  const itemById = useMemo(() => new Map(model.items.map((item) => [item.id, item])), [model.items]);
  const renderHeader = (id: string) => {
    const file = fileByPath.get(id);
    if (file === undefined) return null;
    const { path } = file;
    const patch = changes.patches.get(path);
    return (
      <DecidedFileHeader
        file={file}
        note={model.fileNotes.get(id)}
        problem={changes.problems?.get(path)}
        isFolded={folding.folded.has(id)}
        onToggle={patch === undefined || patch.hunks.length === 0 ? null : () => folding.toggle(path)}
        decision={fileDecisionOf(choices.get(path))}
        words={words}
        onDecide={(decision) => acts.decideOn({ paths: [path], decision })}
        findings={model.findingsByPath.get(path) ?? []}
        onGoToFinding={model.goToFinding}
        onRetry={patch === undefined && changes.patchError !== null ? changes.onRetry : null}
        fileNotes={itemById.get(id)?.isCollapsed === true ? draw.ofFile(allNotes, path) : null}
      />
    );
  };
  return (
    <section
      ref={root}
      aria-label={label}
      {...{ [decidingMark]: "" }}
      className={`flex min-h-0 flex-col overflow-hidden rounded-md border bg-background ${className}`}
    >
      <DecidingToolbar
        target={acts.target}
        stopCount={model.steps.length}
        stopWords={stop}
        onStepFinding={model.stepFinding}
        view={view}
        onToggleView={isSplitPossible ? toggleView : null}
        onFind={find.open}
        onHelp={() => setIsHelpOpen(true)}
      />
      {find.isOpen && <FindBar {...find.bar} />}
      {changes.patchError !== null && (
        <div className="p-2">
          <ErrorState error={changes.patchError} onRetry={changes.onRetry} />
        </div>
      )}
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        <div className="flex min-h-0 shrink-0 max-lg:max-h-2/5 max-lg:border-b lg:w-80 lg:border-r">
          <CauseList
            causes={changes.causes}
            outside={model.outside}
            fileByPath={fileByPath}
            choices={choices}
            words={words}
            currentPath={navigation.current?.path ?? null}
            aimedAt={model.aimedAt}
            onDecide={acts.decideOn}
            onAim={model.aimAt}
            onSelect={goTo}
          />
        </div>
        <div ref={surfaceColumn} className="min-h-0 min-w-0 flex-1">
          {widthPx === null ? (
            <SurfaceSkeleton />
          ) : (
            <LazyDiffSurface
              fallback={<SurfaceSkeleton />}
              handle={model.surface}
              items={model.items}
              view={view}
              isWrapped={isWrapped}
              label={`Differences: ${label}`}
              selection={
                navigation.selection === null ? null : { ...navigation.selection, id: navigation.selection.path }
              }
              notes={allNotes}
              renderNote={draw.note}
              found={find.found}
              onLineClick={navigation.selectLine}
              onFilesInView={navigation.followScroll}
              hunkActions={{
                current: navigation.currentHunk,
                old,
                hasBars: false,
                list: listDecisionActions({ choices, words, fileByPath, onDecide: acts.decideAt }),
              }}
              renderHeader={renderHeader}
              {...(loadTexts === undefined ? {} : { loadTexts })}
            />
          )}
        </div>
      </div>
      <div className="border-t bg-surface">{renderResult(goTo)}</div>
      <LiveRegion region={model.region} label="Where you are" />
      {isHelpOpen && <DecidingHelp onClose={() => setIsHelpOpen(false)} />}
    </section>
  );
}

const noNotes: readonly LineNote[] = [];
const findingWords = ["finding", "findings"] as const;
