"use client";

import { useQuery } from "@tanstack/react-query";
import { PanelLeft } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo, useState, type ReactNode } from "react";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { compareHref, editHref, filesHref, generationHref } from "#lib/hrefs.ts";
import { VersionError } from "../generation/version-error.tsx";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/class-names.ts";
import { EmptyState } from "../ui/states/empty-state.tsx";
import { startTypeAhead } from "../ui/keys/type-ahead.ts";
import { useHotkeys } from "../ui/keys/hotkeys.ts";
import { lazyDialog } from "../ui/overlays/lazy-dialog.tsx";
import { Link } from "../ui/link.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { useIsAtLeast } from "../ui/windows/window-width.ts";
import { FileBrowser } from "./file-browser.tsx";
import { FileView } from "./file-view.tsx";
import { MissingFile } from "./missing-file.tsx";

// Loaded on demand: few visits open them.
const Drawer = lazyDialog(() => import("../ui/overlays/drawer.tsx").then((module) => module.Drawer));
const OpenFileDialog = lazyDialog(() => import("./open-file-dialog.tsx").then((module) => module.OpenFileDialog));
const RestoreFilesDialog = lazyDialog(() =>
  import("../generation/rollback/restore-files-dialog.tsx").then((module) => module.RestoreFilesDialog),
);

/** Narrower windows show the tree over the file, on demand. */
const treeBesideFromPx = 1_200;

/** The files of one version, read-only; the editor is a separate page. */
export function FilesScreen({
  projectId,
  generationId,
  path,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  path: FilePath | null;
}) {
  const trpc = useTRPC();
  const router = useRouter();
  const isWide = useIsAtLeast(treeBesideFromPx);
  // Open only for the page on which it was opened: choosing a file closes it.
  const [treeOpenAt, setTreeOpenAt] = useState<FilePath | null>(null);
  const [isFinderOpen, setIsFinderOpen] = useState(false);
  const generation = useQuery(trpc.generation.summary.queryOptions({ generationId }));
  const files = useQuery(trpc.generation.files.queryOptions({ generationId }, { staleTime: Number.POSITIVE_INFINITY }));
  const paths = useMemo(() => new Set<string>(files.data?.items.map((item) => item.path)), [files.data]);
  useHotkeys({
    t: (event) => {
      event.preventDefault();
      startTypeAhead();
      setIsFinderOpen(true);
    },
    e: () => {
      if (path === null || !paths.has(path)) return;
      startTypeAhead();
      router.push(editHref({ projectId, generationId, path }));
    },
  });
  if (generation.data === undefined || files.data === undefined) {
    const error = generation.error ?? files.error;
    if (error === null) return <FilesSkeleton />;
    return (
      <div className="p-4">
        <PageTitle text="Files" />
        <VersionError
          projectId={projectId}
          error={error}
          onRetry={() => void Promise.all([generation.refetch(), files.refetch()])}
        />
      </div>
    );
  }
  const { version } = generation.data;
  const isMissing = path !== null && !paths.has(path);
  const tree = (
    <FileBrowser projectId={projectId} generationId={generationId} items={files.data.items} current={path} />
  );
  const treeButton = isWide ? null : (
    <TreeButton
      version={version}
      isOpen={treeOpenAt !== null && treeOpenAt === path}
      onOpenChange={(isOpen) => setTreeOpenAt(isOpen ? path : null)}
    >
      {tree}
    </TreeButton>
  );
  return (
    <div
      className={cn(
        "flex min-h-0 flex-col md:h-[calc(var(--app-height)-77px)]",
        path !== null && "max-md:h-[calc(var(--app-height)-125px)] max-md:min-h-96",
      )}
    >
      <PageTitle text={path === null ? `Files of v${version}` : `${path} in v${version}`} />
      <h1 className="sr-only">Files of v{version}</h1>
      {!generation.data.isHead && (
        <OldVersionBanner
          projectId={projectId}
          generationId={generationId}
          version={version}
          path={isMissing ? null : path}
        />
      )}
      <div className="grid min-h-0 flex-1 min-[1200px]:grid-cols-[280px_minmax(0,1fr)]">
        {(isWide || path === null) && <div className="flex min-h-0 flex-col border-r p-2">{tree}</div>}
        <div className="min-h-0 min-w-0 overflow-hidden">
          {path === null ? (
            <NoFileChosen version={version} fileCount={files.data.items.length} />
          ) : isMissing ? (
            <MissingFile
              projectId={projectId}
              generationId={generationId}
              version={version}
              path={path}
              paths={paths}
              actions={treeButton}
            />
          ) : (
            <FileView projectId={projectId} generationId={generationId} path={path} actions={treeButton} />
          )}
        </div>
      </div>
      {isFinderOpen && (
        <OpenFileDialog projectId={projectId} generationId={generationId} isOpen onOpenChange={setIsFinderOpen} />
      )}
    </div>
  );
}

/** Opens the tree over the file, where the window is too narrow for both. */
function TreeButton({
  version,
  isOpen,
  onOpenChange,
  children,
}: {
  version: number;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  children: ReactNode;
}) {
  return (
    <>
      <Button size="sm" aria-haspopup="dialog" onClick={() => onOpenChange(true)}>
        <PanelLeft aria-hidden />
        Files
      </Button>
      {isOpen && (
        <Drawer title={`Files of v${version}`} isOpen onOpenChange={onOpenChange}>
          {children}
        </Drawer>
      )}
    </>
  );
}

function NoFileChosen({ version, fileCount }: { version: number; fileCount: number }) {
  return (
    <div className="p-6 max-[1199px]:hidden">
      <EmptyState title="Choose a file to read it">
        v{version} has {fileCount} files.
      </EmptyState>
    </div>
  );
}

function OldVersionBanner({
  projectId,
  generationId,
  version,
  path,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  version: number;
  path: FilePath | null;
}) {
  const trpc = useTRPC();
  const [isRestoring, setIsRestoring] = useState(false);
  const { data: project } = useQuery(trpc.project.get.queryOptions({ projectId }));
  const head =
    project?.headGenerationId == null || project.headVersion === null
      ? null
      : { generationId: project.headGenerationId, version: project.headVersion };
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b bg-caution-surface px-4 py-1.5 text-sm text-caution">
      <span>
        You are viewing v{version}. {head !== null && `Active is v${head.version}.`}
      </span>
      {head !== null && (
        <>
          <Link href={compareHref({ projectId, base: generationId, head: head.generationId })} className="underline">
            Compare
          </Link>
          <Link
            href={filesHref({ projectId, generationId: head.generationId, ...(path === null ? {} : { path }) })}
            className="underline"
          >
            Same place in v{head.version}
          </Link>
          <button type="button" onClick={() => setIsRestoring(true)} className="min-h-6 underline">
            {path === null ? "Restore files" : "Restore this file"}
          </button>
        </>
      )}
      <Link href={generationHref({ projectId, generationId })} className="underline">
        Iterate or roll back
      </Link>
      {isRestoring && head !== null && (
        <RestoreFilesDialog
          projectId={projectId}
          source={{ generationId, version }}
          head={head}
          {...(path === null ? {} : { initialPath: path })}
          onClose={() => setIsRestoring(false)}
        />
      )}
    </div>
  );
}

function FilesSkeleton() {
  return (
    <div aria-busy className="grid gap-4 p-3 min-[1200px]:grid-cols-[280px_minmax(0,1fr)]">
      <PageTitle text="Files" />
      <Skeleton className="h-96 max-[1199px]:hidden" />
      <Skeleton className="h-96" />
    </div>
  );
}
