"use client";

import { Archive, Download, History, ListChecks, MoreHorizontal, Pencil, Pin, PinOff } from "lucide-react";
import { useState } from "react";
import type { ProjectOutput } from "#lib/contracts/projects/project.ts";
import { formatCost } from "#lib/format-amount.ts";
import { RunStatusLabel } from "../run/run-status.tsx";
import { cn } from "../ui/class-names.ts";
import { lazyDialog } from "../ui/overlays/lazy-dialog.tsx";
import { Link } from "../ui/link.tsx";
import { Menu } from "../ui/menus/menu.tsx";
import { RelativeTime } from "../ui/text/relative-time.tsx";
import { useTogglePin } from "./pin.ts";
import { WaitingRuns } from "./waiting-runs.tsx";
import { archiveHref, historyHref, projectHref, runHref, runsHref } from "#lib/hrefs.ts";

// Loaded on demand: few visits open them.
const RenameProjectDialog = lazyDialog(() =>
  import("./rename-project-dialog.tsx").then((module) => module.RenameProjectDialog),
);
const ArchiveProjectDialog = lazyDialog(() =>
  import("./archive-project-dialog.tsx").then((module) => module.ArchiveProjectDialog),
);

/** The columns that header and rows share. */
export const projectRowGrid =
  "grid-cols-[minmax(0,1fr)_32px] items-center gap-x-4 px-3 md:grid-cols-[minmax(0,1fr)_56px_136px_60px_80px_104px_32px]";

export function ProjectRow({ project }: { project: ProjectOutput }) {
  const { projectId, name, headVersion, generationCount, updatedAt, lastRun, costUsd } = project;
  const versionText = headVersion === null ? "none" : `v${headVersion}`;
  const runLabel =
    project.waitingRuns !== null ? (
      <WaitingRuns project={project} className="relative px-1" />
    ) : lastRun === null ? (
      "–"
    ) : (
      // Above the click area of the row's own link.
      <Link
        href={runHref({ projectId, runId: lastRun.runId })}
        className="relative inline-flex h-6 items-center rounded-sm hover:underline"
      >
        <RunStatusLabel status={lastRun.status} />
      </Link>
    );
  return (
    <div
      role="row"
      className={cn(
        "relative grid min-h-15 border-b py-2 md:min-h-12 md:py-1 last:border-b-0 hover:bg-surface",
        projectRowGrid,
      )}
    >
      <div role="cell" className="min-w-0">
        {/* The link's click area covers the row, so that a press anywhere opens the project. */}
        <Link href={projectHref(projectId)} className="font-medium after:absolute after:inset-0">
          {name}
        </Link>
        <p className="truncate text-sm text-muted">{lastRun?.prompt ?? "Imported"}</p>
        <p className="flex flex-wrap items-center gap-x-3 text-xs text-muted md:hidden">
          <span>{versionText}</span>
          <span>{runLabel}</span>
          {costUsd !== null && <span>{formatCost(costUsd)}</span>}
          <RelativeTime at={updatedAt} />
        </p>
      </div>
      <div role="cell" className="font-mono text-sm max-md:hidden">
        {versionText}
      </div>
      <div role="cell" className="text-sm max-md:hidden">
        {runLabel}
      </div>
      <div role="cell" className="text-sm tabular-nums max-md:hidden">
        {generationCount}
      </div>
      <div role="cell" className="text-sm tabular-nums max-md:hidden">
        {costUsd === null ? (
          <span className="text-muted" title="No run with a known cost">
            –
          </span>
        ) : (
          formatCost(costUsd)
        )}
      </div>
      <div role="cell" className="text-sm text-muted max-md:hidden">
        <RelativeTime at={updatedAt} />
      </div>
      <div role="cell" className="relative">
        <ProjectMenu project={project} />
      </div>
    </div>
  );
}

/** The rare actions for a project, with their dialogs. */
function ProjectMenu({ project }: { project: ProjectOutput }) {
  const [dialog, setDialog] = useState<{ name: "rename" | "archive"; isOpen: boolean } | null>(null);
  const { projectId, name, headGenerationId, isPinned } = project;
  const togglePin = useTogglePin(project);
  const setIsOpen = (isOpen: boolean) => setDialog((current) => current && { ...current, isOpen });
  return (
    <>
      <Menu
        label={`Actions for ${name}`}
        size="icon"
        icon={<MoreHorizontal aria-hidden />}
        entries={[
          { kind: "link", label: "History", icon: <History aria-hidden />, href: historyHref(projectId) },
          { kind: "link", label: "Runs", icon: <ListChecks aria-hidden />, href: runsHref(projectId) },
          ...(headGenerationId === null
            ? []
            : [
                {
                  kind: "download" as const,
                  label: "Download zip",
                  icon: <Download aria-hidden />,
                  href: archiveHref(headGenerationId),
                },
              ]),
          {
            kind: "action",
            label: isPinned ? "Unpin" : "Pin to sidebar",
            icon: isPinned ? <PinOff aria-hidden /> : <Pin aria-hidden />,
            onSelect: togglePin,
          },
          {
            kind: "action",
            label: "Rename",
            icon: <Pencil aria-hidden />,
            onSelect: () => setDialog({ name: "rename", isOpen: true }),
          },
          { kind: "separator" },
          {
            kind: "action",
            label: "Archive",
            icon: <Archive aria-hidden />,
            isDangerous: true,
            onSelect: () => setDialog({ name: "archive", isOpen: true }),
          },
        ]}
      />
      {dialog?.name === "rename" && (
        <RenameProjectDialog project={project} isOpen={dialog.isOpen} onOpenChange={setIsOpen} />
      )}
      {dialog?.name === "archive" && (
        <ArchiveProjectDialog project={project} isOpen={dialog.isOpen} onOpenChange={setIsOpen} />
      )}
    </>
  );
}
