import type { DiffsHighlighter, ThemedToken } from "@pierre/diffs";
import type { LineColours } from "#lib/contracts/comparisons/line-colours.ts";
import type { Hunk } from "../hunks/parse-hunks.ts";

/** Lines that the library colours at once, as pairs in the format of `LineColours`. */
type Chunk = readonly (readonly number[])[];

/** The colours of one item, by the parts that the library renders, in its order. A side without lines is skipped. */
export type Paint = { styles: readonly string[]; chunksOf: (part: number) => readonly Chunk[] };

/** The colours of a patch, whose parts are hunks: first the old side of each, then the new one. */
export function paintPatch({
  hunks,
  colours: { styles, lines },
}: {
  hunks: readonly Hunk[];
  colours: LineColours;
}): Paint {
  const starts = [0];
  for (const hunk of hunks) starts.push((starts.at(-1) ?? 0) + hunk.lines.length);
  const chunksOf = (part: number) => {
    const signs = hunks[part]?.lines ?? [];
    const own = lines.slice(starts[part], starts[part + 1]);
    return ["+", "-"]
      .map((other) => own.filter((_, index) => signs[index]?.sign !== other))
      .filter((side) => side.length > 0);
  };
  return { styles, chunksOf };
}

/** The colours of two compared whole texts. */
export function paintTexts({ before, after }: { before: LineColours; after: LineColours }): Paint {
  const shifted = after.lines.map((line) =>
    line.map((value, index) => (index % 2 === 0 ? value : value + before.styles.length)),
  );
  return {
    styles: [...before.styles, ...after.styles],
    chunksOf: () => [before.lines, shifted].filter((lines) => lines.length > 0),
  };
}

/** The colours of a text for reading. */
export function paintText({ styles, lines }: LineColours): Paint {
  return { styles, chunksOf: () => (lines.length === 0 ? [] : [lines]) };
}

/** A highlighter that returns known colours, one chunk per call. All other methods are the wrapped one's. */
export function createPaintedHighlighter({
  highlighter,
  styles,
  chunks,
}: {
  highlighter: DiffsHighlighter;
  styles: readonly string[];
  chunks: readonly Chunk[];
}): DiffsHighlighter {
  const attributes = styles.map((style) => ({ style }));
  let asked = 0;
  const painted = Object.create(highlighter) as DiffsHighlighter;
  painted.codeToTokens = (code) => {
    const chunk = chunks[asked] ?? [];
    asked += 1;
    return {
      tokens: code.split(/\r?\n/).map((line, index) => toTokens({ line, pairs: chunk[index] ?? [], attributes })),
    };
  };
  return painted;
}

/** Text that the pairs do not cover has no colour. */
function toTokens({
  line,
  pairs,
  attributes,
}: {
  line: string;
  pairs: readonly number[];
  attributes: readonly { style: string }[];
}): ThemedToken[] {
  const tokens: ThemedToken[] = [];
  let offset = 0;
  for (let index = 0; index < pairs.length && offset < line.length; index += 2) {
    const content = line.slice(offset, offset + (pairs[index] ?? 0));
    const htmlAttrs = attributes[pairs[index + 1] ?? -1];
    tokens.push(htmlAttrs === undefined ? { content, offset } : { content, offset, htmlAttrs });
    offset += content.length;
  }
  if (offset < line.length) tokens.push({ content: line.slice(offset), offset });
  return tokens;
}
