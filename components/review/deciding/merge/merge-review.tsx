"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import type { GenerationOutput, MergePreviewOutput } from "#lib/contracts/versions/generation.ts";
import type { FilePath, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import type { WholeTexts } from "../../../diff-surface/surface-types.ts";
import { Button } from "../../../ui/button.tsx";
import { ModifierKeyHint } from "../../../ui/keys/key-hint.tsx";
import { lineDecisionOf } from "../choices.ts";
import { DecidingReview, type DecidingHandle } from "../deciding-review.tsx";
import type { DecisionWords } from "../decision-choice.tsx";
import { DecisionResult } from "../decision-result.tsx";
import { DecisionSession } from "../decision-session.ts";
import { storedChoices } from "../stored-choices.ts";
import { conflictKey, listConflictNotes, listOpenStops, toConflictChanges } from "./conflict-files.ts";
import { ConflictNote } from "./conflict-note.tsx";
import { joinSide } from "./conflict-patch.ts";
import { describeMergeResult } from "./describe-merge-result.ts";
import { listConflictPlaces, listDecidedConflicts, type DecidedConflict } from "./merge-choices.ts";
import { useMergeCheck } from "./merge-check.ts";

type VersionRef = Pick<GenerationOutput, "generationId" | "version">;

/** The conflicts of a merge, decided on like other changes: ours is the old text, theirs the new one. */
export function MergeReview({
  projectId,
  from,
  head,
  preview: { conflicts, baseGenerationId },
  isPending,
  onMerge,
}: {
  projectId: ProjectId;
  from: VersionRef;
  head: VersionRef;
  preview: MergePreviewOutput;
  isPending: boolean;
  onMerge: (decisions: DecidedConflict[]) => void;
}) {
  const names = useVersionNames({ from, head, baseGenerationId });
  const handle = useRef<DecidingHandle>(null);
  const changes = useMemo(() => toConflictChanges(conflicts), [conflicts]);
  const key = `merge.${head.generationId}.${from.generationId}`;
  const { session, choices } = useMergeDecisions({ conflicts, key });
  const stops = useMemo(
    () => listOpenStops({ conflicts, patches: changes.patches, choices }),
    [conflicts, changes, choices],
  );
  const notes = useMemo(() => listConflictNotes({ conflicts, patches: changes.patches }), [conflicts, changes]);
  const places = useMemo(() => listPlacesByKey(conflicts), [conflicts]);
  const decisions = useMemo(() => listDecidedConflicts({ conflicts, choices }), [conflicts, choices]);
  const check = useMergeCheck({
    projectId,
    fromGenerationId: from.generationId,
    expectedHeadGenerationId: head.generationId,
    decisions,
  });
  const submit = () => {
    if (stops.length > 0) handle.current?.stepFinding(1);
    else if (!isPending) onMerge(decisions);
  };
  return (
    <DecidingReview
      handle={handle}
      label={`Conflicts of v${from.version} and v${head.version}`}
      className="h-[calc(var(--app-height)-11rem)] min-h-128"
      changes={{
        key,
        ...changes,
        arePatchesComplete: true,
        patchError: null,
        onRetry: () => undefined,
        issues: check.problems,
        stops: { list: stops, words: ["open conflict", "open conflicts"] },
      }}
      session={session}
      choices={choices}
      words={toWords(names)}
      canTakeBoth
      notes={notes}
      renderNote={({ key }) => {
        const place = places.get(key);
        if (place === undefined) return null;
        const { path, index, part, count } = place;
        return (
          <ConflictNote
            name={`Conflict ${index + 1} of ${count} in ${path}`}
            part={part}
            names={names}
            decision={lineDecisionOf({ choice: choices.get(path), index })}
            onDecide={(decision) => session.decideLines({ path, index, lineCount: count, isMoved: false, decision })}
          />
        );
      }}
      loadTexts={(id) => Promise.resolve(readTexts({ conflicts, id }))}
      onSave={submit}
      renderResult={(goTo) => (
        <DecisionResult
          text={describeMergeResult({
            openCount: stops.length,
            total: places.size + changes.wholePaths.size,
            problems: check.problems,
            isChecking: check.isChecking,
          })}
          hint={`What both versions changed elsewhere in a file is kept. v${head.version} and v${from.version} stay as they are.`}
          problems={check.problems}
          errors={[{ error: check.error, onRetry: check.retry }]}
          onShow={goTo}
        >
          <Button look="primary" isPending={isPending} onClick={submit}>
            {stops.length > 0 ? `Next of ${stops.length} open` : nameMerge(check.problems)}
          </Button>
          <span className="max-md:hidden">
            <ModifierKeyHint name="Enter" />
          </span>
        </DecisionResult>
      )}
    />
  );
}

/** What the user decided at each conflict. Stored in the browser under the key. */
function useMergeDecisions({ conflicts, key }: { conflicts: MergePreviewOutput["conflicts"]; key: string }) {
  const [session] = useState(
    () =>
      new DecisionSession({
        paths: conflicts.map(({ path }) => path),
        proposed: new Map(),
        storage: storedChoices(key),
      }),
  );
  const { choices } = useSyncExternalStore(session.subscribe, session.getState, session.getProposed);
  return { session, choices };
}

function useVersionNames({
  from,
  head,
  baseGenerationId,
}: {
  from: VersionRef;
  head: VersionRef;
  baseGenerationId: MergePreviewOutput["baseGenerationId"];
}) {
  const trpc = useTRPC();
  const { data: base } = useQuery(
    trpc.generation.summary.queryOptions(
      { generationId: baseGenerationId ?? head.generationId },
      { enabled: baseGenerationId !== null },
    ),
  );
  return {
    ours: `v${head.version}`,
    theirs: `v${from.version}`,
    base: base === undefined ? "Common ancestor" : `v${base.version}`,
  };
}

function toWords({ ours, theirs }: { ours: string; theirs: string }): DecisionWords {
  return {
    take: { label: `Take ${theirs}`, description: `What ${theirs} has at each conflict of the file` },
    old: { label: `Keep ${ours}`, description: `What ${ours}, the active version, has at each conflict of the file` },
    again: null,
  };
}

/** The name of the button that stores the result, with the number of problems. */
function nameMerge({ length }: readonly ValidationIssue[]): string {
  return length === 0 ? "Merge" : `Merge with ${length} ${length === 1 ? "problem" : "problems"}`;
}

function listPlacesByKey(conflicts: readonly MergePreviewOutput["conflicts"][number][]) {
  return new Map(
    conflicts.flatMap((conflict) =>
      listConflictPlaces(conflict).map((part, index, { length }) => {
        const place: { path: FilePath; index: number; count: number; part: typeof part } = {
          path: conflict.path,
          index,
          count: length,
          part,
        };
        return [conflictKey(place), place] as const;
      }),
    ),
  );
}

function readTexts({ conflicts, id }: { conflicts: MergePreviewOutput["conflicts"]; id: string }): WholeTexts {
  const parts = conflicts.find(({ path }) => path === id)?.parts ?? [];
  return { before: joinSide({ parts, side: "ours" }), after: joinSide({ parts, side: "theirs" }), colours: null };
}
