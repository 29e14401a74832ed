"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { generationHref } from "#lib/hrefs.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogFooter } from "../ui/overlays/dialog.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { ImportCheck } from "./import-check.tsx";
import { checkArchive, importArchive, toProjectName, usualDecisions, type ImportDecisions } from "./send-archive.ts";
import { UploadProgress } from "./upload-progress.tsx";

/**
 * Checks an archive and shows what an import would take, skip and refuse, before anything is stored. The browser sends
 * the file again after each decision, and keeps it until the project is created.
 */
export function ImportDialog({ file, onClose }: { file: File; onClose: () => void }) {
  const [decisions, setDecisions] = useState(usualDecisions);
  const [progress, setProgress] = useState(0);
  const check = useQuery({
    queryKey: ["import-check", file.name, file.size, file.lastModified, decisions],
    queryFn: ({ signal }) => checkArchive({ file, decisions, onProgress: setProgress, signal }),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const { create, cancel } = useImport({ file, decisions, onProgress: setProgress });
  const createButton = useRef<HTMLButtonElement>(null);
  const isReady = check.data !== undefined && !check.isFetching && check.data.obstacles.length === 0;
  const isFirstReady = isReady && decisions === usualDecisions;
  useEffect(() => {
    if (isFirstReady) createButton.current?.focus();
  }, [isFirstReady]);
  const isBusy = check.isFetching || create.isPending;
  return (
    <Dialog
      isOpen
      size="lg"
      onOpenChange={(isOpen) => {
        if (isOpen) return;
        cancel();
        onClose();
      }}
      title={`Import ${toProjectName(file.name) || "a project"}`}
      description="Nothing is stored before you create the project."
    >
      {check.error !== null && !check.isFetching && (
        <ErrorState error={check.error} onRetry={() => void check.refetch()} />
      )}
      {check.data !== undefined && <ImportCheck check={check.data} decisions={decisions} onDecide={setDecisions} />}
      {create.error !== null && readAppError(create.error).code !== "CANCELLED" && <ErrorState error={create.error} />}
      <div aria-live="polite" className="mt-3 min-h-6">
        {isBusy && <UploadProgress share={progress} step={create.isPending ? "store" : "check"} />}
      </div>
      <DialogFooter>
        <Button
          onClick={() => {
            cancel();
            if (!create.isPending) onClose();
          }}
        >
          Cancel
        </Button>
        <Button
          ref={createButton}
          look="primary"
          disabled={!isReady && !create.isPending}
          isPending={create.isPending}
          onClick={() => create.mutate()}
        >
          Create project
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

/** Stores the archive as a project and opens it; `cancel` aborts the upload. */
function useImport({
  file,
  decisions,
  onProgress,
}: {
  file: File;
  decisions: ImportDecisions;
  onProgress: (share: number) => void;
}) {
  const router = useRouter();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const controller = useRef(new AbortController());
  const create = useMutation({
    mutationFn: () => {
      controller.current = new AbortController();
      return importArchive({ file, decisions, onProgress, signal: controller.current.signal });
    },
    onSuccess: (imported) => {
      void queryClient.invalidateQueries({ queryKey: trpc.project.pathKey() });
      router.push(generationHref(imported));
    },
  });
  return { create, cancel: () => controller.current.abort(cancelled) };
}

/** The code that `readAppError` returns for an upload aborted by the user. */
const cancelled = {
  error: { code: "CANCELLED", message: "The import was cancelled. Nothing was stored by this page." },
};
