import { joinTypeChange } from "../header/join-type-change.ts";

export type HunkLine = { sign: " " | "-" | "+"; text: string };

/**
 * One hunk of a unified diff. Starts are 1-based. Texts include their line ending; the last line of a file may have
 * none.
 */
export type Hunk = { oldStart: number; oldCount: number; newStart: number; newCount: number; lines: HunkLine[] };

const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** The hunks of one file's unified diff, in order. A file that became a link has one. */
export function parseHunks(patch: string): Hunk[] {
  const hunks: Hunk[] = [];
  for (const line of joinTypeChange(patch).split(/(?<=\n)/)) {
    const match = header.exec(line);
    const current = hunks.at(-1);
    if (match !== null) {
      const [, oldStart, oldCount = "1", newStart, newCount = "1"] = match;
      hunks.push({
        oldStart: Number(oldStart),
        oldCount: Number(oldCount),
        newStart: Number(newStart),
        newCount: Number(newCount),
        lines: [],
      });
    } else if (current !== undefined && line.startsWith("\\")) {
      const last = current.lines.at(-1);
      if (last !== undefined) last.text = last.text.replace(/\n$/, "");
    } else if (current !== undefined && /^[ +-]/.test(line)) {
      current.lines.push({ sign: line.charAt(0) as HunkLine["sign"], text: line.slice(1) });
    }
  }
  return hunks;
}

/** The index of the hunk that contains a line of one side; -1 if there is none. */
export function findHunkAt({
  hunks,
  side,
  line,
}: {
  hunks: readonly Hunk[];
  side: "additions" | "deletions";
  line: number;
}): number {
  return hunks.findIndex(({ oldStart, oldCount, newStart, newCount }) =>
    side === "deletions"
      ? line >= oldStart && line < oldStart + oldCount
      : line >= newStart && line < newStart + newCount,
  );
}

/** The last changed line of a hunk, on its side. */
export function findLastChange({ oldStart, newStart, lines }: Hunk): { side: "additions" | "deletions"; line: number } {
  let oldLine = oldStart;
  let newLine = newStart;
  let last: { side: "additions" | "deletions"; line: number } = { side: "additions", line: newStart };
  for (const { sign } of lines) {
    if (sign === "-") last = { side: "deletions", line: oldLine };
    if (sign === "+") last = { side: "additions", line: newLine };
    if (sign !== "+") oldLine += 1;
    if (sign !== "-") newLine += 1;
  }
  return last;
}

/** The first changed line of a hunk on one side; null if there is none. */
export function findFirstChange({
  hunk: { oldStart, newStart, lines },
  side,
}: {
  hunk: Hunk;
  side: "additions" | "deletions";
}): number | null {
  let line = side === "deletions" ? oldStart : newStart;
  const own = side === "deletions" ? "-" : "+";
  for (const { sign } of lines) {
    if (sign === own) return line;
    if (sign === " ") line += 1;
  }
  return null;
}
