"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { GenerationOutput, MergeConflictOutput, MergePreviewOutput } from "#lib/contracts/generation.ts";
import type { FilePath, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { PatchView } from "../diff/patch-view.tsx";
import { reviewHref } from "../project/project-href.ts";
import { Button } from "../ui/button.tsx";
import { Choice } from "../ui/choice.tsx";
import { Dialog, DialogFooter } from "../ui/dialog.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useVersionToast } from "./version-toast.ts";

type VersionRef = Pick<GenerationOutput, "generationId" | "version">;
type Side = "ours" | "theirs";

const reasons: Record<MergeConflictOutput["reason"], string> = {
  "both-changed": "Both versions changed the same lines.",
  "both-added": "Both versions added this file.",
  "changed-and-deleted": "One version changed it, the other deleted or moved it.",
  "same-place": "Another file stands in the same place.",
};

/** Shows what merging `from` into the active version brings, asks at every conflict, and picks no side by itself. */
export function MergeDialog({ projectId, from, head, open, onOpenChange }: { projectId: ProjectId; from: VersionRef; head: VersionRef; open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog
      isOpen={open}
      onOpenChange={onOpenChange}
      title={`Merge v${from.version} into v${head.version}?`}
      size="lg"
      description={`A new version is made with the changes of both. v${from.version} and v${head.version} stay as they are.`}
    >
      <MergeForm projectId={projectId} from={from} head={head} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function MergeForm({ projectId, from, head, onDone }: { projectId: ProjectId; from: VersionRef; head: VersionRef; onDone: () => void }) {
  const trpc = useTRPC();
  const { announce } = useVersionToast({ projectId });
  const router = useRouter();
  const [sides, setSides] = useState<ReadonlyMap<FilePath, Side>>(new Map());
  const preview = useQuery(trpc.generation.mergePreview.queryOptions({ projectId, fromGenerationId: from.generationId }));
  const merge = useMutation(
    trpc.generation.merge.mutationOptions({
      onSuccess: async ({ generationId }) => {
        await announce({ generationId, before: head, describe: ({ version }) => `Merged v${from.version}, as v${version}.` });
        onDone();
        router.push(reviewHref({ projectId, generationId }));
      },
    }),
  );
  const conflicts = preview.data?.conflicts ?? [];
  const openCount = conflicts.filter(({ path }) => !sides.has(path)).length;
  const submit = () => {
    const decisions = conflicts.flatMap(({ path }) => {
      const take = sides.get(path);
      return take === undefined ? [] : [{ path, take }];
    });
    merge.mutate({ projectId, fromGenerationId: from.generationId, expectedHeadGenerationId: head.generationId, decisions });
  };
  return (
    <>
      {preview.data === undefined ? (
        preview.error === null ? <Skeleton className="h-32 w-full" /> : <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
      ) : (
        <div className="flex max-h-[60vh] flex-col gap-3 overflow-y-auto text-sm">
          <p>{describePreview({ preview: preview.data, from })}</p>
          {conflicts.length > 0 && (
            <ul aria-label="Conflicts" className="flex flex-col gap-3">
              {conflicts.map(({ path, reason, patch }) => (
                <li key={path} className="flex flex-col gap-1.5 rounded-md border p-2">
                  <div className="flex flex-wrap items-center gap-2">
                    <span className="min-w-0 flex-1 font-mono text-xs break-all">{path}</span>
                    <Choice
                      label={`Version of ${path}`}
                      value={sides.get(path) ?? null}
                      options={[
                        { value: "ours", label: `v${head.version}`, description: `Take the file of v${head.version}, the active version` },
                        { value: "theirs", label: `v${from.version}`, description: `Take the file of v${from.version}` },
                      ]}
                      onChange={(side) => setSides(new Map(sides).set(path, side))}
                    />
                  </div>
                  <p className="text-xs text-muted">{reasons[reason]}</p>
                  {patch !== "" && (
                    <PatchView path={path} patch={patch} cacheKey={`merge:${head.generationId}:${from.generationId}:${path}`} label={`v${head.version} and v${from.version} of ${path}`} sides={[`v${head.version}`, `v${from.version}`]} />
                  )}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      {merge.error !== null && (
        <div className="mt-3">
          <ErrorState error={merge.error} />
        </div>
      )}
      <DialogFooter>
        <Button onClick={onDone}>Cancel</Button>
        <Button look="primary" isPending={merge.isPending} disabled={preview.data === undefined || openCount > 0} onClick={submit}>
          {openCount > 0 ? `Choose a side for ${openCount === 1 ? "1 file" : `${openCount} files`}` : "Merge"}
        </Button>
      </DialogFooter>
    </>
  );
}

function describePreview({ preview: { taken, deleted, combined, conflicts }, from }: { preview: MergePreviewOutput; from: VersionRef }): string {
  const parts = [
    taken.length > 0 ? `${taken.length} taken from v${from.version}` : "",
    combined.length > 0 ? `${combined.length} put together of both` : "",
    deleted.length > 0 ? `${deleted.length} deleted` : "",
    conflicts.length > 0 ? `${conflicts.length} in conflict` : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "No file differs from the active version." : `Files: ${parts.join(", ")}. All others stay as they are.`;
}
