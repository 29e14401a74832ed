import type { MergePartOutput } from "#lib/contracts/versions/generation.ts";

const contextLines = 3;
const missingNewline = "\\ No newline at end of file\n";

/**
 * A patch from our side to theirs with one hunk per conflict: merged lines are the same on both sides. So the index of
 * a hunk is that of its conflict.
 */
export function buildConflictPatch({ path, parts }: { path: string; parts: readonly MergePartOutput[] }): string {
  let oldLine = 1;
  let newLine = 1;
  const hunks: string[] = [];
  for (const [index, part] of parts.entries()) {
    if (part.type === "merged") {
      const count = splitLines(part.text).length;
      oldLine += count;
      newLine += count;
      continue;
    }
    const before = contextBefore({ parts, index });
    const after = contextAfter({ parts, index });
    const [ours, theirs] = [splitLines(part.ours), splitLines(part.theirs)];
    const lines = [
      ...before.map((line) => ` ${line}`),
      ...ours.map((line) => `-${line}`),
      ...theirs.map((line) => `+${line}`),
      ...after.map((line) => ` ${line}`),
    ];
    const around = before.length + after.length;
    hunks.push(
      [
        `@@ -${formatRange({ start: oldLine - before.length, count: ours.length + around })} +${formatRange({ start: newLine - before.length, count: theirs.length + around })} @@\n`,
        ...lines.map((line) => (line.endsWith("\n") ? line : `${line}\n${missingNewline}`)),
      ].join(""),
    );
    oldLine += ours.length;
    newLine += theirs.length;
  }
  return `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n${hunks.join("")}`;
}

/** A side's whole file, including merged lines. */
export function joinSide({ parts, side }: { parts: readonly MergePartOutput[]; side: "ours" | "theirs" }): string {
  return parts.map((part) => (part.type === "merged" ? part.text : part[side])).join("");
}

/** An empty range is positioned after the line that it names. */
function formatRange({ start, count }: { start: number; count: number }): string {
  return `${count === 0 ? start - 1 : start},${count}`;
}

/**
 * If there are few lines between two conflicts, the first ones are the context of the first conflict, and the rest is
 * the second's.
 */
function contextBefore({ parts, index }: { parts: readonly MergePartOutput[]; index: number }): string[] {
  const part = parts[index - 1];
  if (part?.type !== "merged") return [];
  const lines = splitLines(part.text);
  const taken = index - 1 === 0 ? 0 : Math.min(contextLines, lines.length);
  return lines.slice(Math.max(taken, lines.length - contextLines));
}

function contextAfter({ parts, index }: { parts: readonly MergePartOutput[]; index: number }): string[] {
  const part = parts[index + 1];
  return part?.type === "merged" ? splitLines(part.text).slice(0, contextLines) : [];
}

function splitLines(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}
