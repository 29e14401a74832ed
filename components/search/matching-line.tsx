import type { SearchedLine } from "#lib/contracts/versions/search.ts";
import { splitRanges } from "./split-ranges.ts";

/** With a longer prefix, the first match would not be visible. */
const leadCharacters = 40;

/** A line's number and text, with matches marked. */
export function MatchingLine({ line, text, textStart, isCut, ranges }: SearchedLine) {
  const parts = splitRanges({ text, ranges, leadCharacters });
  return (
    <>
      <span className="w-10 shrink-0 text-right font-mono text-xs text-faint">{line}</span>
      <span className="min-w-0 truncate font-mono text-xs whitespace-pre">
        {(textStart > 0 || parts.isLeadCut) && "\u2026"}
        {parts.parts.map(({ start, content, isMatch }) =>
          isMatch ? (
            <mark key={start} className="rounded-xs bg-(--found) text-foreground">
              {content}
            </mark>
          ) : (
            <span key={start}>{content}</span>
          ),
        )}
        {isCut && "\u2026"}
      </span>
    </>
  );
}
