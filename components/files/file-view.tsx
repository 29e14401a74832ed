"use client";

import { useQuery } from "@tanstack/react-query";
import { File, FileLock, Pencil } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import type { GenerationFileOutput } from "#lib/contracts/versions/generation.ts";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { describeMode } from "#lib/describe-mode.ts";
import { formatCount } from "#lib/format-count.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { editHref } from "#lib/hrefs.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { copyLink } from "../ui/text/copy-link.ts";
import { EmptyState } from "../ui/states/empty-state.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { useHotkeys } from "../ui/keys/hotkeys.ts";
import { lazyPart } from "../ui/states/lazy-part.tsx";
import { Link } from "../ui/link.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { FileCode } from "./file-code.tsx";

const FileBlameView = lazyPart(() => import("./file-blame-view.tsx").then((module) => module.FileBlameView), {
  whileLoading: <Skeleton className="m-3 h-96" />,
  isInPlace: true,
});
const FileHistoryView = lazyPart(() => import("./file-history-view.tsx").then((module) => module.FileHistoryView), {
  whileLoading: <Skeleton className="m-3 h-60" />,
  isInPlace: true,
});

const views = ["code", "blame", "history"] as const;
type View = (typeof views)[number];
const viewWords: Record<View, string> = { code: "Code", blame: "Blame", history: "History" };

function describeFile({ mode, sizeBytes }: GenerationFileOutput): string {
  const facts = [describeMode({ newMode: mode }), `${formatCount(sizeBytes)} bytes`];
  return facts.filter((fact) => fact !== null).join(" · ");
}

/**
 * One file: its text, each line's version, and the versions that changed it. `actions` are rendered beside its name.
 */
export function FileView({
  projectId,
  generationId,
  path,
  actions,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  path: FilePath;
  actions: ReactNode;
}) {
  const trpc = useTRPC();
  const file = useQuery(
    trpc.generation.file.queryOptions({ generationId, path }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  const colours = useQuery(
    trpc.generation.fileColours.queryOptions({ generationId, path }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  const [view, setView] = useQueryState("view", parseAsStringLiteral(views).withDefault("code"));
  useHotkeys({
    b: () => void setView(view === "blame" ? "code" : "blame"),
    l: () => void setView(view === "history" ? "code" : "history"),
    y: () => void copyLink(),
  });
  return (
    <section aria-label={path} className="flex h-full min-h-0 flex-col">
      <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-1 text-sm">
        {actions}
        <File aria-hidden className="size-4 shrink-0 text-muted" />
        <h2 className="min-w-40 flex-1 truncate font-mono" title={path}>
          {path}
        </h2>
        {file.data !== undefined && (
          <span className="shrink-0 text-xs text-muted max-lg:hidden" title={`SHA-256 ${file.data.contentHash}`}>
            {describeFile(file.data)}
            {file.data.decoded !== undefined && `, ${file.data.decoded.encoding}`}
          </span>
        )}
        <div role="group" aria-label="View" className="flex gap-1">
          {views.map((name) => (
            <Button
              key={name}
              size="sm"
              look={view === name ? "secondary" : "ghost"}
              aria-pressed={view === name}
              onClick={() => void setView(name)}
            >
              {viewWords[name]}
            </Button>
          ))}
        </div>
        <Link href={editHref({ projectId, generationId, path })} className={buttonClass({ size: "sm" })}>
          <Pencil aria-hidden />
          Edit
        </Link>
      </div>
      {file.error !== null && file.data === undefined ? (
        <div className="p-3">
          <ErrorState error={file.error} onRetry={() => void file.refetch()} />
        </div>
      ) : view === "history" ? (
        <FileHistoryView projectId={projectId} generationId={generationId} path={path} />
      ) : file.data === undefined || colours.isPending ? (
        <Skeleton className="m-3 h-96" />
      ) : file.data.encoding === "base64" && file.data.decoded === undefined ? (
        <div className="p-6">
          <EmptyState title="This file is binary">
            <FileLock aria-hidden className="mx-auto mb-2 size-6" />
            It is kept byte for byte and comes with the download.
          </EmptyState>
        </div>
      ) : file.data.mode === "120000" && view === "code" ? (
        <p className="p-3 font-mono text-sm break-all">→ {file.data.content}</p>
      ) : (
        <div className="min-h-0 flex-1">
          {view === "blame" ? (
            <FileBlameView
              projectId={projectId}
              generationId={generationId}
              path={path}
              colours={colours.data ?? null}
            />
          ) : (
            <FileCode
              key={path}
              path={path}
              text={file.data.decoded?.text ?? file.data.content}
              contentHash={file.data.contentHash}
              colours={colours.data ?? null}
            />
          )}
        </div>
      )}
    </section>
  );
}
