"use client";

import { useQuery } from "@tanstack/react-query";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { CommentFate } from "#lib/contracts/review-comment.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Badge } from "../ui/badge.tsx";
import type { BadgeTone } from "../ui/badge.tsx";

const fates: Record<CommentFate, { word: string; tone: BadgeTone }> = {
  touched: { word: "lines changed", tone: "positive" },
  untouched: { word: "lines untouched", tone: "caution" },
  "file-gone": { word: "file gone", tone: "negative" },
};

/** The comments that a version was made with, and what became of their lines: read from the texts, not from what the model says. */
export function AnsweredComments({ generationId }: { generationId: GenerationId }) {
  const trpc = useTRPC();
  const comments = useQuery(trpc.comment.answered.queryOptions({ generationId }, { staleTime: Number.POSITIVE_INFINITY }));
  if (comments.data === undefined || comments.data.length === 0) return null;
  return (
    <section aria-labelledby="answered-comments" className="flex flex-col gap-2">
      <h2 id="answered-comments" className="font-medium">
        Review comments
      </h2>
      <ul aria-label="Review comments" className="overflow-hidden rounded-md border">
        {comments.data.map(({ commentId, path, firstLine, lastLine, body, fate }) => (
          <li key={commentId} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-b px-3 py-2 text-sm last:border-b-0">
            <Badge tone={fates[fate].tone}>{fates[fate].word}</Badge>
            <span className="font-mono text-xs text-muted">
              {path}:{firstLine === lastLine ? lastLine : `${firstLine}-${lastLine}`}
            </span>
            <span className="min-w-40 flex-1 break-words whitespace-pre-wrap">{body}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
