import { useMemo, type ReactNode } from "react";
import { LazyDiffSurface } from "../../diff-surface/lazy-diff-surface.tsx";
import { SurfaceSkeleton } from "../../diff-surface/surface-skeleton.tsx";
import type { DiffView, LineNote, WholeTexts } from "../../diff-surface/surface-types.ts";
import { fileDecisionOf, type Choices } from "./choices.ts";
import { DecidedFileHeader } from "./decided-file-header.tsx";
import type { DecidingModel, OpenChanges } from "./deciding-model.ts";
import { renderDecidingNotes } from "./deciding-notes.tsx";
import { listDecisionActions, listOldLines } from "./decision-actions.tsx";
import type { DecisionActs } from "./decision-acts.ts";
import type { DecisionWords } from "./decision-choice.tsx";

/** The lines of changes to decide on, with a decision for each file and line group. */
export function DecidingSurface({
  label,
  changes,
  choices,
  words,
  model,
  acts,
  view,
  isWrapped,
  notes,
  renderNote,
  loadTexts,
}: {
  label: string;
  changes: OpenChanges;
  choices: Choices;
  words: DecisionWords;
  model: DecidingModel;
  acts: DecisionActs;
  view: DiffView;
  isWrapped: boolean;
  /** Other notes at lines besides the findings. */
  notes: readonly LineNote[];
  renderNote: ((note: LineNote) => ReactNode) | undefined;
  loadTexts: ((id: string) => Promise<WholeTexts>) | undefined;
}) {
  const { navigation, folding, fileByPath, find } = model;
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
    <LazyDiffSurface
      fallback={<SurfaceSkeleton />}
      handle={model.surface}
      items={model.items}
      view={view}
      isWrapped={isWrapped}
      label={`Differences: ${label}`}
      selection={navigation.selection === null ? null : { ...navigation.selection, id: navigation.selection.path }}
      notes={allNotes}
      renderNote={draw.note}
      found={find.found}
      onLineClick={navigation.selectLine}
      onFilesInView={navigation.followScroll}
      hunkActions={{
        current: navigation.currentHunk,
        old,
        bar: null,
        list: listDecisionActions({ choices, words, fileByPath, onDecide: acts.decideAt }),
      }}
      renderHeader={renderHeader}
      {...(loadTexts === undefined ? {} : { loadTexts })}
    />
  );
}
