"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import type { ProjectOutput } from "#lib/contracts/projects/project.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { buttonClass } from "../ui/button.tsx";
import { EmptyState } from "../ui/states/empty-state.tsx";
import { Link } from "../ui/link.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { filesHref, reviewHref, runHref } from "#lib/hrefs.ts";

/**
 * The target of a project's bare address: the changes of its active version, or its files if that is the first; without
 * a version, the run that will make it.
 */
function targetOf({ projectId, headGenerationId, headVersion, lastRun }: ProjectOutput): string | null {
  if (headGenerationId !== null)
    return (headVersion === 1 ? filesHref : reviewHref)({ projectId, generationId: headGenerationId });
  return lastRun === null ? null : runHref({ projectId, runId: lastRun.runId });
}

/** Redirects to the right page of a project. */
export function OpenProjectScreen({ projectId }: { projectId: ProjectId }) {
  const router = useRouter();
  const trpc = useTRPC();
  const { data: project, error } = useQuery(trpc.project.get.queryOptions({ projectId }));
  const target = project === undefined ? null : targetOf(project);
  useEffect(() => {
    if (target !== null) router.replace(target);
  }, [router, target]);
  if (error !== null && project === undefined) {
    // The header above shows the error.
    return (
      <div className="px-4 py-6">
        <PageTitle text="Project" />
        <h1 className="mb-4 text-xl font-semibold">This project could not be opened</h1>
        <Link href="/" className={buttonClass({ look: "primary" })}>
          All projects
        </Link>
      </div>
    );
  }
  if (project === undefined || target !== null) {
    return (
      <div className="flex flex-col gap-4 px-4 py-6" aria-busy>
        <PageTitle text={project?.name ?? "Project"} />
        <h1 className="sr-only">Opening project</h1>
        <Skeleton className="h-7 w-64" />
        <Skeleton className="h-32 w-full max-w-3xl" />
      </div>
    );
  }
  return (
    <div className="mx-auto max-w-3xl px-4 py-6">
      <PageTitle text={project.name} />
      <h1 className="sr-only">{project.name}</h1>
      <EmptyState
        title="This project has no version and no run."
        action={
          <Link href="/new" className={buttonClass({ look: "primary" })}>
            New project
          </Link>
        }
      />
    </div>
  );
}
