import { useMemo, useState } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import { filterListed, filterShown, listUnviewed } from "./filter-files.ts";
import { orderFiles } from "./order-files.ts";
import type { MergeOrigins } from "../../data/merge-origins.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { ReviewState, SetReviewState } from "../review-state.ts";

/**
 * The files of a comparison as filtered and sorted by the user: all, those on the surface, those in the list, and the
 * unviewed ones.
 */
export function useListedFiles({
  files: filesByPath,
  state,
  setState,
  findings,
  originOf,
  viewedPaths,
}: {
  files: readonly ReviewFile[];
  state: ReviewState;
  setState: SetReviewState;
  findings: ReadonlyMap<FilePath, number>;
  originOf: MergeOrigins | null;
  viewedPaths: ReadonlySet<FilePath>;
}) {
  const [filter, setFilter] = useState("");
  const files = useMemo(
    () => orderFiles({ files: filesByPath, order: state.order, findings }),
    [filesByPath, state.order, findings],
  );
  const changed = useMemo(() => files.filter(({ status }) => status !== "kept"), [files]);
  const shown = useMemo(
    () => filterShown({ files, statuses: state.status, isCombinedOnly: state.combined, originOf }),
    [files, state.status, state.combined, originOf],
  );
  const isUnviewedOnly = state.viewed === "0";
  const listed = useMemo(
    () => filterListed({ shown, text: filter, isUnviewedOnly, viewedPaths }),
    [shown, filter, isUnviewedOnly, viewedPaths],
  );
  const unviewed = useMemo(() => listUnviewed({ files: changed, viewedPaths }), [changed, viewedPaths]);
  const unviewedListed = useMemo(() => listUnviewed({ files: listed, viewedPaths }), [listed, viewedPaths]);
  /** Resets all filters that hide files. */
  const clear = () => {
    setFilter("");
    void setState({ status: null, combined: null, viewed: null });
  };
  return { clear, files, changed, shown, listed, unviewed, unviewedListed, filter, setFilter };
}

export type ListedFiles = ReturnType<typeof useListedFiles>;
