"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useEffect, useEffectEvent } from "react";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { ProjectOutput } from "#lib/contracts/projects/project.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { FirstQueueComposer } from "../composer/first-queue-composer.tsx";
import { IterateComposer } from "../composer/iterate-composer.tsx";
import { useWorkbench } from "./workbench-context.tsx";

/**
 * The prompt for the next version, based on the version shown on the right side, or queued behind the first version
 * while that is being made.
 */
export function DockedComposer({
  projectId,
  project,
  generationId,
}: {
  projectId: ProjectId;
  project: ProjectOutput | undefined;
  generationId: GenerationId | null;
}) {
  const trpc = useTRPC();
  const { promptRef, focusComposer, leavePrompt } = useWorkbench();
  const searchParams = useSearchParams();
  const { data: base } = useQuery(
    trpc.generation.summary.queryOptions(generationId === null ? skipToken : { generationId }),
  );
  const isAsked = searchParams.get("iterate") === "1";
  const asksForModel = isAsked && searchParams.get("focus") === "model";
  const isThere = generationId !== null;
  const focus = useEffectEvent(focusComposer);
  useEffect(() => {
    if (isAsked && !asksForModel && isThere) focus();
  }, [isAsked, asksForModel, isThere, generationId]);
  if (project === undefined && generationId === null) return null;
  if (generationId === null) return <FirstQueueComposer projectId={projectId} promptRef={promptRef} />;
  return (
    <IterateComposer
      projectId={projectId}
      base={base ?? null}
      headVersion={project?.headVersion ?? null}
      promptRef={promptRef}
      isModelFocusedAtStart={asksForModel}
      onLeave={leavePrompt}
    />
  );
}
