import { lineEnd, lineStart, type TextDocument } from "../text-document.ts";
import type { BlockMatch, Place } from "./block-match.ts";
import { settleExactText } from "./settle-exact-text.ts";
import { spliceLines } from "./splice-lines.ts";

/** The match at an exact position; null if the new text has no certain reading there. */
export function matchExact({
  document,
  place,
  block: { oldText, newText },
}: {
  document: TextDocument;
  place: Place;
  block: { oldText: string; newText: string };
}): BlockMatch | null {
  const before = document.text.slice(lineStart(document, place.firstLine), place.start);
  const after = document.text.slice(place.end, Math.max(place.end, lineEnd(document, place.lastLine)));
  const file = document.lines.slice(place.firstLine, place.lastLine + 1);
  const settled = settleExactText({ oldText, newText, before, after, file });
  if (settled === null) return null;
  const start = settled.isFromLineStart ? place.start - before.length : place.start;
  return toExactMatch({ document, place: { ...place, start }, newText: settled.text });
}

function toExactMatch({
  document,
  place,
  newText,
}: {
  document: TextDocument;
  place: Place;
  newText: string;
}): BlockMatch {
  const { text, endings, majorityEnding } = document;
  const { firstLine, lastLine } = place;
  let { start, end } = place;
  const rest = text.slice(end, Math.max(end, lineEnd(document, lastLine)));
  const front = text.slice(lineStart(document, firstLine), start);
  // If everything but white space on its lines is deleted, the lines are deleted too: nobody wants an empty line left
  // behind.
  const isWhole = front.trim() === "" && rest.trim() === "" && text.slice(start, end).trim() !== "";
  if (newText === "" && (isWhole || (front === "" && rest === "" && text[end - 1] !== "\n"))) {
    start = lineStart(document, firstLine);
    end = lineStart(document, lastLine + 1);
    return { start, end, replacement: "", splices: [{ start, end, text: "" }] };
  }
  const isUniform = endings
    .slice(firstLine, lastLine + 1)
    .every((ending) => ending === majorityEnding || ending === "");
  const splices =
    isUniform || start >= end || text[end - 1] === "\n"
      ? [{ start, end, text: newText }]
      : spliceLines({
          document,
          firstLine,
          search: document.lines.slice(firstLine, lastLine + 1),
          replace: `${front}${newText}${rest}`.split("\n"),
        });
  return { start, end, replacement: newText, splices };
}
