"use client";

import { useQuery } from "@tanstack/react-query";
import { File, FileLock, FilePlus, Pencil } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { compareHref, editHref, filesHref, generationHref } from "../project/project-href.ts";
import { buttonClass } from "../ui/button.tsx";
import { cn } from "../ui/class-names.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { useHotkeys } from "../ui/hotkeys.ts";
import { Input } from "../ui/input.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { FolderTree } from "./folder-tree.tsx";

const CodeSurface = dynamic(() => import("../diff/code-surface.tsx").then((module) => module.CodeSurface), { ssr: false, loading: () => <Skeleton className="m-3 h-96" /> });

const immutable = { staleTime: Number.POSITIVE_INFINITY };

/** The files of one version, to read. Nothing here changes anything; the editor is a page of its own. */
export function FilesScreen({ projectId, generationId, path, line }: { projectId: ProjectId; generationId: GenerationId; path: FilePath | null; line: number | null }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [filter, setFilter] = useState("");
  const generation = useQuery(trpc.generation.get.queryOptions({ generationId }));
  const files = useQuery(trpc.generation.files.queryOptions({ generationId }, immutable));
  useHotkeys({
    t: (event) => {
      event.preventDefault();
      document.getElementById("files-filter")?.focus();
    },
    e: () => path !== null && router.push(editHref({ projectId, generationId, path })),
  });
  const error = generation.error ?? files.error;
  if (error !== null) {
    return (
      <div className="p-4">
        <ErrorState error={error} onRetry={() => void Promise.all([generation.refetch(), files.refetch()])} />
      </div>
    );
  }
  if (generation.data === undefined || files.data === undefined) return <FilesSkeleton />;
  const { version } = generation.data;
  const wanted = filter.trim().toLowerCase();
  const items = files.data.items;
  const matching = wanted === "" ? null : items.filter((item) => item.path.toLowerCase().includes(wanted)).slice(0, 200);
  return (
    <div className="flex min-h-0 flex-col">
      <PageTitle text={path === null ? `Files of v${version}` : `${path} in v${version}`} />
      <h1 className="sr-only">Files of v{version}</h1>
      {!generation.data.isHead && <OldVersionBanner projectId={projectId} generationId={generationId} version={version} />}
      <div className="grid md:h-[calc(100dvh-77px)] md:grid-cols-[280px_minmax(0,1fr)]">
        <nav aria-label="Files" className={cn("flex min-h-0 flex-col gap-2 border-r p-2", path !== null && "max-md:hidden")}>
          <Input id="files-filter" value={filter} onChange={(event) => setFilter(event.target.value)} placeholder="Find a file" aria-label="Find a file" />
          <div className="min-h-0 flex-1 overflow-y-auto">
            {matching === null ? (
              <FolderTree projectId={projectId} generationId={generationId} items={items} current={path} />
            ) : (
              <ul>
                {matching.map((item) => (
                  <li key={item.path}>
                    <Link href={filesHref({ projectId, generationId, path: item.path })} className="flex h-7 items-center truncate rounded-sm px-2 font-mono text-xs hover:bg-hover">
                      {item.path}
                    </Link>
                  </li>
                ))}
              </ul>
            )}
          </div>
          <p className="flex items-center gap-2 px-1 text-xs text-muted">
            <span className="flex-1">{items.length === 1 ? "1 file" : `${items.length} files`}</span>
            <Link href={editHref({ projectId, generationId })} className={buttonClass({ size: "sm" })}>
              <FilePlus aria-hidden />
              New file
            </Link>
          </p>
        </nav>
        <main className="min-w-0 md:overflow-hidden">
          {path === null ? (
            <div className="p-6">
              <EmptyState title="Choose a file to read it">
                v{version} has {items.length} files.
              </EmptyState>
            </div>
          ) : (
            <FileView projectId={projectId} generationId={generationId} path={path} line={line} />
          )}
        </main>
      </div>
    </div>
  );
}

function OldVersionBanner({ projectId, generationId, version }: { projectId: ProjectId; generationId: GenerationId; version: number }) {
  const trpc = useTRPC();
  const project = useQuery(trpc.project.get.queryOptions({ projectId }));
  const headId = project.data?.headGenerationId ?? null;
  return (
    <p className="flex flex-wrap items-center gap-x-3 border-b bg-caution-surface px-4 py-2 text-sm text-caution">
      You are viewing v{version}. {project.data !== undefined && `Active is v${project.data.headVersion}.`}
      {headId !== null && (
        <Link href={compareHref({ projectId, base: generationId, head: headId })} className="underline">
          Compare
        </Link>
      )}
      <Link href={generationHref({ projectId, generationId })} className="underline">
        Iterate or roll back
      </Link>
    </p>
  );
}

function FileView({ projectId, generationId, path, line }: { projectId: ProjectId; generationId: GenerationId; path: FilePath; line: number | null }) {
  const trpc = useTRPC();
  const file = useQuery(trpc.generation.file.queryOptions({ generationId, path }, immutable));
  return (
    <section aria-label={path} className="flex h-full min-h-0 flex-col">
      <div className="flex min-h-10 items-center gap-3 border-b px-3 text-sm">
        <Link href={filesHref({ projectId, generationId })} className="underline md:hidden">
          Files
        </Link>
        <File aria-hidden className="size-4 shrink-0 text-muted" />
        <h2 className="min-w-0 flex-1 truncate font-mono">{path}</h2>
        {file.data !== undefined && (
          <span className="shrink-0 text-xs text-muted" title={`SHA-256 ${file.data.contentHash}`}>
            {file.data.sizeBytes.toLocaleString("en")} bytes · {file.data.contentHash.slice(0, 12)}
          </span>
        )}
        <Link href={editHref({ projectId, generationId, path })} className={buttonClass({ size: "sm" })}>
          <Pencil aria-hidden />
          Edit
        </Link>
      </div>
      {file.error !== null ? (
        <div className="p-3">
          <ErrorState error={file.error} onRetry={() => void file.refetch()} />
        </div>
      ) : file.data === undefined ? (
        <Skeleton className="m-3 h-96" />
      ) : file.data.encoding === "base64" ? (
        <div className="p-6">
          <EmptyState title="This file is binary">
            <FileLock aria-hidden className="mx-auto mb-2 size-6" />
            It is kept byte for byte and comes with the download.
          </EmptyState>
        </div>
      ) : (
        <div className="min-h-96 flex-1">
          <CodeSurface path={path} text={file.data.content} cacheKey={file.data.contentHash} line={line} />
        </div>
      )}
    </section>
  );
}

function FilesSkeleton() {
  return (
    <div aria-busy className="grid gap-4 p-3 md:grid-cols-[280px_minmax(0,1fr)]">
      <Skeleton className="h-96" />
      <Skeleton className="h-96" />
    </div>
  );
}
