import { useEffect, useInsertionEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { flushSync } from "react-dom";
import type { FilePath } from "#lib/contracts/ids.ts";
import { toFindPattern } from "../../../diff-surface/find/find-in-text.ts";
import type { FoundText } from "../../../diff-surface/line-paint.ts";
import type { ReviewPatch } from "../../data/review-patches.ts";
import { FindSession, indexOfHit, searchOnce, type FindFiles, type FindPorts } from "./find-session.ts";

/** Find over all lines of a comparison, with its bar. The logic is in `FindSession`. */
export function useReviewFind({
  shown,
  patches,
  query,
  currentPath,
  ...ports
}: {
  /** The files on the surface, in order; a filter hides the others. */
  shown: readonly { path: FilePath }[];
  patches: ReadonlyMap<FilePath, ReviewPatch>;
  query: string;
  currentPath: string | null;
} & Omit<FindPorts, "wait">) {
  const inputRef = useRef<HTMLInputElement>(null);
  const [session] = useState(() => new FindSession({ query }));
  const files = useMemo(() => listFiles({ shown, patches }), [shown, patches]);
  useInsertionEffect(() => {
    session.setPorts({ ...ports, wait: waitFor });
    session.setData({ files, currentPath, query });
  });
  useEffect(() => () => session.stop(), [session]);
  const { isOpen, typed, asked, current } = useSyncExternalStore(session.subscribe, session.getState, session.getState);
  const { hits, problem } = searchOnce({ files: files.shown, options: asked });
  const hiddenCount = searchOnce({ files: files.hidden, options: asked }).hits.length;
  const index = useMemo(() => indexOfHit({ hits, hit: current }), [hits, current]);
  const found = useMemo((): FoundText | null => {
    const pattern = toFindPattern(asked);
    return pattern === null
      ? null
      : { pattern, current: index === -1 || current === null ? null : { ...current, id: current.path } };
  }, [asked, current, index]);
  return {
    isOpen,
    found,
    open: () => {
      // Immediate, for a user who keeps typing.
      flushSync(() => session.open());
      inputRef.current?.select();
    },
    hasFocus: () => inputRef.current !== null && document.activeElement === inputRef.current,
    bar: {
      inputRef,
      options: typed,
      onChange: session.change,
      hitCount: hits.length,
      hiddenCount,
      index,
      problem,
      onStep: session.step,
      onClose: session.close,
    },
  };
}

function waitFor(act: () => void, ms: number): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}

function listFiles({
  shown,
  patches,
}: {
  shown: readonly { path: FilePath }[];
  patches: ReadonlyMap<FilePath, ReviewPatch>;
}): FindFiles {
  const shownPaths = new Set(shown.map(({ path }) => path));
  const toFile = ({ path, hunks }: Pick<ReviewPatch, "path" | "hunks">) => ({ path, hunks });
  return {
    shown: shown.flatMap(({ path }) => {
      const patch = patches.get(path);
      return patch === undefined ? [] : [toFile(patch)];
    }),
    hidden: [...patches.values()].filter(({ path }) => !shownPaths.has(path)).map(toFile),
  };
}
