"use client";

import { useImperativeHandle, useRef, useState, type ComponentProps, type ReactNode, type Ref } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import { chooseView } from "../../diff-surface/choose-view.ts";
import { useDiffDefaults } from "../../diff-surface/diff-defaults.ts";
import { FindBar } from "../../diff-surface/find/find-bar.tsx";
import { SurfaceSkeleton } from "../../diff-surface/surface-skeleton.tsx";
import type { DiffView, LineNote, WholeTexts } from "../../diff-surface/surface-types.ts";
import { useElementWidth } from "../../ui/windows/element-width.ts";
import { ErrorState } from "../../ui/states/error-state.tsx";
import { lazyDialog } from "../../ui/overlays/lazy-dialog.tsx";
import { LiveRegion } from "../../ui/states/live-region.tsx";
import { CauseList } from "./cause-list.tsx";
import type { Choices } from "./choices.ts";
import { DecidingSurface } from "./deciding-surface.tsx";
import { decidingMark, useDecidingKeys } from "./deciding-keys.ts";
import { useDecidingModel, type DecidingModel, type OpenChanges } from "./deciding-model.ts";
import { DecidingToolbar } from "./deciding-toolbar.tsx";
import type { DecisionWords } from "./decision-choice.tsx";
import type { DecisionSession } from "./decision-session.ts";
import { useDecisionActs } from "./decision-acts.ts";

// Loaded on demand: few visits open it.
const DecidingHelp = lazyDialog(() => import("./deciding-help.tsx").then((module) => module.DecidingHelp));

/** Functions that navigate from outside. */
export type DecidingHandle = { stepFinding: (by: 1 | -1) => void };

type DecidingProps = {
  label: string;
  changes: OpenChanges;
  session: DecisionSession;
  choices: Choices;
  words: DecisionWords;
  canTakeBoth?: boolean;
  /** Other notes at lines besides the findings. */
  notes?: readonly LineNote[];
  renderNote?: (note: LineNote) => ReactNode;
  loadTexts?: (id: string) => Promise<WholeTexts>;
  onSave: () => void;
  /** The result of the decisions, with its buttons. `goTo` navigates to a file. */
  renderResult: (goTo: (path: FilePath) => void) => ReactNode;
  /** Its height. */
  className: string;
  handle?: Ref<DecidingHandle>;
};

/**
 * Changes to decide on, by cause, by file and by lines, in the same surface as reviews, with the result of the
 * decisions below. `session` holds the decisions, `choices` is its state.
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
}: DecidingProps) {
  const root = useRef<HTMLElement>(null);
  const [surfaceColumn, widthPx] = useElementWidth(`deciding ${label}`);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const { view, isWrapped, isSplitPossible, toggleView, toggleWrap } = useDecidingView(widthPx);
  const model = useDecidingModel(changes);
  const { navigation, fileByPath, find } = model;
  useImperativeHandle(handle, () => ({ stepFinding: model.stepFinding }));
  const acts = useDecisionActs({ model, changes, session, words });
  const goTo = (path: FilePath) => navigation.goToFile(fileByPath.get(path), { isJump: true });
  useDecidingKeys({
    root,
    context: {
      ...acts,
      navigation,
      files: changes.files,
      decideBoth: canTakeBoth && acts.target.level === "lines" ? acts.decideLinesHere : null,
      canAskAgain: words.again !== null,
      stepFinding: model.stepFinding,
      save: onSave,
      toggleView,
      toggleWrap,
      find,
      focusSurface: () => {
        root.current?.scrollIntoView({ block: "nearest" });
        model.focusSurface();
      },
      openHelp: () => setIsHelpOpen(true),
    },
  });
  return (
    <section
      ref={root}
      aria-label={label}
      {...{ [decidingMark]: "" }}
      className={`@container flex min-h-0 flex-col overflow-clip rounded-md border bg-background ${className}`}
    >
      <DecidingTop
        changes={changes}
        model={model}
        target={acts.target}
        view={view}
        onToggleView={isSplitPossible ? toggleView : null}
        onHelp={() => setIsHelpOpen(true)}
      />
      <div className="flex min-h-0 flex-1 flex-col @2xl:flex-row">
        <div className="flex max-h-2/5 min-h-0 shrink-0 border-b @2xl:max-h-none @2xl:w-72 @2xl:border-r @2xl:border-b-0">
          <CauseList
            causes={changes.causes}
            choices={choices}
            words={words}
            model={model}
            onDecide={acts.decideOn}
            onSelect={goTo}
          />
        </div>
        <div ref={surfaceColumn} className="min-h-0 min-w-0 flex-1">
          {widthPx === null ? (
            <SurfaceSkeleton />
          ) : (
            <DecidingSurface
              label={label}
              changes={changes}
              choices={choices}
              words={words}
              model={model}
              acts={acts}
              view={view}
              isWrapped={isWrapped}
              notes={notes}
              renderNote={renderNote}
              loadTexts={loadTexts}
            />
          )}
        </div>
      </div>
      {/* Visible when the page is scrolled to the first changes. */}
      <div className="sticky bottom-0 z-20 border-t bg-surface">{renderResult(goTo)}</div>
      <LiveRegion region={model.region} label="Where you are" />
      {isHelpOpen && <DecidingHelp onClose={() => setIsHelpOpen(false)} />}
    </section>
  );
}

/** The content above the changes. */
function DecidingTop({
  changes: { patchError, onRetry },
  model: { steps, stepWords, stepFinding, find },
  ...toolbar
}: { changes: OpenChanges; model: DecidingModel } & Pick<
  ComponentProps<typeof DecidingToolbar>,
  "target" | "view" | "onToggleView" | "onHelp"
>) {
  return (
    <>
      <DecidingToolbar
        {...toolbar}
        stepCount={steps.length}
        stepWords={stepWords}
        onStepFinding={stepFinding}
        onFind={find.open}
      />
      {find.isOpen && <FindBar {...find.bar} />}
      {patchError !== null && (
        <div className="p-2">
          <ErrorState error={patchError} onRetry={onRetry} />
        </div>
      )}
    </>
  );
}

/** The view of lines on this screen, until the page is left. */
function useDecidingView(widthPx: number | null) {
  const [defaults] = useDiffDefaults();
  const [chosen, setChosen] = useState<DiffView | null>(null);
  const [isWrapped, setIsWrapped] = useState(defaults.isWrapped);
  const { view, isSplitPossible } = chooseView({ widthPx: widthPx ?? 0, chosen: chosen ?? defaults.view });
  return {
    view,
    isWrapped,
    isSplitPossible,
    toggleView: () => setChosen(view === "split" ? "unified" : "split"),
    toggleWrap: () => setIsWrapped(!isWrapped),
  };
}

const noNotes: readonly LineNote[] = [];
