"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { textOfFile } from "#lib/text-of-file.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { filesHref } from "#lib/hrefs.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { EmptyState } from "../ui/states/empty-state.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { useHotkeys } from "../ui/keys/hotkeys.ts";
import { Input } from "../ui/input.tsx";
import { ModifierKeyHint } from "../ui/keys/key-hint.tsx";
import { lazyDialog } from "../ui/overlays/lazy-dialog.tsx";
import { lazyPart } from "../ui/states/lazy-part.tsx";
import { Link } from "../ui/link.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { RelativeTime } from "../ui/text/relative-time.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { buildOperations, type OriginalFile } from "./build-operations.ts";
import { useEditDraft, type EditDraft } from "./edit-draft.ts";

// The editor and the diff are the largest code of this page; neither is needed before the text has loaded.
const CodeEditor = lazyPart(() => import("./code-editor.tsx").then((module) => module.CodeEditor), {
  whileLoading: <Skeleton className="m-3 h-96" />,
  isInPlace: true,
});
const SaveEditDialog = lazyDialog(() => import("./save-edit-dialog.tsx").then((module) => module.SaveEditDialog));

const immutable = { staleTime: Number.POSITIVE_INFINITY };

/** The autosave interval; a reload loses at most this much. */
const draftDelayMs = 250;

/** Edits one file of a version, or a new one. Saving makes a new version; the edited one is unchanged. */
export function EditScreen({
  projectId,
  generationId,
  path,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  path: FilePath | null;
}) {
  const trpc = useTRPC();
  const generation = useQuery(trpc.generation.summary.queryOptions({ generationId }));
  const files = useQuery(trpc.generation.files.queryOptions({ generationId }, immutable));
  const file = useQuery(
    trpc.generation.file.queryOptions(path === null ? skipToken : { generationId, path }, immutable),
  );
  const error = generation.error ?? files.error ?? file.error;
  const title = path === null ? "New file" : `Edit ${path}`;
  const isLoaded =
    generation.data !== undefined && files.data !== undefined && (path === null || file.data !== undefined);
  return (
    <div className="flex h-[calc(var(--app-height)-77px)] min-h-96 flex-col">
      <PageTitle text={title} />
      <h1 className="sr-only">{title}</h1>
      {isLoaded ? (
        <EditForm
          projectId={projectId}
          generation={generation.data}
          existingPaths={new Set(files.data.items.map((item) => item.path))}
          original={path === null || file.data === undefined ? null : { path, text: textOfFile(file.data) }}
        />
      ) : error === null ? (
        <div aria-busy className="p-3">
          <Skeleton className="h-8 w-full" />
          <Skeleton className="mt-3 h-96 w-full" />
        </div>
      ) : (
        <div className="p-4">
          <ErrorState
            error={error}
            onRetry={() => void Promise.all([generation.refetch(), files.refetch(), file.refetch()])}
          />
        </div>
      )}
    </div>
  );
}

type Draft = { path: string; text: string | null };
type VersionRef = Pick<GenerationOutput, "generationId" | "version">;

function EditForm({
  projectId,
  generation,
  original,
  existingPaths,
}: {
  projectId: ProjectId;
  generation: VersionRef;
  original: OriginalFile | null;
  existingPaths: ReadonlySet<string>;
}) {
  const { generationId, version } = generation;
  const [stored, setStored] = useEditDraft({ generationId, path: original?.path ?? null });
  const saved: Draft = original ?? { path: "", text: "" };
  // Null until the user starts typing: only then is an earlier visit's draft no longer offered.
  const [begun, setBegun] = useState<{ start: Draft; current: Draft } | null>(null);
  const [saving, setSaving] = useState<ChangeOperation[] | null>(null);
  const pending = useRef<{ timer: ReturnType<typeof setTimeout>; draft: EditDraft | null } | null>(null);
  const current = begun?.current ?? saved;
  const isOffered = begun === null && stored !== null;

  const keepPending = () => {
    if (pending.current === null) return;
    clearTimeout(pending.current.timer);
    setStored(pending.current.draft);
    pending.current = null;
  };
  const change = (next: Partial<Draft>) => {
    const changed = { ...current, ...next };
    setBegun({ start: begun?.start ?? saved, current: changed });
    clearTimeout(pending.current?.timer);
    const isAsSaved = changed.path === saved.path && changed.text === saved.text;
    pending.current = {
      timer: setTimeout(keepPending, draftDelayMs),
      draft: isAsSaved ? null : { ...changed, savedAt: new Date().toISOString() },
    };
  };
  const forget = () => {
    clearTimeout(pending.current?.timer);
    pending.current = null;
    setStored(null);
  };
  const keepOnLeave = useEffectEvent(keepPending);
  useEffect(() => {
    // Also saves when the user leaves or reloads within the delay.
    const keep = () => keepOnLeave();
    window.addEventListener("pagehide", keep);
    return () => {
      window.removeEventListener("pagehide", keep);
      keep();
    };
  }, []);

  const path = current.path.trim();
  const operations = path === "" ? [] : buildOperations({ original, path, text: current.text });
  const blocked =
    path === ""
      ? "Give the file a path."
      : path !== original?.path && existingPaths.has(path)
        ? `v${version} has a file ${path} already. Choose another path.`
        : operations.length === 0
          ? "Nothing is changed yet."
          : null;
  const review = () => {
    if (blocked === null && !isOffered) setSaving(operations);
  };
  useHotkeys({
    "$mod+KeyS": (event) => {
      event.preventDefault();
      if (saving === null) review();
    },
  });
  const cancelHref = filesHref({ projectId, generationId, ...(original === null ? {} : { path: original.path }) });

  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-b px-3 py-2">
        <Input
          value={current.path}
          onChange={(event) => change({ path: event.target.value })}
          disabled={isOffered}
          aria-label="Path"
          placeholder="folder/name.ts"
          spellCheck={false}
          autoFocus={original === null}
          className="min-w-48 flex-1 font-mono"
        />
        {original !== null && (
          // A dialog with the deleted lines comes first.
          <Button look="ghost" onClick={() => setSaving([{ type: "delete", path: original.path }])}>
            Delete file
          </Button>
        )}
        <Link href={cancelHref} className={buttonClass()}>
          Close
        </Link>
        <Button look="primary" disabled={blocked !== null || isOffered} onClick={review} aria-describedby="edit-note">
          Review and save
        </Button>
      </div>
      {isOffered && (
        <DraftOffer
          savedAt={stored.savedAt}
          onRestore={() => setBegun({ start: stored, current: stored })}
          onDiscard={() => {
            forget();
            setBegun({ start: saved, current: saved });
          }}
        />
      )}
      <div className="min-h-0 flex-1">
        {isOffered ? null : saved.text === null ? (
          <div className="p-6">
            <EmptyState title="This file is binary">
              It can be moved or deleted here. Its content does not change.
            </EmptyState>
          </div>
        ) : (
          <CodeEditor
            path={path}
            text={begun?.start.text ?? saved.text}
            label={`Text of ${path === "" ? "the new file" : path}`}
            isFocusedAtStart={original !== null}
            onChange={(text) => change({ text })}
          />
        )}
      </div>
      <p
        id="edit-note"
        className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1 border-t px-3 py-1 text-xs text-muted"
      >
        <span role="status">
          {isOffered
            ? "Decide on the unsaved text first."
            : (blocked ?? "Not saved yet. This browser keeps what you type.")}
        </span>
        <span className="ml-auto flex items-center gap-1">
          <ModifierKeyHint name="S" /> reviews and saves as a new version; v{version} stays.
        </span>
        <span className="max-md:hidden">Tab indents; Escape, then Tab leaves the text.</span>
      </p>
      {saving !== null && (
        <SaveEditDialog
          projectId={projectId}
          generation={generation}
          operations={saving}
          onClose={() => setSaving(null)}
          onSaved={forget}
        />
      )}
    </>
  );
}

function DraftOffer({
  savedAt,
  onRestore,
  onDiscard,
}: {
  savedAt: string;
  onRestore: () => void;
  onDiscard: () => void;
}) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-3 border-b bg-caution-surface px-4 py-2 text-sm text-caution"
    >
      <p className="min-w-48 flex-1">
        You have unsaved text for this file from <RelativeTime at={savedAt} />. It was never stored as a version.
      </p>
      <Button size="sm" onClick={onRestore}>
        Continue editing it
      </Button>
      <Button size="sm" onClick={onDiscard}>
        Discard it
      </Button>
    </div>
  );
}
