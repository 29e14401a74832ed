import { useMemo, useState } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import { orderFiles } from "./order-files.ts";
import type { MergeOrigins } from "../data/merge-origins.ts";
import type { ReviewFile } from "#lib/contracts/diff.ts";
import type { ReviewState, SetReviewState } from "./review-state.ts";

/**
 * The files of a comparison as a person wants them: all in their order, those that the surface shows, those of them
 * that the list beside it shows, and those that are still to be viewed.
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
  const shown = useMemo(() => {
    const ofStatus =
      state.status.length === 0
        ? files
        : files.filter(({ status }) => status !== "kept" && state.status.includes(status));
    return state.combined && originOf !== null
      ? ofStatus.filter(({ path }) => ![null, "taken"].includes(originOf(path)))
      : ofStatus;
  }, [files, state.status, state.combined, originOf]);
  const listed = useMemo(() => {
    const wanted = filter.trim().toLowerCase();
    return shown.filter(
      ({ path }) => path.toLowerCase().includes(wanted) && (state.viewed !== "0" || !viewedPaths.has(path)),
    );
  }, [shown, filter, state.viewed, viewedPaths]);
  const unviewed = useMemo(() => changed.filter(({ path }) => !viewedPaths.has(path)), [changed, viewedPaths]);
  const unviewedListed = useMemo(
    () => listed.filter(({ status, path }) => status !== "kept" && !viewedPaths.has(path)),
    [listed, viewedPaths],
  );
  /** Takes back all that keeps files out of sight. */
  const clear = () => {
    setFilter("");
    void setState({ status: null, combined: null, viewed: null });
  };
  return { clear, files, changed, shown, listed, unviewed, unviewedListed, filter, setFilter };
}

export type ListedFiles = ReturnType<typeof useListedFiles>;
