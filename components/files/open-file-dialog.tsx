"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { filesHref } from "#lib/hrefs.ts";
import { CommandField } from "../ui/menus/command-field.tsx";
import { FieldDialog } from "../ui/overlays/field-dialog.tsx";
import { rankPaths } from "./rank-paths.ts";

const shownPaths = 50;

/** Opens a file of a version by a few letters of its path. */
export function OpenFileDialog({
  projectId,
  generationId,
  isOpen,
  onOpenChange,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}) {
  return (
    <FieldDialog title="Open a file" isOpen={isOpen} onOpenChange={onOpenChange} className="top-[12vh] max-w-160">
      <PathList projectId={projectId} generationId={generationId} onDone={() => onOpenChange(false)} />
    </FieldDialog>
  );
}

function PathList({
  projectId,
  generationId,
  onDone,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  onDone: () => void;
}) {
  const trpc = useTRPC();
  const router = useRouter();
  const [query, setQuery] = useState("");
  const files = useQuery(trpc.generation.files.queryOptions({ generationId }, { staleTime: Number.POSITIVE_INFINITY }));
  const paths = rankPaths({ paths: files.data?.items.map(({ path }) => path) ?? [], query, limit: shownPaths });
  return (
    <Command label="Open a file" shouldFilter={false} loop>
      <CommandField value={query} onChange={setQuery} placeholder="Type a part of a path" />
      <Command.List className="max-h-[50vh] overflow-y-auto p-1">
        <Command.Empty className="px-3 py-6 text-center text-sm text-muted">
          {files.error !== null
            ? readAppError(files.error).message
            : files.data === undefined
              ? "Loading the files."
              : files.data.items.length === 0
                ? "This version has no files."
                : "No file fits."}
        </Command.Empty>
        {paths.map((path) => (
          <Command.Item
            key={path}
            value={path}
            onSelect={() => {
              onDone();
              router.push(filesHref({ projectId, generationId, path }));
            }}
            className="flex min-h-9 cursor-default items-center gap-3 rounded-md px-3 py-1.5 font-mono text-xs select-none data-[selected=true]:bg-hover"
          >
            <span className="shrink-0 text-foreground">{path.slice(path.lastIndexOf("/") + 1)}</span>
            <span className="min-w-0 truncate text-muted">{path.slice(0, path.lastIndexOf("/") + 1)}</span>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}
