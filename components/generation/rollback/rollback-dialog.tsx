"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { FileDiffEntry, FileDiffStatus } from "#lib/contracts/comparisons/diff.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { compareHref } from "#lib/hrefs.ts";
import { useActiveRuns } from "../../run/active-runs.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmButton } from "../../ui/overlays/confirm-button.tsx";
import { Dialog, DialogFooter } from "../../ui/overlays/dialog.tsx";
import { BreakablePath } from "../../ui/text/breakable-path.tsx";
import { ErrorState } from "../../ui/states/error-state.tsx";
import { Input } from "../../ui/input.tsx";
import { Link } from "../../ui/link.tsx";
import { Skeleton } from "../../ui/states/skeleton.tsx";
import { RollbackBlock } from "./rollback-block.tsx";
import { useRollback } from "./rollback.ts";
import type { VersionRef } from "../version-toast.ts";

const shownPaths = 8;

/** What happens to a file when the older version becomes active again. */
const effects: Record<FileDiffStatus, string> = {
  added: "restored",
  deleted: "removed",
  modified: "changed",
  moved: "moved",
};
const effectOrder: FileDiffStatus[] = ["added", "deleted", "modified", "moved"];

/** Previews a roll back as the diff from the active version to `target`. */
export function RollbackDialog({
  projectId,
  target,
  head,
  open,
  onOpenChange,
}: {
  projectId: ProjectId;
  target: VersionRef;
  head: VersionRef;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog
      isOpen={open}
      onOpenChange={onOpenChange}
      title={`Make v${target.version} active?`}
      description={`A new version is made, a copy of v${target.version}. v${head.version} and all others stay in the history. You can undo this at any time.`}
    >
      <RollbackForm projectId={projectId} target={target} head={head} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function RollbackForm({
  projectId,
  target,
  head,
  onDone,
}: {
  projectId: ProjectId;
  target: VersionRef;
  head: VersionRef;
  onDone: () => void;
}) {
  const trpc = useTRPC();
  const diff = useQuery(
    trpc.generation.diff.queryOptions(
      { generationId: target.generationId, againstGenerationId: head.generationId },
      { staleTime: Infinity },
    ),
  );
  const noteId = useId();
  const [note, setNote] = useState("");
  const { rollBack, isPending, error } = useRollback({ projectId, onDone });
  const runs = useActiveRuns(projectId) ?? [];
  const isBlocked = runs.length > 0;
  const [wasBlocked, setWasBlocked] = useState(isBlocked);
  if (isBlocked && !wasBlocked) setWasBlocked(true);
  return (
    <>
      {diff.error !== null && <ErrorState error={diff.error} onRetry={() => void diff.refetch()} />}
      {diff.data === undefined ? (
        diff.error === null && <Skeleton className="h-32 w-full" />
      ) : (
        <DiffSummary
          projectId={projectId}
          target={target}
          head={head}
          files={diff.data.files}
          keptCount={diff.data.keptCount}
        />
      )}
      {isBlocked && <RollbackBlock projectId={projectId} runs={runs} />}
      <p role="status" className="mt-3 text-sm text-muted empty:hidden">
        {wasBlocked && !isBlocked ? `No run is running any more. The active version is v${head.version}.` : ""}
      </p>
      <label htmlFor={noteId} className="mt-3 block text-xs font-medium text-muted">
        Note (optional)
      </label>
      <Input
        id={noteId}
        value={note}
        maxLength={limits.noteCharacters}
        placeholder="Why, for the history"
        onChange={(event) => setNote(event.target.value)}
      />
      {error !== null && (
        <div className="mt-3">
          <ErrorState error={error} />
        </div>
      )}
      <DialogFooter>
        <Button onClick={onDone}>Keep v{head.version} active</Button>
        <ConfirmButton disabled={isBlocked} isPending={isPending} onClick={() => rollBack({ target, head, note })}>
          Roll back to v{target.version}
        </ConfirmButton>
      </DialogFooter>
    </>
  );
}

function DiffSummary({
  projectId,
  target,
  head,
  files,
  keptCount,
}: {
  projectId: ProjectId;
  target: VersionRef;
  head: VersionRef;
  files: FileDiffEntry[];
  keptCount: number;
}) {
  const counts = effectOrder
    .map((status) => ({ status, count: files.filter((file) => file.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${effects[status]}`);
  return (
    <div className="text-sm">
      <p>
        {files.length === 0
          ? `v${target.version} has the same files as v${head.version}.`
          : `Compared with the active v${head.version}: ${counts.join(", ")}, ${keptCount} the same.`}
      </p>
      {files.length > 0 && (
        <>
          <ul className="mt-2 rounded-md border">
            {files.slice(0, shownPaths).map((file) => (
              <li key={file.path} className="flex items-baseline gap-3 border-b px-3 py-1 last:border-b-0">
                <span className="min-w-0 flex-1 font-mono text-xs wrap-anywhere">
                  <BreakablePath path={file.path} />
                </span>
                <span className="text-xs text-muted">{effects[file.status]}</span>
              </li>
            ))}
          </ul>
          <p className="mt-2 text-muted">
            {files.length > shownPaths && `And ${files.length - shownPaths} more. `}
            <Link
              href={compareHref({ projectId, base: head.generationId, head: target.generationId })}
              className="underline"
            >
              See the full comparison
            </Link>
          </p>
        </>
      )}
    </div>
  );
}
