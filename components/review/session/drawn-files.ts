import { useMemo } from "react";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { Comparison } from "../data/comparison.ts";
import { useFailingCases } from "../data/failing-cases.ts";
import { useUnchangedTexts } from "../data/unchanged-texts.ts";
import { useMergeOrigins } from "../data/merge-origins.ts";
import { useReviewIssues } from "../data/review-findings.ts";
import { useReviewTexts } from "../data/review-texts.ts";
import { useFoldedFiles } from "./files/folded-files.ts";
import { useListedFiles } from "./files/listed-files.ts";
import { listChanges } from "./review-changes.ts";
import type { ReviewState, SetReviewState } from "./review-state.ts";
import { buildSurfaceItems } from "./files/surface-items.ts";

/** The files of a comparison in the list and on the surface, with their folding. */
export function useDrawnFiles({
  comparison: { base, head, files: filesByPath, patches, viewed, isLarge },
  state,
  setState,
}: {
  comparison: Comparison;
  state: ReviewState;
  setState: SetReviewState;
}) {
  const found = useReviewIssues(head);
  const failing = useFailingCases({ base: base.generationId, head: head.generationId, files: filesByPath });
  const issues = useMemo(() => [...found, ...failing], [found, failing]);
  const findingCounts = useMemo(
    () => new Map([...Map.groupBy(issues, ({ path }) => path)].map(([path, { length }]) => [path, length])),
    [issues],
  );
  const originOf = useMergeOrigins(head);
  const viewedPaths = viewed.paths;
  const list = useListedFiles({ files: filesByPath, state, setState, findings: findingCounts, originOf, viewedPaths });
  const { files, shown } = list;
  const folding = useFoldedFiles({ files, viewedPaths });
  const { folded } = folding;
  const unchangedTexts = useUnchangedTexts({
    head: head.generationId,
    paths: useMemo(
      () =>
        files.flatMap(({ status, isBinary, path }) =>
          status === "kept" && !isBinary && !folded.has(path) ? [path] : [],
        ),
      [files, folded],
    ),
  });
  const versions = `${base.generationId} ${head.generationId} ${state.w ? "w" : ""}`;
  const { byPath, error } = patches;
  const { items, notes } = useMemo(
    () =>
      buildSurfaceItems({
        versions,
        files: shown,
        patches: byPath,
        unchangedTexts,
        collapsed: folded,
        hasFailed: error !== null,
      }),
    [versions, shown, byPath, error, unchangedTexts, folded],
  );
  // In single-file mode the current file, or the first. Of very many, none is loaded before it is requested.
  const onlyId = isLarge
    ? (state.file ?? "")
    : state.one
      ? (items.find(({ id }) => id === state.file) ?? items[0])?.id
      : undefined;
  return {
    issues,
    findingCounts,
    originOf,
    list,
    folding,
    items,
    /** Why a file is initially folded, or has no visible line. */
    notes,
    changes: useMemo(() => listChanges(items), [items]),
    fileByPath: useMemo(() => new Map<string, ReviewFile>(files.map((file) => [file.path, file])), [files]),
    itemById: useMemo(() => new Map(items.map((item) => [item.id, item])), [items]),
    /** Undefined if all are on the surface. */
    onlyId,
    onSurface: useMemo(() => (onlyId === undefined ? items : items.filter(({ id }) => id === onlyId)), [items, onlyId]),
    loadTexts: useReviewTexts({ base: base.generationId, head: head.generationId, files }),
  };
}
