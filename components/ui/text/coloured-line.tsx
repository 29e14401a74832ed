import type { LineColours } from "#lib/contracts/comparisons/line-colours.ts";
import { paintParts } from "./paint-parts.ts";
import type { LinePart } from "./split-ranges.ts";

/** A line of code in its file's colours, with matches marked. Without colours it is rendered as plain text. */
export function ColouredLine({
  parts,
  colours,
  line,
  textStart = 0,
}: {
  parts: readonly LinePart[];
  colours: LineColours | null | undefined;
  /** 1-based. */
  line: number;
  /** The offset in the line at which the text of the parts begins. */
  textStart?: number;
}) {
  const painted = colours == null ? parts : paintParts({ parts, colours, line, textStart });
  return painted.map(({ start, content, isMatch, ...part }) =>
    isMatch ? (
      <mark key={start} className="rounded-xs bg-(--found) text-foreground">
        {content}
      </mark>
    ) : (
      <span
        key={start}
        {...part}
        className="text-[light-dark(var(--diffs-token-light,var(--foreground)),var(--diffs-token-dark,var(--foreground)))]"
      >
        {content}
      </span>
    ),
  );
}
