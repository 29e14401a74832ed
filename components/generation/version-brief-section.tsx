"use client";

import type { BriefFact } from "#lib/contracts/comparisons/brief.ts";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { filesHref, reviewHref } from "#lib/hrefs.ts";
import { ContinueSteps } from "../conversation/continue-steps.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Link } from "../ui/link.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { BriefDetails } from "./brief-details.tsx";
import { useVersionBrief } from "./version-brief.ts";

/** The brief on a version's page; its places link to the review, or to the files of a version without a parent. */
export function VersionBriefSection({
  projectId,
  generationId,
  hasParent,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  hasParent: boolean;
}) {
  const { data, error, refetch } = useVersionBrief({ generationId });
  const hrefOf = (path: FilePath) =>
    hasParent ? reviewHref({ projectId, generationId, path }) : filesHref({ projectId, generationId, path });
  const renderFact = ({ text, paths: [path] }: BriefFact) =>
    path === undefined ? (
      text
    ) : (
      <Link href={hrefOf(path)} className="hover:underline">
        {text}
      </Link>
    );
  const isEmpty =
    data !== undefined &&
    data.summary === undefined &&
    data.plan === undefined &&
    data.facts.length + data.risks.length === 0;
  if (isEmpty) return null;
  return (
    <section aria-labelledby="brief" className="flex flex-col gap-2">
      <h2 id="brief" className="font-medium">
        In brief
      </h2>
      {data !== undefined ? (
        <BriefDetails
          brief={data}
          showsPrompts={false}
          continueSteps={<ContinueSteps projectId={projectId} generationId={generationId} plan={data.plan ?? []} />}
          links={{
            renderFact,
            renderPath: (path, text) => (
              <Link href={hrefOf(path)} className="font-mono text-xs wrap-anywhere hover:underline">
                {text}
              </Link>
            ),
          }}
        />
      ) : error === null ? (
        <Skeleton className="h-24 w-full" />
      ) : (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
    </section>
  );
}
