"use client";

import { useQuery } from "@tanstack/react-query";
import type { GenerationDetailOutput } from "#lib/contracts/versions/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { formatCommentPlace } from "../../review/comments/comment-place.ts";
import { Link } from "../../ui/link.tsx";
import { CommentFateBadge } from "./comment-fate-badge.tsx";
import { placeAnsweredComment } from "./place-answered-comment.ts";

/**
 * The comments from which a version was made, with what happened to their lines, computed from the texts and not from
 * the model's answer.
 */
export function AnsweredComments({
  projectId,
  generation,
}: {
  projectId: ProjectId;
  generation: GenerationDetailOutput;
}) {
  const { generationId } = generation;
  const trpc = useTRPC();
  const comments = useQuery(
    trpc.comment.answered.queryOptions({ generationId }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  if (comments.data === undefined || comments.data.length === 0) return null;
  return (
    <section aria-labelledby="answered-comments" className="flex flex-col gap-2">
      <h2 id="answered-comments" className="font-medium">
        Review comments
      </h2>
      <ul aria-label="Review comments" className="overflow-hidden rounded-md border">
        {comments.data.map((comment) => (
          <li key={comment.commentId} className="border-b last:border-b-0">
            <Link
              href={placeAnsweredComment({ projectId, generation, comment })}
              className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-3 py-2 text-sm -outline-offset-2 hover:bg-hover"
            >
              <CommentFateBadge {...comment} />
              <span className="font-mono text-xs wrap-anywhere text-muted">{formatCommentPlace(comment)}</span>
              <span className="min-w-40 flex-1 break-words whitespace-pre-wrap">{comment.body}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
