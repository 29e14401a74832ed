import type { LineColours } from "#lib/contracts/comparisons/line-colours.ts";

const hunkHeader = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/**
 * Selects the colours of a patch's lines from those of the two whole texts, because only the whole text shows that a
 * hunk begins within a comment or a string. Lines on both sides are printed as in `before`, so they have its colours.
 *
 * @param before null if there is no such file, `after` likewise
 */
export function pickPatchColours({
  patch,
  before,
  after,
}: {
  patch: string;
  before: LineColours | null;
  after: LineColours | null;
}): LineColours {
  const styles: string[] = [];
  const indexes = new Map<string, number>();
  const toIndex = (style: string) => {
    const known = indexes.get(style);
    if (known !== undefined) return known;
    indexes.set(style, styles.length);
    return styles.push(style) - 1;
  };
  const pick = ({ colours, line }: { colours: LineColours | null; line: number }) =>
    (colours?.lines[line - 1] ?? []).map((value, index) =>
      index % 2 === 0 ? value : toIndex(colours?.styles[value] ?? ""),
    );
  const lines: number[][] = [];
  let oldLine = 0;
  let newLine = 0;
  let isInHunk = false;
  for (const line of patch.split("\n")) {
    const sign = line.charAt(0);
    const header = sign === "@" ? hunkHeader.exec(line) : null;
    if (line.startsWith("diff --git ")) isInHunk = false;
    else if (header !== null) {
      isInHunk = true;
      oldLine = Number(header[1]);
      newLine = Number(header[2]);
    } else if (isInHunk && sign === "+") {
      lines.push(pick({ colours: after, line: newLine }));
      newLine += 1;
    } else if (isInHunk && (sign === "-" || sign === " ")) {
      lines.push(pick({ colours: before, line: oldLine }));
      oldLine += 1;
      if (sign === " ") newLine += 1;
    }
  }
  return { styles, lines };
}
