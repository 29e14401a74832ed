"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { useState } from "react";
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
import { useEditedFile } from "./edited-file.ts";

// The editor and the diff are the largest code of this page; neither is needed before the text has loaded.
const CodeEditor = lazyPart(() => import("./code-editor.tsx").then((module) => module.CodeEditor), {
  whileLoading: <Skeleton className="m-3 h-96" />,
  isInPlace: true,
});
const SaveEditDialog = lazyDialog(() => import("./save-edit-dialog.tsx").then((module) => module.SaveEditDialog));

const immutable = { staleTime: Number.POSITIVE_INFINITY };

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
  const { current, startText, offered, change, continueOffered, discardOffered, forget } = useEditedFile({
    generationId,
    original,
  });
  const [saving, setSaving] = useState<ChangeOperation[] | null>(null);

  const path = current.path.trim();
  const operations = path === "" ? [] : buildOperations({ original, path, text: current.text });
  const blocked =
    offered === null
      ? explainBlocked({ path, original, existingPaths, operations, version })
      : "Decide on the unsaved text first.";
  const review = () => {
    if (blocked === null) setSaving(operations);
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
          disabled={offered !== null}
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
        <Button look="primary" disabled={blocked !== null} onClick={review} aria-describedby="edit-note">
          Review and save
        </Button>
      </div>
      {offered !== null && (
        <DraftOffer savedAt={offered.savedAt} onRestore={continueOffered} onDiscard={discardOffered} />
      )}
      <div className="min-h-0 flex-1">
        {offered !== null ? null : startText === null ? (
          <div className="p-6">
            <EmptyState title="This file is binary">
              It can be moved or deleted here. Its content does not change.
            </EmptyState>
          </div>
        ) : (
          <CodeEditor
            path={path}
            text={startText}
            label={`Text of ${path === "" ? "the new file" : path}`}
            isFocusedAtStart={original !== null}
            onChange={(text) => change({ text })}
          />
        )}
      </div>
      <EditNote status={blocked ?? "Not saved yet. This browser keeps what you type."} version={version} />
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

/** The sentence why nothing can be saved; null if it can. */
function explainBlocked({
  path,
  original,
  existingPaths,
  operations,
  version,
}: {
  path: string;
  original: OriginalFile | null;
  existingPaths: ReadonlySet<string>;
  operations: readonly ChangeOperation[];
  version: number;
}): string | null {
  if (path === "") return "Give the file a path.";
  if (path !== original?.path && existingPaths.has(path))
    return `v${version} has a file ${path} already. Choose another path.`;
  return operations.length === 0 ? "Nothing is changed yet." : null;
}

function EditNote({ status, version }: { status: string; version: number }) {
  return (
    <p
      id="edit-note"
      className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1 border-t px-3 py-1 text-xs text-muted"
    >
      <span role="status">{status}</span>
      <span className="ml-auto flex items-center gap-1">
        <ModifierKeyHint name="S" /> reviews and saves as a new version; v{version} stays.
      </span>
      <span className="max-md:hidden">Tab indents; Escape, then Tab leaves the text.</span>
    </p>
  );
}
