"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import type { OpenRepositoryOutput, RepositoryChoices } from "#lib/contracts/projects/repository.ts";
import { formatCount } from "#lib/format-count.ts";
import { generationHref } from "#lib/hrefs.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogFooter } from "../ui/overlays/dialog.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { OpenProgress } from "./open-progress.tsx";
import { nameSource, openRepository, type OpenedSource, type ShownProgress } from "./open-repository.ts";

type History = RepositoryChoices["history"];

/** Starts an import of a repository when shown, and aborts it when closed. */
export function OpenDialog({ source, onClose }: { source: OpenedSource; onClose: () => void }) {
  const router = useRouter();
  const { opening, progress, cancel } = useOpening(source);
  const { data: opened, error, isPending } = opening;
  const openProject = ({ projectId, generationId }: OpenRepositoryOutput) =>
    router.push(generationHref({ projectId, generationId }));
  const finish = useRef(openProject);
  const isAsExpected = opened !== undefined && isWhole(opened);
  useEffect(() => {
    if (isAsExpected && opened !== undefined) finish.current(opened);
  }, [isAsExpected, opened]);
  const close = () => {
    cancel();
    onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) close();
      }}
      title={`Open ${nameSource(source) || "a repository"}`}
      description="Each commit becomes a version and keeps its id. Nothing is stored until everything has arrived."
    >
      {error !== null && !isPending && <OpenFailure error={error} onRetry={(history) => opening.mutate(history)} />}
      {opened !== undefined && <OpenedFacts opened={opened} />}
      {isPending && <OpenProgress progress={progress} />}
      <DialogFooter>
        <Button onClick={close}>{opened === undefined ? "Cancel" : "Close"}</Button>
        {opened !== undefined && !isAsExpected && (
          <Button look="primary" autoFocus onClick={() => openProject(opened)}>
            Open project
          </Button>
        )}
      </DialogFooter>
    </Dialog>
  );
}

function useOpening(source: OpenedSource) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [progress, setProgress] = useState<ShownProgress>({ step: "wait" });
  const controller = useRef<AbortController | null>(null);
  const cancel = () => controller.current?.abort(cancelled);
  const opening = useMutation({
    mutationFn: (history: History) => {
      cancel();
      controller.current = new AbortController();
      return openRepository({ source, history, onProgress: setProgress, signal: controller.current.signal });
    },
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: trpc.project.pathKey() }),
  });
  const start = useRef(opening.mutate);
  useEffect(() => {
    start.current("all");
    return () => controller.current?.abort(cancelled);
  }, []);
  return { opening, progress, cancel };
}

/** The code that `readAppError` returns for an import aborted by the user. */
const cancelled = { error: { code: "CANCELLED", message: "The repository was not opened. Nothing was stored." } };

/** Whether the project can be shown without a notice. */
function isWhole({ isKnown, leftOut, secretCount }: OpenRepositoryOutput): boolean {
  return !isKnown && leftOut.length === 0 && secretCount === 0;
}

/** Why an import failed. If Graft cannot hold the history, it may still hold the newest files. */
function OpenFailure({ error, onRetry }: { error: unknown; onRetry: (history: History) => void }) {
  const { code } = readAppError(error);
  if (code === "CANCELLED") return null;
  const isRefused = code === "REPOSITORY_REFUSED" || code === "INPUT_TOO_LARGE";
  return (
    <div className="flex flex-col items-start gap-3">
      <ErrorState error={error} {...(isRefused ? {} : { onRetry: () => onRetry("all") })} />
      {isRefused && (
        <Button autoFocus onClick={() => onRetry("latest")}>
          Open the latest files without the history
        </Button>
      )}
    </div>
  );
}

/** Further rows are only counted. */
const maxNamed = 50;

function OpenedFacts({ opened: { versionCount, isKnown, leftOut, secretCount } }: { opened: OpenRepositoryOutput }) {
  const versions = versionCount === 1 ? "1 version" : `${formatCount(versionCount)} versions`;
  return (
    <div className="flex flex-col gap-3 text-sm">
      <p role="status">
        {isKnown
          ? `A project of this name already has all of it, in ${versions}. Nothing was stored.`
          : `${versions} stored.`}
      </p>
      {secretCount > 0 && (
        <p className="rounded-md border border-caution/40 bg-caution-surface px-3 py-2">
          {secretCount === 1 ? "One line looks" : `${formatCount(secretCount)} lines look`} like a secret. The versions
          that added them name the file and the line, and models are not shown them.
        </p>
      )}
      {leftOut.length > 0 && (
        <details>
          <summary className="min-h-6 cursor-pointer">
            {leftOut.length === 1 ? "1 name was" : `${formatCount(leftOut.length)} names were`} left out
          </summary>
          <ul className="mt-1 flex max-h-60 flex-col overflow-y-auto">
            {leftOut.slice(0, maxNamed).map(({ name, reason }) => (
              <li key={name} className="flex flex-wrap gap-x-3 border-b py-1 last:border-b-0">
                <span className="min-w-0 flex-1 basis-40 font-mono text-xs break-all">{name}</span>
                <span className="text-muted">{reason}</span>
              </li>
            ))}
            {leftOut.length > maxNamed && (
              <li className="py-1 text-muted">and {formatCount(leftOut.length - maxNamed)} more</li>
            )}
          </ul>
        </details>
      )}
    </div>
  );
}
