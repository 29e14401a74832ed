import { X } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { Button } from "../ui/button.tsx";
import { lineWords } from "./session/place/describe-move.ts";
import { listHunkLines } from "../diff-surface/hunks/list-hunk-lines.ts";
import type { Hunk } from "../diff-surface/hunks/parse-hunks.ts";

/**
 * One change as a heading and a list of its lines, for users of screen readers or without colour vision: the surface
 * renders lines without such structure. Tab focuses the whole list and arrow keys move within it. Enter on a line goes
 * to it on the surface.
 */
export function ChangeReader({
  path,
  hunk,
  position,
  onStep,
  onGoTo,
  onClose,
}: {
  path: string;
  hunk: Hunk;
  /** `2 of 12` */
  position: string;
  onStep: (by: 1 | -1) => void;
  onGoTo: (place: { side: "additions" | "deletions"; line: number }) => void;
  onClose: () => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [path, hunk]);
  return (
    <section aria-label="Change by change" className="flex max-h-72 flex-col border-t bg-background text-sm">
      <div className="flex items-center gap-2 border-b bg-surface px-3 py-1">
        <h2 ref={heading} tabIndex={-1} className="min-w-0 flex-1 font-medium outline-none">
          Change {position}: {path}, line {hunk.newCount === 0 ? hunk.oldStart : hunk.newStart}
        </h2>
        <Button size="sm" onClick={() => onStep(-1)}>
          Previous
        </Button>
        <Button size="sm" onClick={() => onStep(1)}>
          Next
        </Button>
        <Button size="icon-sm" look="ghost" aria-label="Close the reader" onClick={onClose}>
          <X aria-hidden />
        </Button>
      </div>
      <ReaderLines key={`${path} ${hunk.newStart} ${hunk.oldStart}`} hunk={hunk} onGoTo={onGoTo} />
    </section>
  );
}

function ReaderLines({
  hunk,
  onGoTo,
}: {
  hunk: Hunk;
  onGoTo: (place: { side: "additions" | "deletions"; line: number }) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  const [active, setActive] = useState(0);
  const lines = listHunkLines(hunk);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: lines.length - 1 }[event.key];
    if (next === undefined || event.shiftKey) return;
    event.preventDefault();
    list.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    <ol ref={list} className="overflow-y-auto py-1">
      {lines.map(({ sign, text, side, line }, index) => (
        <li key={index}>
          <button
            type="button"
            tabIndex={index === active ? 0 : -1}
            onFocus={() => setActive(index)}
            onKeyDown={onKeyDown}
            onClick={() => onGoTo({ side, line })}
            className="w-full px-3 py-1 text-left font-mono text-xs break-words whitespace-pre-wrap -outline-offset-2 hover:bg-hover"
          >
            <span className="text-muted">
              {lineWords[sign]}, line {line}:{" "}
            </span>
            {text.replace(/\r?\n$/, "")}
          </button>
        </li>
      ))}
    </ol>
  );
}
