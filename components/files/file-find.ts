import { useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { findInText, toFindPattern, type FindOptions } from "../diff-surface/find/find-in-text.ts";
import type { FoundText } from "../diff-surface/line-paint.ts";

/** More matches than a user steps through. */
const maxHits = 5_000;

const nothing: FindOptions = { query: "", isCaseSensitive: false, isRegex: false };

/** Finds text in all lines of a file, rendered or not. Typing moves to the first match from line `fromLine` on. */
export function useFileFind({
  path,
  text,
  fromLine,
  onGoTo,
  onClosed,
}: {
  path: string;
  text: string;
  fromLine: number;
  onGoTo: (line: number) => void;
  onClosed: () => void;
}) {
  const inputRef = useRef<HTMLInputElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [options, setOptions] = useState(nothing);
  const [index, setIndex] = useState(-1);
  const pattern = useMemo(() => (isOpen ? toFindPattern(options) : null), [isOpen, options]);
  const hits = useMemo(() => findHits({ text, pattern }), [text, pattern]);
  const current = hits[index];
  const found = useMemo(
    (): FoundText | null =>
      pattern === null
        ? null
        : { pattern, current: current === undefined ? null : { id: path, side: "additions", ...current } },
    [pattern, current, path],
  );
  /** The start of the search: each further letter is searched from there. */
  const beginsAt = useRef(1);
  const goTo = ({ at, among }: { at: number; among: typeof hits }) => {
    setIndex(at);
    const hit = among[at];
    if (hit !== undefined) onGoTo(hit.line);
  };
  return {
    isOpen,
    found,
    open: () => {
      beginsAt.current = fromLine;
      // Immediate, for a user who keeps typing.
      flushSync(() => setIsOpen(true));
      inputRef.current?.select();
    },
    hasFocus: () => inputRef.current !== null && document.activeElement === inputRef.current,
    bar: {
      inputRef,
      options,
      label: "Find in this file",
      onChange: (next: FindOptions) => {
        setOptions(next);
        const among = findHits({ text, pattern: toFindPattern(next) });
        goTo({
          at:
            among.length === 0
              ? -1
              : Math.max(
                  0,
                  among.findIndex(({ line }) => line >= beginsAt.current),
                ),
          among,
        });
      },
      hitCount: hits.length,
      index,
      problem: pattern === null && options.query !== "" ? "This is no valid pattern." : null,
      onStep: (by: 1 | -1) => {
        if (hits.length > 0)
          goTo({ at: (Math.max(index, by === -1 ? 0 : -1) + by + hits.length) % hits.length, among: hits });
      },
      onClose: () => {
        setIsOpen(false);
        onClosed();
      },
    },
  };
}

function findHits({ text, pattern }: { text: string; pattern: RegExp | null }) {
  return pattern === null ? [] : findInText({ text, pattern, limit: maxHits });
}
