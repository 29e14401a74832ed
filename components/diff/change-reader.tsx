import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "../ui/button.tsx";
import { listHunkLines } from "./list-hunk-lines.ts";
import type { Hunk } from "./parse-hunks.ts";

const words = { "+": "added", "-": "deleted", " ": "unchanged" } as const;

/**
 * One change as a heading and a list of its lines, for people who read with a screen reader or without colours: the surface
 * draws its lines without any such structure. Enter on a line goes to it.
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
  const lines = listHunkLines(hunk);
  return (
    <section aria-label="Change by change" className="flex max-h-72 flex-col border-t bg-background text-sm">
      <div className="flex items-center gap-2 border-b bg-surface px-3 py-1">
        <h2 ref={heading} tabIndex={-1} className="min-w-0 flex-1 font-medium outline-none">
          Change {position}: {path}, line {hunk.newStart}
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
      <ol className="overflow-y-auto py-1">
        {lines.map(({ sign, text, side, line }, index) => (
          <li key={index}>
            <button type="button" onClick={() => onGoTo({ side, line })} className="w-full px-3 py-1 text-left font-mono text-xs break-words whitespace-pre-wrap -outline-offset-2 hover:bg-hover">
              <span className="text-muted">
                {words[sign]}, line {line}:{" "}
              </span>
              {text.replace(/\r?\n$/, "")}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
