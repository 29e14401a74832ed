"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useEffect } from "react";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { compareHref } from "#lib/hrefs.ts";
import { buttonClass } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/states/empty-state.tsx";
import { ErrorState } from "../../ui/states/error-state.tsx";
import { Link } from "../../ui/link.tsx";
import { PageTitle } from "../../ui/page-title.tsx";
import { ReviewSkeleton } from "../review-skeleton.tsx";

/** Redirects `base..head` to the comparison of the head with the common ancestor. */
export function SinceAncestorScreen({
  projectId,
  base,
  head,
}: {
  projectId: ProjectId;
  base: GenerationId;
  head: GenerationId;
}) {
  const trpc = useTRPC();
  const router = useRouter();
  const search = useSearchParams().toString();
  const { data, error, refetch } = useQuery(
    trpc.generation.relatives.queryOptions({ generationId: head, otherGenerationId: base }),
  );
  const ancestor = data === undefined ? undefined : (data.commonAncestor?.generationId ?? null);
  useEffect(() => {
    if (ancestor !== undefined && ancestor !== null)
      router.replace(`${compareHref({ projectId, base: ancestor, head })}${search === "" ? "" : `?${search}`}`);
  }, [ancestor, router, projectId, head, search]);
  return (
    <>
      <PageTitle text="Compare" />
      <h1 className="sr-only">Comparison since the common ancestor</h1>
      {error !== null && data === undefined ? (
        <div className="p-4">
          <ErrorState error={error} onRetry={() => void refetch()} />
        </div>
      ) : ancestor === null ? (
        <div className="mx-auto max-w-3xl px-4 py-6">
          <EmptyState
            title="The two versions have no common ancestor."
            action={
              <Link href={compareHref({ projectId, base, head })} className={buttonClass({ look: "primary" })}>
                Compare them with each other
              </Link>
            }
          />
        </div>
      ) : (
        <ReviewSkeleton />
      )}
    </>
  );
}
