import type { FileSide } from "./analyze-losses.ts";

/** The parent's text without the lost declarations, because their references to each other are not uses. */
export function cutLost({ before, missing }: FileSide): string {
  const lines = (before ?? "").split("\n");
  const lost = new Set<number>();
  for (const { startLine, endLine } of missing)
    for (let line = Math.max(0, startLine); line <= endLine; line += 1) lost.add(line);
  return lines.filter((_, index) => !lost.has(index)).join("\n");
}
