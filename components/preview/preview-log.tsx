import { ChevronDown, ChevronRight } from "lucide-react";
import { useLayoutEffect, useRef } from "react";
import { useStoredText } from "../ui/hooks/stored-text.ts";
import { countDroppedLines, isAtEnd } from "./log-follow.ts";

/** The height of a line in the log. */
const linePx = 20;

/**
 * The output of the program, below the page. It follows the newest lines until the user scrolls up. It is initially
 * open only while there is no page; afterwards this browser remembers the user's choice.
 */
export function PreviewLog({
  version,
  text,
  isCut,
  isPageShown,
}: {
  version: number;
  text: string;
  isCut: boolean;
  isPageShown: boolean;
}) {
  const [stored, setStored] = useStoredText("graft.preview.log");
  const isOpen = stored === null ? !isPageShown : stored === "open";
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <div className="flex min-h-0 shrink-0 flex-col border-t">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setStored(isOpen ? "closed" : "open")}
        className="flex h-8 shrink-0 items-center gap-1.5 px-3 text-left text-sm -outline-offset-2 hover:bg-hover"
      >
        <Chevron aria-hidden className="size-4 shrink-0 text-muted" />
        Log
        {isOpen && isCut && <span className="truncate text-xs text-muted">Only the newest lines are kept.</span>}
      </button>
      {isOpen && <LogLines version={version} text={text} />}
    </div>
  );
}

function LogLines({ version, text }: { version: number; text: string }) {
  const box = useRef<HTMLPreElement>(null);
  const shown = useRef("");
  const follows = useRef(true);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    if (follows.current) element.scrollTop = element.scrollHeight;
    else element.scrollTop -= countDroppedLines({ before: shown.current, after: text }) * linePx;
    shown.current = text;
  }, [text]);
  return (
    <pre
      ref={box}
      tabIndex={0}
      role="region"
      aria-label={`What v${version} printed`}
      onScroll={({ currentTarget }) => {
        follows.current = isAtEnd(currentTarget);
      }}
      className="h-48 overflow-auto bg-surface px-3 pb-2 font-mono text-xs/5 whitespace-pre -outline-offset-2"
    >
      {text === "" ? "Nothing yet." : text}
    </pre>
  );
}
