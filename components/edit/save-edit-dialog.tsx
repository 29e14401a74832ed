"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useId, useState, type ReactNode } from "react";
import { describeMode } from "#lib/describe-mode.ts";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { EditPlanOutput } from "#lib/contracts/runs/edit-plan.ts";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC, useTRPCClient } from "#lib/trpc/client.tsx";
import { PatchView } from "../diff-surface/patch-view.tsx";
import { LedgerLine } from "../generation/ledger-line.tsx";
import { useVersionToast } from "../generation/version-toast.ts";
import { filesHref, generationHref } from "#lib/hrefs.ts";
import { LineCounts } from "../ui/text/line-counts.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmButton } from "../ui/overlays/confirm-button.tsx";
import { Dialog, DialogFooter } from "../ui/overlays/dialog.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { EditConflicts, type ActiveVersion } from "./edit-conflicts.tsx";

type VersionRef = Pick<GenerationOutput, "generationId" | "version">;
type Place = "branch" | "active";

/** Shows the edit's diff and its target version before anything is stored. */
export function SaveEditDialog({
  projectId,
  generation,
  operations,
  onClose,
  onSaved,
}: {
  projectId: ProjectId;
  generation: VersionRef;
  operations: ChangeOperation[];
  onClose: () => void;
  onSaved: () => void;
}) {
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="lg"
      title="Save as a new version?"
      description={`v${generation.version} stays as it is, whatever you choose.`}
    >
      <SaveEditForm
        projectId={projectId}
        generation={generation}
        operations={operations}
        onClose={onClose}
        onSaved={onSaved}
      />
    </Dialog>
  );
}

function SaveEditForm({
  projectId,
  generation,
  operations,
  onClose,
  onSaved,
}: {
  projectId: ProjectId;
  generation: VersionRef;
  operations: ChangeOperation[];
  onClose: () => void;
  onSaved: () => void;
}) {
  const trpc = useTRPC();
  const router = useRouter();
  const client = useTRPCClient();
  const { announce } = useVersionToast({ projectId });
  const [choice, setChoice] = useState<Place | null>(null);
  // The active version is refetched each time, because the edit is compared with it.
  const project = useQuery(trpc.project.get.queryOptions({ projectId }, { staleTime: 0 }));
  const headId = project.data?.headGenerationId ?? null;
  const hasMoved = project.data !== undefined && headId !== generation.generationId;
  const place: Place | null = project.data === undefined || project.isFetching ? null : hasMoved ? choice : "active";
  const ontoGenerationId: GenerationId | null = place === "active" ? headId : null;
  const request = {
    parentGenerationId: generation.generationId,
    changeSet: { operations },
    ...(ontoGenerationId === null ? {} : { ontoGenerationId }),
  };
  const plan = useQuery({
    queryKey: ["edit-plan", request],
    queryFn: () => client.generation.planEdit.mutate(request),
    enabled: place !== null,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const edit = useMutation(trpc.generation.edit.mutationOptions());

  const headVersion = project.data?.headVersion ?? null;
  const active =
    headId === null || headVersion === null ? null : { projectId, generationId: headId, version: headVersion };

  const save = async () => {
    const result = await edit.mutateAsync(request).catch(() => null);
    // The mutation's own `error` is shown below; most likely another version became active.
    if (result === null) return void (await project.refetch());
    onSaved();
    await announce({
      ...result,
      before: active,
      describe: ({ version }) => `Saved as v${version}${place === "branch" ? ", a branch" : ""}.`,
    });
    const target = operations
      .flatMap((operation) =>
        operation.type === "move" ? [operation.destination] : operation.type === "delete" ? [] : [operation.path],
      )
      .at(-1);
    router.push(
      target === undefined
        ? generationHref({ projectId, ...result })
        : filesHref({ projectId, ...result, path: target }),
    );
    onClose();
  };

  const isReady = plan.data?.status === "clean" && place !== null;
  return (
    <div className="flex flex-col gap-3">
      {project.error !== null && <ErrorState error={project.error} onRetry={() => void project.refetch()} />}
      {hasMoved && (
        <PlaceChoice choice={choice} onChoose={setChoice} version={generation.version} headVersion={headVersion} />
      )}
      {plan.error !== null && place !== null ? (
        <ErrorState error={plan.error} />
      ) : plan.data !== undefined && place !== null ? (
        <Plan plan={plan.data} place={place} version={generation.version} active={active} />
      ) : (
        (place !== null || project.data === undefined) && <Skeleton className="h-72 w-full" />
      )}
      {edit.error !== null && <ErrorState error={edit.error} />}
      <DialogFooter>
        {!isReady && !edit.isPending && (
          <span className="self-center text-xs text-muted">
            {place === null && hasMoved
              ? "Choose where the version goes."
              : plan.data?.status === "conflicted"
                ? "Save it as a branch, or change your text."
                : ""}
          </span>
        )}
        <Button onClick={onClose}>Keep editing</Button>
        <ConfirmButton disabled={!isReady} isPending={edit.isPending || edit.isSuccess} onClick={() => void save()}>
          {place === "branch" ? "Save as a branch" : "Save version"}
        </ConfirmButton>
      </DialogFooter>
    </div>
  );
}

function PlaceChoice({
  choice,
  onChoose,
  version,
  headVersion,
}: {
  choice: Place | null;
  onChoose: (place: Place) => void;
  version: number;
  headVersion: number | null;
}) {
  return (
    <fieldset className="rounded-md border border-caution/50 bg-caution-surface px-3 py-2 text-sm">
      <legend className="sr-only">Where the version goes</legend>
      <p className="pb-1">
        You edit v{version}; active is v{headVersion}. Neither is overwritten.
      </p>
      <PlaceOption isChosen={choice === "active"} onChoose={() => onChoose("active")}>
        Onto v{headVersion}: what changed since v{version} is kept, your change is added, and the result becomes active.
      </PlaceOption>
      <PlaceOption isChosen={choice === "branch"} onChoose={() => onChoose("branch")}>
        As a branch of v{version}: exactly your text; v{headVersion} stays active.
      </PlaceOption>
    </fieldset>
  );
}

function PlaceOption({
  isChosen,
  onChoose,
  children,
}: {
  isChosen: boolean;
  onChoose: () => void;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex min-h-7 items-start gap-2 py-1">
      <input
        id={id}
        type="radio"
        name="place"
        checked={isChosen}
        onChange={onChoose}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <span>{children}</span>
    </label>
  );
}

function Plan({
  plan,
  place,
  version,
  active,
}: {
  plan: EditPlanOutput;
  place: Place;
  version: number;
  active: ActiveVersion | null;
}) {
  if (plan.status === "conflicted")
    return active === null ? null : <EditConflicts conflicts={plan.conflicts} version={version} active={active} />;
  const patches = plan.files.filter(({ patch, isBinary }) => patch.includes("\n@@") && !isBinary);
  return (
    <section aria-label="What changes" className="flex flex-col gap-2">
      <LedgerLine counts={plan.counts} className="text-sm text-muted" />
      <ul className="text-sm">
        {plan.files.map((file) => (
          <li key={file.path} className="flex items-baseline gap-3">
            <span className="min-w-0 flex-1 font-mono text-xs break-all">
              {file.previousPath !== undefined && `${file.previousPath} → `}
              {file.path}
            </span>
            <span className="text-xs text-muted">
              {[file.status, describeMode(file)].filter((word) => word !== null).join(", ")}
            </span>
            <LineCounts additions={file.additions} deletions={file.deletions} />
          </li>
        ))}
      </ul>
      {patches.map(({ path, patch }) => (
        <PatchView
          key={path}
          path={path}
          patch={patch}
          cacheKey={`edit:${patch}`}
          label={`Difference of ${path}`}
          sides={[`v${place === "branch" || active === null ? version : active.version}`, "Your edit"]}
        />
      ))}
    </section>
  );
}
