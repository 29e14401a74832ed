"use client";

import { useQueries, useQuery } from "@tanstack/react-query";
import { Download, FileDiff } from "lucide-react";
import type { GenerationDetailOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { formatCount } from "#lib/format-count.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { archiveHref, compareHref, filesHref, generationHref, reviewHref } from "#lib/hrefs.ts";
import { ImportRecordSection } from "../import/import-record.tsx";
import { Badge } from "../ui/badge.tsx";
import { buttonClass } from "../ui/button.tsx";
import { ExpandableText } from "../ui/text/expandable-text.tsx";
import { Link } from "../ui/link.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { IssueList } from "../validation/issue-list.tsx";
import { VersionError } from "./version-error.tsx";
import { AnsweredComments } from "./answered-comments/answered-comments.tsx";
import { ChangeList } from "./change-list.tsx";
import { ContextReceiptTable } from "./context-receipt-table.tsx";
import { GenerationFacts } from "./generation-facts.tsx";
import { GenerationKindBadge } from "./generation-kind.tsx";
import { LedgerLine } from "./ledger-line.tsx";
import { MergeButton } from "./merge/merge-button.tsx";
import { RollbackButton } from "./rollback/rollback-button.tsx";
import { VersionBriefSection } from "./version-brief-section.tsx";
import { VersionMenu } from "./version-menu.tsx";
import type { VersionRef } from "./version-toast.ts";

/** One version: its origin, its ledger, and the next actions. */
export function GenerationScreen({ projectId, generationId }: { projectId: ProjectId; generationId: GenerationId }) {
  const trpc = useTRPC();
  const generation = useQuery(trpc.generation.get.queryOptions({ generationId }));
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-4 px-4 py-4">
      <PageTitle text={generation.data === undefined ? "Version" : `v${generation.data.version}`} />
      {generation.error !== null && generation.data === undefined && (
        <>
          <h1 className="text-xl font-semibold">Version</h1>
          <VersionError projectId={projectId} error={generation.error} onRetry={() => void generation.refetch()} />
        </>
      )}
      {generation.data !== undefined ? (
        <LoadedGeneration projectId={projectId} generation={generation.data} />
      ) : (
        generation.error === null && <GenerationSkeleton />
      )}
    </div>
  );
}

function LoadedGeneration({ projectId, generation }: { projectId: ProjectId; generation: GenerationDetailOutput }) {
  const trpc = useTRPC();
  const project = useQuery(trpc.project.get.queryOptions({ projectId }));
  const { generationId, ledger, counts, issues, contextReceipt, parentGenerationIds, prompt } = generation;
  const hasParent = parentGenerationIds.length > 0;
  const changes = ledger.filter(({ disposition }) => disposition !== "kept");
  const headGenerationId = project.data?.headGenerationId ?? null;
  return (
    <>
      {!generation.isHead && headGenerationId !== null && headGenerationId !== generationId && (
        <NotActiveBanner projectId={projectId} generation={generation} headGenerationId={headGenerationId} />
      )}
      <GenerationHeader
        projectId={projectId}
        generation={generation}
        head={
          headGenerationId === null || project.data?.headVersion == null
            ? null
            : { generationId: headGenerationId, version: project.data.headVersion }
        }
      />
      {prompt !== null && <ExpandableText text={prompt} />}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="flex min-w-0 flex-col gap-4">
          <VersionBriefSection projectId={projectId} generationId={generationId} hasParent={hasParent} />
          <AnsweredComments projectId={projectId} generation={generation} />
          {issues.length > 0 && (
            <section aria-labelledby="issues" className="flex flex-col gap-2">
              <h2 id="issues" className="font-medium">
                {issues.length === 1 ? "1 finding" : `${issues.length} findings`}
              </h2>
              <IssueList label="Findings" issues={issues} />
            </section>
          )}
          {generation.importRecord !== null && <ImportRecordSection record={generation.importRecord} />}
          <section aria-labelledby="changes" className="flex flex-col gap-2">
            <h2 id="changes" className="font-medium">
              {hasParent ? "Changed files" : "Files"}
            </h2>
            {changes.length === 0 ? (
              <p className="text-sm text-muted">Every file is the same as in the parent.</p>
            ) : (
              <ChangeList
                projectId={projectId}
                generationId={generationId}
                changes={changes}
                target={hasParent ? "review" : "files"}
              />
            )}
            {counts.kept > 0 && (
              <p className="text-sm text-muted">
                {formatCount(counts.kept)} kept {counts.kept === 1 ? "file is" : "files are"} identical to the
                parent&apos;s.{" "}
                <Link href={filesHref({ projectId, generationId })} className="underline">
                  All files
                </Link>
              </p>
            )}
          </section>
          {contextReceipt !== null && contextReceipt.shown.length > 0 && (
            <ContextReceiptTable receipt={contextReceipt} />
          )}
        </div>
        <GenerationFacts projectId={projectId} generation={generation} />
      </div>
    </>
  );
}

function GenerationHeader({
  projectId,
  generation,
  head,
}: {
  projectId: ProjectId;
  generation: GenerationDetailOutput;
  head: VersionRef | null;
}) {
  const { generationId, version, counts, isHead, parentGenerationIds, label, isBookmarked } = generation;
  const place = { projectId, generationId };
  return (
    <div className="flex flex-wrap items-start gap-3">
      <div className="min-w-60 flex-1">
        <div className="flex flex-wrap items-center gap-2">
          <h1 className="text-xl font-semibold">
            v{version}
            <ParentVersions projectId={projectId} parentGenerationIds={parentGenerationIds} />
          </h1>
          {isHead && <Badge tone="accent">active</Badge>}
          <GenerationKindBadge generation={generation} />
          {label !== null && <Badge tone="caution">{label}</Badge>}
          {isBookmarked && <Badge>bookmarked</Badge>}
        </div>
        <LedgerLine counts={counts} className="text-sm text-muted" />
      </div>
      <div className="flex flex-wrap gap-2">
        {parentGenerationIds.length > 0 && (
          <Link href={reviewHref(place)} className={buttonClass({ look: "primary" })}>
            <FileDiff aria-hidden />
            Review changes
          </Link>
        )}
        {!isHead && <RollbackButton projectId={projectId} generation={generation} head={head} />}
        <a href={archiveHref(generationId)} download className={buttonClass()}>
          <Download aria-hidden />
          Download zip
        </a>
        <VersionMenu projectId={projectId} generation={generation} head={head} />
      </div>
    </div>
  );
}

function ParentVersions({
  projectId,
  parentGenerationIds,
}: {
  projectId: ProjectId;
  parentGenerationIds: GenerationId[];
}) {
  const trpc = useTRPC();
  const parents = useQueries({
    queries: parentGenerationIds.map((generationId) => trpc.generation.summary.queryOptions({ generationId })),
  });
  return parents.map(({ data }, index) =>
    data === undefined ? null : (
      <span key={data.generationId} className="font-normal text-muted">
        {index === 0 ? " from " : " and "}
        <Link href={generationHref({ projectId, generationId: data.generationId })} className="hover:underline">
          v{data.version}
        </Link>
      </span>
    ),
  );
}

function NotActiveBanner({
  projectId,
  generation,
  headGenerationId,
}: {
  projectId: ProjectId;
  generation: GenerationDetailOutput;
  headGenerationId: GenerationId;
}) {
  const trpc = useTRPC();
  const head = useQuery(trpc.generation.summary.queryOptions({ generationId: headGenerationId }));
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-caution/50 bg-caution-surface px-3 py-2 text-sm">
      <p className="min-w-48 flex-1">
        You are viewing v{generation.version}.{" "}
        {head.data === undefined ? "Another version is active." : `Active is v${head.data.version}.`}
      </p>
      <Link
        href={compareHref({ projectId, base: generation.generationId, head: headGenerationId })}
        className={buttonClass({ size: "sm" })}
      >
        Compare
      </Link>
      <Link
        href={generationHref({ projectId, generationId: headGenerationId })}
        className={buttonClass({ size: "sm" })}
      >
        Open active
      </Link>
      <MergeButton projectId={projectId} generation={generation} />
    </div>
  );
}

function GenerationSkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-4">
      <h1 className="sr-only">Loading version</h1>
      <div className="flex flex-col gap-2">
        <Skeleton className="h-7 w-56" />
        <Skeleton className="h-4 w-44" />
      </div>
      <Skeleton className="h-10 w-full max-w-2xl" />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="flex flex-col gap-4">
          <Skeleton className="h-56 w-full" />
          <Skeleton className="h-40 w-full" />
        </div>
        <Skeleton className="h-60 w-full" />
      </div>
    </div>
  );
}
