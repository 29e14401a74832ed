"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { GenerationOutput, MergePreviewOutput } from "#lib/contracts/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { reviewHref } from "#lib/hrefs.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog, DialogFooter } from "../../ui/dialog.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { MergeConflict } from "./merge-conflict.tsx";
import { countOpen, listDecided, type MergeDecisions } from "./merge-decisions.ts";
import { useVersionToast } from "../version-toast.ts";

type VersionRef = Pick<GenerationOutput, "generationId" | "version">;
type Decided = { headGenerationId: GenerationId | null; decisions: MergeDecisions };

/** Shows what merging `from` into the active version brings, asks at every conflict, and picks no side by itself. */
export function MergeDialog({
  projectId,
  from,
  head,
  open,
  onOpenChange,
}: {
  projectId: ProjectId;
  from: VersionRef;
  head: VersionRef;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  // Outlive a dialog that is closed on the way.
  const [decided, setDecided] = useState<Decided>({ headGenerationId: null, decisions: new Map() });
  return (
    <Dialog
      isOpen={open}
      onOpenChange={onOpenChange}
      title={`Merge v${from.version} into v${head.version}?`}
      size="lg"
      description={`A new version is made with the changes of both. v${from.version} and v${head.version} stay as they are.`}
    >
      <MergeForm
        projectId={projectId}
        from={from}
        head={head}
        decided={decided}
        onDecide={setDecided}
        onDone={() => onOpenChange(false)}
      />
    </Dialog>
  );
}

function MergeForm({
  projectId,
  from,
  head,
  decided,
  onDecide,
  onDone,
}: {
  projectId: ProjectId;
  from: VersionRef;
  head: VersionRef;
  decided: Decided;
  onDecide: (decided: Decided) => void;
  onDone: () => void;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { announce, refresh } = useVersionToast({ projectId });
  const router = useRouter();
  const preview = useQuery(
    trpc.generation.mergePreview.queryOptions({ projectId, fromGenerationId: from.generationId }),
  );
  const merge = useMutation(
    trpc.generation.merge.mutationOptions({
      onSuccess: async ({ generationId }) => {
        await announce({
          generationId,
          before: head,
          describe: ({ version }) => `Merged v${from.version}, as v${version}.`,
        });
        onDone();
        router.push(reviewHref({ projectId, generationId }));
      },
      // Another version may be active by now: what it would take to merge into that one is asked for.
      onError: () =>
        Promise.all([refresh(), queryClient.invalidateQueries({ queryKey: trpc.generation.mergePreview.pathKey() })]),
    }),
  );
  const { headGenerationId = null, conflicts = [] } = preview.data ?? {};
  // Decisions hold for the version that they were made on.
  const decisions: MergeDecisions = decided.headGenerationId === headGenerationId ? decided.decisions : new Map();
  const openCount = countOpen({ conflicts, decisions });
  const submit = () => {
    if (headGenerationId !== null)
      merge.mutate({
        projectId,
        fromGenerationId: from.generationId,
        expectedHeadGenerationId: headGenerationId,
        decisions: listDecided(decisions),
      });
  };
  return (
    <>
      {preview.data === undefined ? (
        preview.error === null ? (
          <Skeleton className="h-32 w-full" />
        ) : (
          <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
        )
      ) : (
        <div className="flex max-h-[56vh] flex-col gap-3 overflow-y-auto text-sm">
          <p>{describePreview({ preview: preview.data, from })}</p>
          {conflicts.length > 0 && (
            <ul aria-label="Conflicts" className="flex flex-col gap-3">
              {conflicts.map((conflict) => (
                <MergeConflict
                  key={conflict.path}
                  conflict={conflict}
                  names={{ ours: `v${head.version}`, theirs: `v${from.version}` }}
                  cacheKey={`merge:${headGenerationId}:${from.generationId}:${conflict.path}`}
                  decision={decisions.get(conflict.path)}
                  onDecide={(decision) =>
                    onDecide({ headGenerationId, decisions: new Map(decisions).set(conflict.path, decision) })
                  }
                />
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
        <Button
          look="primary"
          isPending={merge.isPending}
          disabled={preview.data === undefined || openCount > 0}
          onClick={submit}
        >
          {openCount > 0 ? `Decide on ${openCount} more` : "Merge"}
        </Button>
      </DialogFooter>
    </>
  );
}

function describePreview({
  preview: { taken, deleted, combined, conflicts },
  from,
}: {
  preview: MergePreviewOutput;
  from: VersionRef;
}): string {
  const parts = [
    taken.length > 0 ? `${taken.length} taken from v${from.version}` : "",
    combined.length > 0 ? `${combined.length} put together of both` : "",
    deleted.length > 0 ? `${deleted.length} deleted` : "",
    conflicts.length > 0 ? `${conflicts.length} in conflict` : "",
  ].filter((part) => part !== "");
  return parts.length === 0
    ? "No file differs from the active version."
    : `Files: ${parts.join(", ")}. All others stay as they are.`;
}
