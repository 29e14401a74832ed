import { useMemo, useRef, useState } from "react";
import type { DiffSurfaceHandle } from "../../diff-surface/surface-types.ts";
import { useLiveRegion } from "../../ui/states/live-region.tsx";
import { useReviewComments } from "../comments/review-comments.tsx";
import type { Comparison } from "../data/comparison.ts";
import { useReviewFindings } from "../findings/review-findings.tsx";
import { useDrawnFiles } from "./drawn-files.ts";
import { readLinkedLines, toLinkedPlace, useLinkedPlace } from "./place/linked-place.ts";
import { useReviewNavigation } from "./place/place.ts";
import { useGoal } from "./use-goal.ts";
import { useReviewFind } from "./find/review-find.ts";
import type { ReviewState, SetReviewState } from "./review-state.ts";

/**
 * The state of one review: the comparison, the user's place and the notes. Each part is a class or a set of functions.
 * This hook connects them to the page and its address.
 */
export function useReviewSession({
  comparison,
  state,
  setState,
}: {
  comparison: Comparison;
  state: ReviewState;
  setState: SetReviewState;
}) {
  const { base, head, patches, viewed } = comparison;
  const surface = useRef<DiffSurfaceHandle>(null);
  const [isSurfaceReady, setIsSurfaceReady] = useState(false);
  const { region, say } = useLiveRegion();
  const drawn = useDrawnFiles({ comparison, state, setState });
  const { list, folding, fileByPath, onlyId } = drawn;
  const { files, shown } = list;
  const wantsFocus = useRef(false);
  /** Once it is mounted: its code may still be loading when the user chooses a file. */
  const focusSurface = () => {
    wantsFocus.current = surface.current === null;
    surface.current?.focus();
  };
  const comments = useReviewComments({ base: base.generationId, head, files, onFocusLost: focusSurface });
  const linkedLines = readLinkedLines({ file: state.file, lines: state.L });
  const navigation = useReviewNavigation({
    surface,
    files: shown,
    changes: drawn.changes,
    areAllKnown: patches.isComplete,
    address: { file: state.file, lines: linkedLines },
    collapsed: folding.folded,
    viewedPaths: viewed.paths,
    isOnSurface: (path) => onlyId === undefined || path === onlyId,
    reveal: (path) => {
      folding.fold({ paths: [path], isFolded: false });
      if (!shown.some((file) => file.path === path)) list.clear();
    },
    // The comment in the address is removed when the user moves.
    onAddress: ({ isJump, ...place }) =>
      void setState(
        { ...place, ...(comments.isLinkedAt(place) ? {} : { c: null }) },
        isJump ? { history: "push" } : {},
      ),
    say,
  });
  const find = useReviewFind({
    shown,
    patches: patches.byPath,
    query: state.q,
    currentPath: state.file,
    onQueryChange: (q) => void setState({ q: q === "" ? null : q }),
    onGoTo: navigation.goToPlace,
    onClosed: focusSurface,
  });
  const goal = useGoal({
    shown,
    navigation,
    show: (path) => {
      list.clear();
      if (!fileByPath.has(path)) void setState({ kept: true });
    },
  });
  const goToNote = goal.seek;
  useLinkedPlace({
    address: { file: state.file, L: state.L },
    place: toLinkedPlace({ file: state.file, lines: linkedLines, comment: comments.linked }),
    isReady: isSurfaceReady && patches.isComplete,
    onGoTo: (place) => {
      // A file alone is no reason to reset filters.
      if (place.lines !== null || shown.some(({ path }) => path === place.path)) goal.seekWhileSettling(place);
    },
  });
  const findings = useReviewFindings({ issues: drawn.issues, files, navigation, goToNote, say });
  return {
    surface,
    focusSurface,
    onSurfaceReady: () => {
      setIsSurfaceReady(true);
      if (wantsFocus.current) focusSurface();
    },
    region,
    say,
    drawn,
    comments,
    navigation,
    find,
    goToNote,
    findings,
    /** The notes at lines. */
    notes: useMemo(() => [...comments.notes, ...findings.notes], [comments.notes, findings.notes]),
  };
}

export type ReviewSession = ReturnType<typeof useReviewSession>;
