import {
  getHighlighterThemeStyles,
  renderDiffWithHighlighter,
  type DiffsHighlighter,
  type FileDiffMetadata,
  type RenderDiffOptions,
  type ThemedDiffResult,
} from "@pierre/diffs";
import { createPaintedHighlighter, type Paint } from "./painted-highlighter.ts";

type Lines = ThemedDiffResult["code"]["additionLines"];

/**
 * The library's rendering of a patch, created per hunk when its first line is rendered, because most hunks are never
 * visible. A comparison of whole texts is one part.
 */
export function renderPaintedDiff({
  diff,
  highlighter,
  paint,
  options,
}: {
  diff: FileDiffMetadata;
  highlighter: DiffsHighlighter;
  paint: Paint;
  options: RenderDiffOptions;
}): ThemedDiffResult {
  const parts = diff.isPartial ? diff.hunks.map((hunk) => ({ ...diff, hunks: [hunk] })) : [diff];
  const rendered: ThemedDiffResult["code"][] = [];
  const render = (part: number) =>
    (rendered[part] ??= renderPart({
      diff: parts[part] ?? diff,
      highlighter: createPaintedHighlighter({ highlighter, styles: paint.styles, chunks: paint.chunksOf(part) }),
      options,
    }));
  const listSide = ({
    side,
    starts,
    count,
  }: {
    side: keyof ThemedDiffResult["code"];
    starts: readonly number[];
    count: number;
  }) =>
    listWhenRead({
      count,
      read: (line) => {
        const part = findPart({ starts, line });
        return render(part)[side][line - (starts[part] ?? 0)];
      },
    });
  const startsOf = (key: "deletionLineIndex" | "additionLineIndex") =>
    diff.isPartial ? diff.hunks.map((hunk) => hunk[key]) : [0];
  return {
    code: {
      deletionLines: listSide({
        side: "deletionLines",
        starts: startsOf("deletionLineIndex"),
        count: diff.deletionLines.length,
      }),
      additionLines: listSide({
        side: "additionLines",
        starts: startsOf("additionLineIndex"),
        count: diff.additionLines.length,
      }),
    },
    themeStyles: getHighlighterThemeStyles({ theme: options.theme, highlighter }),
    baseThemeType: typeof options.theme === "string" ? highlighter.getTheme(options.theme).type : undefined,
  };
}

function renderPart({
  diff,
  highlighter,
  options,
}: {
  diff: FileDiffMetadata;
  highlighter: DiffsHighlighter;
  options: RenderDiffOptions;
}): ThemedDiffResult["code"] {
  return renderDiffWithHighlighter(diff, highlighter, options, { forcePlainText: false, lazyLineAST: true }).code;
}

/** The last part that begins at or before a line. A part without lines on this side begins where the next one does. */
function findPart({ starts, line }: { starts: readonly number[]; line: number }): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= line) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * A list whose elements are created on access. A property per line would take longer than the few lines that are read.
 */
function listWhenRead({ count, read }: { count: number; read: (index: number) => Lines[number] | undefined }): Lines {
  const isIndex = (key: string | symbol): key is string =>
    typeof key === "string" && /^\d+$/.test(key) && Number(key) < count;
  const lines: Lines = [];
  lines.length = count;
  return new Proxy(lines, {
    get: (target, key) => (isIndex(key) ? read(Number(key)) : Reflect.get(target, key)),
    has: (target, key) => isIndex(key) || Reflect.has(target, key),
  });
}
