import { isOnWholeFile } from "#lib/contracts/comparisons/on-whole-file.ts";
import type { CommentFate, CommentWithFate } from "#lib/contracts/comparisons/review-comment.ts";
import { Badge, type BadgeTone } from "../../ui/badge.tsx";

const fates: Record<CommentFate, { word: string; tone: BadgeTone }> = {
  touched: { word: "lines changed", tone: "positive" },
  untouched: { word: "lines untouched", tone: "caution" },
  "file-gone": { word: "file gone", tone: "negative" },
};

/** What happened to a comment's lines, computed from the texts alone. */
export function CommentFateBadge({ fate, firstLine }: Pick<CommentWithFate, "fate" | "firstLine">) {
  const { word, tone } = fates[fate];
  return <Badge tone={tone}>{isOnWholeFile({ firstLine }) ? word.replace("lines", "file") : word}</Badge>;
}
