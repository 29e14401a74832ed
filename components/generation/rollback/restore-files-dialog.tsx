"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { FileDiffEntry } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { reviewHref } from "#lib/hrefs.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/checkbox.tsx";
import { Dialog, DialogFooter } from "../../ui/overlays/dialog.tsx";
import { EmptyState } from "../../ui/states/empty-state.tsx";
import { BreakablePath } from "../../ui/text/breakable-path.tsx";
import { ErrorState } from "../../ui/states/error-state.tsx";
import { Input } from "../../ui/input.tsx";
import { Skeleton } from "../../ui/states/skeleton.tsx";
import { useVersionToast, type VersionRef } from "../version-toast.ts";

/** Rows at once; the filter finds the others. */
const shownFiles = 200;

type RestoreProps = {
  projectId: ProjectId;
  source: VersionRef;
  head: VersionRef;
  initialPath?: FilePath;
  onClose: () => void;
};

/** Restores chosen files of any version in the active one. All others stay unchanged. */
export function RestoreFilesDialog(props: RestoreProps) {
  const { source, head, onClose } = props;
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="lg"
      title={`Restore files from v${source.version}`}
      description={`A new version is made on the active v${head.version}. The chosen files become as in v${source.version}; all others stay as they are.`}
    >
      <RestoreForm {...props} />
    </Dialog>
  );
}

function RestoreForm({ projectId, source, head, initialPath, onClose }: RestoreProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const { announce, refresh } = useVersionToast({ projectId });
  const [filter, setFilter] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<FilePath>>(new Set(initialPath === undefined ? [] : [initialPath]));
  const diff = useQuery(
    trpc.generation.diff.queryOptions(
      { generationId: source.generationId, againstGenerationId: head.generationId },
      { staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  const restore = useMutation(trpc.generation.restoreFiles.mutationOptions());
  const differing = (diff.data?.files ?? []).filter(({ status }) => status !== "deleted");
  const matching = differing.filter(({ path }) => path.toLowerCase().includes(filter.trim().toLowerCase()));
  const paths = differing.flatMap(({ path }) => (chosen.has(path) ? [path] : []));

  const choose = ({ items, isChosen }: { items: FileDiffEntry[]; isChosen: boolean }) => {
    const next = new Set(chosen);
    for (const { path } of items) {
      if (isChosen) next.add(path);
      else next.delete(path);
    }
    setChosen(next);
  };
  const submit = async () => {
    const result = await restore
      .mutateAsync({
        projectId,
        fromGenerationId: source.generationId,
        paths,
        expectedHeadGenerationId: head.generationId,
      })
      .catch(() => null);
    // The mutation's own `error` is shown below.
    if (result === null) return void (await refresh());
    const what = paths.length === 1 ? paths[0] : `${paths.length} files`;
    await announce({
      ...result,
      before: head,
      describe: ({ version }) => `Restored ${what} from v${source.version}, as v${version}.`,
    });
    onClose();
    router.push(reviewHref({ projectId, ...result }));
  };

  if (diff.error !== null && diff.data === undefined)
    return <ErrorState error={diff.error} onRetry={() => void diff.refetch()} />;
  if (diff.data === undefined) return <Skeleton className="h-60 w-full" />;
  if (differing.length === 0)
    return (
      <EmptyState title="Nothing to restore">{`Every file of v${source.version} is the same in v${head.version}.`}</EmptyState>
    );
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <Input
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          aria-label="Filter files"
          placeholder="Filter files"
          className="max-w-64"
        />
        <Checkbox
          label={filter.trim() === "" ? `All ${differing.length} that differ` : `All ${matching.length} shown`}
          isChecked={matching.length > 0 && matching.every(({ path }) => chosen.has(path))}
          onChange={(isChosen) => choose({ items: matching, isChosen })}
        />
      </div>
      <DifferingFiles files={matching} chosen={chosen} headVersion={head.version} onChoose={choose} />
      {restore.error !== null && <ErrorState error={restore.error} />}
      <DialogFooter>
        {paths.length === 0 && <span className="self-center text-xs text-muted">Choose at least one file.</span>}
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          disabled={paths.length === 0}
          isPending={restore.isPending}
          onClick={() => void submit()}
        >
          {paths.length === 0 ? "Restore" : paths.length === 1 ? "Restore 1 file" : `Restore ${paths.length} files`}
        </Button>
      </DialogFooter>
    </div>
  );
}

function DifferingFiles({
  files,
  chosen,
  headVersion,
  onChoose,
}: {
  files: readonly FileDiffEntry[];
  chosen: ReadonlySet<FilePath>;
  headVersion: number;
  onChoose: (choice: { items: FileDiffEntry[]; isChosen: boolean }) => void;
}) {
  return (
    <>
      <ul aria-label="Files that differ" className="max-h-[40vh] overflow-y-auto rounded-md border">
        {files.slice(0, shownFiles).map((file) => (
          <li key={file.path} className="flex min-h-8 items-center gap-3 border-b px-3 last:border-b-0">
            <Checkbox
              className="min-w-0 flex-1"
              label={
                <span className="font-mono text-xs wrap-anywhere">
                  <BreakablePath path={file.path} />
                </span>
              }
              isChecked={chosen.has(file.path)}
              onChange={(isChosen) => onChoose({ items: [file], isChosen })}
            />
            <span className="shrink-0 text-xs text-muted">
              {file.status === "added" ? `not in v${headVersion}` : `differs from v${headVersion}`}
            </span>
          </li>
        ))}
      </ul>
      {files.length > shownFiles && (
        <p className="text-xs text-muted">{files.length - shownFiles} more. Filter to see them.</p>
      )}
    </>
  );
}
