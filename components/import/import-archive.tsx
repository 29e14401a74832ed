"use client";

import { FileArchive } from "lucide-react";
import { useRef, useState, type DragEvent } from "react";
import { limits } from "#lib/contracts/limits.ts";
import { formatCount } from "#lib/format-count.ts";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/class-names.ts";
import { lazyDialog } from "../ui/lazy-dialog.tsx";

const ImportDialog = lazyDialog(() => import("./import-dialog.tsx").then((module) => module.ImportDialog));

/** A place to drop a zip on, with a button that opens a file dialog. What becomes of it is shown before it is stored. */
export function ImportArchive() {
  const fileInput = useRef<HTMLInputElement>(null);
  const [isDraggedOver, setIsDraggedOver] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsDraggedOver(false);
    setFile(event.dataTransfer.files[0] ?? null);
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
          Have a project already? Drop its zip here. You see what becomes v1 before it is stored.
        </p>
        <input
          ref={fileInput}
          type="file"
          accept=".zip,application/zip"
          aria-label="Zip file to import"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            setFile(event.target.files?.[0] ?? null);
            // The same file may be chosen again after it was corrected.
            event.target.value = "";
          }}
        />
        <Button onClick={() => fileInput.current?.click()}>Import zip</Button>
      </div>
      <p className="text-xs text-faint">
        At most {formatCount(limits.projectFiles)} files and {limits.projectBytes / 1_048_576} MiB.
      </p>
      {file !== null && <ImportDialog file={file} onClose={() => setFile(null)} />}
    </div>
  );
}
