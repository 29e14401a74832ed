"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FileArchive } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState, type DragEvent } from "react";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { formatCount } from "#lib/format-count.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/class-names.ts";
import { ErrorState } from "../ui/error-state.tsx";
import { generationHref } from "#lib/hrefs.ts";

type Imported = { projectId: ProjectId; generationId: GenerationId };

/**
 * Uploads a zip. Throws what `readAppError` understands: the body of a refusal, or an error whose cause is the
 * network's.
 */
async function uploadArchive(file: File): Promise<Imported> {
  const name = file.name
    .replace(/\.zip$/i, "")
    .trim()
    .slice(0, limits.projectNameCharacters);
  const query = name === "" ? "" : `?name=${encodeURIComponent(name)}`;
  let response: Response;
  try {
    response = await fetch(`/api/projects/import${query}`, {
      method: "POST",
      headers: { "content-type": "application/zip" },
      body: file,
    });
  } catch (cause) {
    throw new Error("The upload did not reach Graft.", { cause });
  }
  const body: unknown = await response.json();
  if (!response.ok) throw body;
  return body as Imported;
}

/** A place to drop a zip on, with a button that opens a file dialog. The project's files become v1 as they are. */
export function ImportArchive() {
  const router = useRouter();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const fileInput = useRef<HTMLInputElement>(null);
  const [isDraggedOver, setIsDraggedOver] = useState(false);
  const upload = useMutation({
    mutationFn: uploadArchive,
    onSuccess: (imported) => {
      void queryClient.invalidateQueries({ queryKey: trpc.project.pathKey() });
      router.push(generationHref(imported));
    },
  });
  const start = (file: File | undefined) => {
    if (file !== undefined && !upload.isPending) upload.mutate(file);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsDraggedOver(false);
    start(event.dataTransfer.files[0]);
  };
  return (
    <div className="flex flex-col gap-2">
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setIsDraggedOver(true);
        }}
        onDragLeave={() => setIsDraggedOver(false)}
        onDrop={onDrop}
        className={cn(
          "flex flex-wrap items-center gap-3 rounded-md border border-dashed px-3 py-3 text-sm",
          isDraggedOver ? "border-accent bg-accent-surface" : "border-line-strong",
        )}
      >
        <FileArchive aria-hidden className="size-5 shrink-0 text-muted" />
        <p className="min-w-40 flex-1 text-muted">
          Have a project already? Drop its zip here. Its files become v1, unchanged.
        </p>
        <input
          ref={fileInput}
          type="file"
          accept=".zip,application/zip"
          aria-label="Zip file to import"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            start(event.target.files?.[0]);
            // The same file may be chosen again after it was mended.
            event.target.value = "";
          }}
        />
        <Button onClick={() => fileInput.current?.click()} isPending={upload.isPending}>
          {upload.isPending ? "Importing" : "Import zip"}
        </Button>
      </div>
      <p className="text-xs text-faint">
        At most {formatCount(limits.projectFiles)} files and {limits.projectBytes / 1_048_576} MiB.
      </p>
      {upload.error !== null && <ErrorState error={upload.error} />}
    </div>
  );
}
