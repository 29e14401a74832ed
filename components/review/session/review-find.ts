import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { FilePath } from "#lib/contracts/ids.ts";
import { useSettled } from "../../ui/settled.ts";
import { findInPatches, type FindHit } from "./find-in-patches.ts";
import { toFindPattern, type FindOptions } from "../../diff-surface/find-in-text.ts";
import type { FoundText } from "../../diff-surface/line-paint.ts";
import type { Place } from "./review-changes.ts";
import type { ReviewPatch } from "../data/review-patches.ts";

/** Typing goes on within it; then the hits are looked for, and the first is gone to. */
const pauseMs = 200;

/**
 * Find over all lines of a comparison. The text stands in the address, so that a reload finds the same. What is typed
 * is looked for after a short pause, from the file on where a person is.
 */
export function useReviewFind({
  shown,
  patches,
  query,
  currentPath,
  onQueryChange,
  onGoTo,
  onClosed,
}: {
  /** The files on the surface, in their order; a filter hides the others. */
  shown: readonly { path: FilePath }[];
  patches: ReadonlyMap<FilePath, ReviewPatch>;
  query: string;
  currentPath: string | null;
  onQueryChange: (query: string) => void;
  onGoTo: (place: Place) => void;
  onClosed: () => void;
}) {
  const inputRef = useRef<HTMLInputElement>(null);
  const [isOpen, setIsOpen] = useState(query !== "");
  const [modes, setModes] = useState({ isCaseSensitive: false, isRegex: false });
  const [typed, setTyped] = useState(query);
  const { settled, settle } = useSettled({ value: typed, afterMs: pauseMs });
  const { isCaseSensitive, isRegex } = modes;
  const options = useMemo(
    (): FindOptions => ({ query: isOpen ? settled : "", isCaseSensitive, isRegex }),
    [isOpen, settled, isCaseSensitive, isRegex],
  );
  const files = useMemo(() => listFiles({ shown, patches }), [shown, patches]);
  const { hits, problem } = useMemo(() => findInPatches({ files: files.shown, ...options }), [files.shown, options]);
  const hiddenCount = useMemo(
    () => findInPatches({ files: files.hidden, ...options }).hits.length,
    [files.hidden, options],
  );
  const [current, setCurrent] = useState<FindHit | null>(null);
  // The hits are others once more files are there; the one that a person is at is found among them again.
  const index = useMemo(
    () => (current === null ? -1 : hits.findIndex((hit) => isSameHit(hit, current))),
    [hits, current],
  );
  const found = useMemo((): FoundText | null => {
    const pattern = toFindPattern(options);
    return pattern === null
      ? null
      : { pattern, current: index === -1 || current === null ? null : { ...current, id: current.path } };
  }, [options, current, index]);

  const goTo = (hit: FindHit | undefined) => {
    setCurrent(hit ?? null);
    if (hit !== undefined) onGoTo({ path: hit.path as FilePath, side: hit.side, first: hit.line, last: hit.line });
  };
  const findFirst = () => {
    const ranks = new Map(files.shown.map(({ path }, rank) => [path as string, rank]));
    const from = (currentPath === null ? undefined : ranks.get(currentPath)) ?? 0;
    goTo(hits.find(({ path }) => (ranks.get(path) ?? 0) >= from) ?? hits[0]);
  };
  // Not for what the address says at first: there a person may be at another place.
  const asked = useRef(options);
  const onAsked = useEffectEvent(() => {
    if (asked.current === options) return;
    asked.current = options;
    if (options.query !== query) onQueryChange(options.query);
    findFirst();
  });
  useEffect(() => onAsked(), [options]);

  return {
    isOpen,
    found,
    open: () => {
      // At once, for who types on.
      flushSync(() => setIsOpen(true));
      inputRef.current?.select();
    },
    hasFocus: () => inputRef.current !== null && document.activeElement === inputRef.current,
    bar: {
      inputRef,
      options: { query: typed, ...modes },
      onChange: ({ query: nextQuery, ...nextModes }: FindOptions) => {
        setTyped(nextQuery);
        setModes(nextModes);
      },
      hitCount: hits.length,
      hiddenCount,
      index,
      problem,
      onStep: (by: 1 | -1) => {
        // Enter does not wait for the pause: the hits of what was typed last come first.
        if (typed !== settled) settle();
        else if (hits.length > 0) goTo(hits.at((index === -1 && by === 1 ? 0 : Math.max(index, 0) + by) % hits.length));
      },
      onClose: () => {
        setIsOpen(false);
        setTyped("");
        setCurrent(null);
        onQueryChange("");
        onClosed();
      },
    },
  };
}

function listFiles({
  shown,
  patches,
}: {
  shown: readonly { path: FilePath }[];
  patches: ReadonlyMap<FilePath, ReviewPatch>;
}) {
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

function isSameHit(one: FindHit, other: FindHit): boolean {
  return one.path === other.path && one.side === other.side && one.line === other.line && one.start === other.start;
}
