"use client";

import { Copy, X } from "lucide-react";
import { useMemo, useRef } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { LineColours } from "#lib/contracts/comparisons/line-colours.ts";
import { CodeSurface } from "../diff-surface/code-surface.tsx";
import type { DiffSurfaceHandle } from "../diff-surface/surface-types.ts";
import { FindBar } from "../diff-surface/find/find-bar.tsx";
import { Button } from "../ui/button.tsx";
import { copyLink } from "../ui/text/copy-link.ts";
import { useHotkeys } from "../ui/keys/hotkeys.ts";
import { KeyHint } from "../ui/keys/key-hint.tsx";
import { useFileFind } from "./file-find.ts";
import { countLines, type FileLines } from "./file-lines.ts";
import { useLineChoice } from "./line-choice.ts";

/** The text of one file: the user can select lines, link to them and search. */
export function FileCode({
  path,
  text,
  contentHash,
  colours,
}: {
  path: FilePath;
  text: string;
  contentHash: string;
  colours: LineColours | null;
}) {
  const surface = useRef<DiffSurfaceHandle>(null);
  const lineCount = useMemo(() => countLines(text), [text]);
  const choice = useLineChoice({ surface, path, lineCount });
  const { lines } = choice;
  const find = useFileFind({
    path,
    text,
    fromLine: lines?.first ?? 1,
    onGoTo: choice.goTo,
    onClosed: () => surface.current?.focus(),
  });
  const openFind = (event: KeyboardEvent) => {
    event.preventDefault();
    find.open();
  };
  const grow = (by: 1 | -1) => (event: KeyboardEvent) => {
    if (lines === null) return;
    event.preventDefault();
    choice.grow(by);
  };
  useHotkeys({
    j: () => choice.step(1),
    k: () => choice.step(-1),
    "Shift+ArrowDown": grow(1),
    "Shift+ArrowUp": grow(-1),
    Escape: () => lines !== null && choice.clear(),
    "/": openFind,
    // A second press opens the browser's own search.
    "$mod+KeyF": (event) => !find.hasFocus() && openFind(event),
  });
  return (
    <div className="flex h-full min-h-0 flex-col">
      {find.isOpen && <FindBar {...find.bar} />}
      <div className="min-h-0 flex-1">
        <CodeSurface
          path={path}
          text={text}
          cacheKey={`${contentHash} ${path}`}
          colours={colours}
          lines={lines}
          found={find.found}
          handle={surface}
          onLineClick={choice.point}
        />
      </div>
      <p role="status" className="sr-only">
        {lines !== null &&
          (lines.first === lines.last
            ? `Line ${lines.first}: ${readLine({ text, line: lines.first })}`
            : nameLines(lines))}
      </p>
      {lines !== null && <ChosenLines lines={lines} onClear={choice.clear} />}
    </div>
  );
}

function nameLines({ first, last }: FileLines): string {
  return first === last ? `Line ${first}` : `Lines ${first} to ${last}`;
}

/** Extracts one line without its ending, without splitting the rest. */
function readLine({ text, line }: { text: string; line: number }): string {
  let start = 0;
  for (let number = 1; number < line; number += 1) start = text.indexOf("\n", start) + 1;
  const end = text.indexOf("\n", start);
  return text.slice(start, end === -1 ? undefined : end).trim();
}

function ChosenLines({ lines, onClear }: { lines: FileLines; onClear: () => void }) {
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 border-t bg-surface px-3 py-1 text-xs text-muted">
      <span>{nameLines(lines)}</span>
      <Button size="sm" look="ghost" onClick={() => void copyLink()}>
        <Copy aria-hidden />
        Copy link
      </Button>
      <Button size="sm" look="ghost" onClick={onClear}>
        <X aria-hidden />
        Clear
      </Button>
      <span className="ml-auto flex items-center gap-1 max-md:hidden">
        <KeyHint name="Shift" /> <KeyHint name="↓" /> <KeyHint name="↑" /> or Shift+click for more lines
      </span>
    </div>
  );
}
