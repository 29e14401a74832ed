import type { AnswerText } from "../answer-text.ts";
import { readFenceLine, type FenceLine } from "./fence-line.ts";
import type { FenceEnd } from "./fence-pairs.ts";
import { OpenText } from "./open-text.ts";

const documentLabel = /^(?:markdown|md|mdx|rst|asciidoc|adoc)\b/i;

type WholeEnd = FenceEnd | { status: "unclosed"; next: number };

/**
 * Finds the end of a fence around a whole file. In code, a fence line can only be content inside a string, a comment or
 * a here-document. A document may contain fences anywhere, so the end is only certain if there is exactly one pairing
 * of all fences. `isSigned`: the lines are a diff and start with a sign, so that only a line with the same indentation
 * as the fence can close it.
 */
export function findWholeEnd({
  answer: { lines, fences, isCut },
  index,
  fence,
  likelyPath,
  isSigned = false,
}: {
  answer: AnswerText;
  index: number;
  fence: FenceLine;
  likelyPath: string | null;
  isSigned?: boolean;
}): WholeEnd {
  const isDocument = likelyPath === null ? documentLabel.test(fence.info) : OpenText.of(likelyPath) === null;
  const open = likelyPath === null || isSigned ? null : OpenText.of(likelyPath);
  const maxColumns = isSigned ? fence.columns : fence.columns + 3;
  const pair = (): WholeEnd => {
    const end = fences.findEnd({ line: index, fence, maxColumns });
    if (
      end.status === "closed" &&
      isMixed({
        lines: lines.slice(index + 1, end.end),
        fence,
        isLast: !fences.hasAfter({ line: end.end, fence, maxColumns }),
      })
    )
      return { status: "ambiguous", firstEnd: end.end, lastEnd: Number.POSITIVE_INFINITY };
    if (end.status === "ambiguous" && fences.hasOtherKindAfter({ line: index, fence }))
      return { ...end, lastEnd: Number.POSITIVE_INFINITY };
    // After a cut, the closing line may instead open a fence in the document.
    const isLast = end.status === "closed" && isCut && !fences.hasOpeningAfter(end.end);
    return isLast ? { status: "open" } : end;
  };
  if (isDocument) return pair();
  for (let cursor = index + 1; cursor < lines.length; cursor += 1) {
    const line = lines[cursor] ?? "";
    const other = readFenceLine(line);
    if (other !== null && other.mark === fence.mark && other.length >= fence.length && other.columns <= maxColumns) {
      if (open?.isOpen === true) return pair();
      if (other.info === "" && !other.isListItem) return { status: "closed", end: cursor };
      if (!other.isListItem) return { status: "unclosed", next: cursor };
    }
    open?.read(line);
  }
  return { status: "open" };
}

/**
 * Whether a document contains fences of several kinds. Lines inside a longer fence, or one with the other character,
 * are its content, so pairing them proves nothing.
 */
function isMixed({ lines, fence, isLast }: { lines: readonly string[]; fence: FenceLine; isLast: boolean }): boolean {
  const inner = lines.flatMap((line) => readFenceLine(line) ?? []);
  const others = inner.filter(({ mark }) => mark !== fence.mark);
  const same = inner.filter(({ mark, length }) => mark === fence.mark && length >= fence.length);
  return (
    same.some(({ length }) => length > fence.length) ||
    (others.length % 2 === 1 && !isLast) ||
    (others.length > 0 && same.length > 0)
  );
}
