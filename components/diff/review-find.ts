import { useMemo, useRef, useState } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import { findInPatches } from "./find-in-patches.ts";
import type { FindOptions } from "./find-in-patches.ts";
import type { Change, Place } from "./review-changes.ts";

/** Find over all lines of a comparison. The text stands in the address, so that a reload finds the same. */
export function useReviewFind({ changes, query, onQueryChange, onGoTo }: { changes: readonly Change[]; query: string; onQueryChange: (query: string) => void; onGoTo: (place: Place) => void }) {
  const inputRef = useRef<HTMLInputElement>(null);
  const [isOpen, setIsOpen] = useState(query !== "");
  const [modes, setModes] = useState({ isCaseSensitive: false, isRegex: false });
  const [current, setCurrent] = useState(-1);
  const { isCaseSensitive, isRegex } = modes;
  const files = useMemo(() => [...Map.groupBy(changes, ({ path }) => path)].map(([path, ofPath]) => ({ path, hunks: ofPath.map(({ hunk }) => hunk) })), [changes]);
  const { hits, problem } = useMemo(() => (isOpen ? findInPatches({ files, query, isCaseSensitive, isRegex }) : { hits: [], problem: null }), [files, isOpen, query, isCaseSensitive, isRegex]);
  const step = (by: 1 | -1) => {
    if (hits.length === 0) return;
    const next = (current + by + (current === -1 && by === -1 ? 1 : 0) + hits.length) % hits.length;
    const hit = hits[next];
    setCurrent(next);
    if (hit !== undefined) onGoTo({ path: hit.path as FilePath, side: hit.side, first: hit.line, last: hit.line });
  };
  const change = ({ query: nextQuery, ...nextModes }: FindOptions) => {
    setCurrent(-1);
    setModes(nextModes);
    if (nextQuery !== query) onQueryChange(nextQuery);
  };
  return {
    isOpen,
    open: () => {
      setIsOpen(true);
      // After it was drawn.
      requestAnimationFrame(() => inputRef.current?.select());
    },
    hasFocus: () => inputRef.current !== null && document.activeElement === inputRef.current,
    bar: {
      inputRef,
      options: { query, ...modes },
      onChange: change,
      hitCount: hits.length,
      current,
      problem,
      onStep: step,
      onClose: () => {
        setIsOpen(false);
        onQueryChange("");
      },
    },
  };
}
