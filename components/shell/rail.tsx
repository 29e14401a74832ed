"use client";

import { useQuery } from "@tanstack/react-query";
import { FolderClosed, Plus, Search, Settings, type LucideIcon } from "lucide-react";
import { usePathname } from "next/navigation";
import { useEffect } from "react";
import type { ProjectOutput } from "#lib/contracts/projects/project.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { hasActiveRun } from "../project/active-run.ts";
import { projectHref } from "#lib/hrefs.ts";
import { RunStatusDot } from "../run/run-status.tsx";
import { watchRun } from "../run/ends/watched-runs.ts";
import { cn } from "../ui/class-names.ts";
import { ModifierKeyHint } from "../ui/keys/key-hint.tsx";
import { Link } from "../ui/link.tsx";
import { recentProjects } from "./recent-projects.ts";

const activePollMs = 3_000;

/**
 * The navigation: beside the page on wide screens, as icons in a project, and as a bar above the page on narrow
 * screens.
 */
export function Rail({ isNarrow, onSearch }: { isNarrow: boolean; onSearch: () => void }) {
  const pathname = usePathname();
  return (
    <header
      className={cn(
        "flex items-center gap-1 border-b bg-surface px-2 py-1.5 md:sticky md:top-0 md:h-dvh md:flex-col md:items-stretch md:gap-0 md:overflow-y-auto md:border-r md:border-b-0",
        isNarrow ? "md:px-2 md:py-3" : "md:p-3",
      )}
    >
      <Link
        href="/"
        className={cn(
          "rounded-sm px-2 py-1 font-semibold tracking-tight md:mb-3",
          isNarrow && "md:px-0 md:text-center",
        )}
      >
        <span className={cn(isNarrow && "md:sr-only")}>Graft</span>
        {isNarrow && (
          <span aria-hidden className="hidden md:inline">
            G
          </span>
        )}
      </Link>
      <nav aria-label="Main" className="flex flex-1 items-center gap-0.5 md:flex-col md:items-stretch">
        <RailLink href="/" icon={FolderClosed} label="Projects" isCurrent={pathname === "/"} isNarrow={isNarrow} />
        <RailLink href="/new" icon={Plus} label="New project" isCurrent={pathname === "/new"} isNarrow={isNarrow} />
        <RecentProjects pathname={pathname} isNarrow={isNarrow} />
        <button
          type="button"
          onClick={onSearch}
          aria-label="Search and commands"
          title={isNarrow ? "Search and commands" : undefined}
          className="ml-auto flex h-8 shrink-0 items-center gap-2 rounded-md px-2 text-sm text-muted hover:bg-hover hover:text-foreground md:mt-auto md:ml-0"
        >
          <Search aria-hidden className="size-4 shrink-0" />
          {!isNarrow && (
            <>
              <span className="hidden md:inline">Search</span>
              <span className="ml-auto hidden md:block" aria-hidden>
                <ModifierKeyHint name="K" />
              </span>
            </>
          )}
        </button>
        <RailLink
          href="/settings"
          icon={Settings}
          label="Settings"
          isCurrent={pathname === "/settings"}
          isNarrow={isNarrow}
        />
      </nav>
    </header>
  );
}

function RailLink({
  href,
  icon: Icon,
  label,
  isCurrent,
  isNarrow,
}: {
  href: string;
  icon: LucideIcon;
  label: string;
  isCurrent: boolean;
  isNarrow: boolean;
}) {
  return (
    <Link
      href={href}
      aria-current={isCurrent ? "page" : undefined}
      title={isNarrow ? label : undefined}
      className={cn(
        "flex h-8 shrink-0 items-center gap-2 rounded-md px-2 text-sm hover:bg-hover",
        isCurrent ? "bg-hover font-medium text-foreground" : "text-muted hover:text-foreground",
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className={cn("sr-only", !isNarrow && "md:not-sr-only")}>{label}</span>
    </Link>
  );
}

function RecentProjects({ pathname, isNarrow }: { pathname: string; isNarrow: boolean }) {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.project.list.queryOptions(recentProjects, {
      refetchInterval: ({ state }) => (state.data?.items.some(hasActiveRun) === true ? activePollMs : false),
    }),
  );
  useEffect(() => {
    for (const { lastRun } of data?.items.filter(hasActiveRun) ?? []) if (lastRun !== null) watchRun(lastRun.runId);
  }, [data]);
  if (data === undefined) return null;
  const groups = [
    { heading: "Pinned", projects: data.items.filter(({ isPinned }) => isPinned) },
    { heading: "Recent", projects: data.items.filter(({ isPinned }) => !isPinned) },
  ];
  return groups
    .filter(({ projects }) => projects.length > 0)
    .map(({ heading, projects }) => (
      <div
        key={heading}
        className={cn("hidden min-w-0 md:block", isNarrow ? "md:mt-2 md:border-t md:pt-2" : "md:mt-4")}
      >
        <h2 className={isNarrow ? "sr-only" : "px-2 pb-1 text-xs font-medium text-faint"}>{heading}</h2>
        <ul>
          {projects.map((project) => (
            <li key={project.projectId}>
              <RecentProject project={project} pathname={pathname} isNarrow={isNarrow} />
            </li>
          ))}
        </ul>
      </div>
    ));
}

function RecentProject({
  project,
  pathname,
  isNarrow,
}: {
  project: ProjectOutput;
  pathname: string;
  isNarrow: boolean;
}) {
  const { projectId, name, waitingRuns, lastRun } = project;
  const href = projectHref(projectId);
  const isCurrent = pathname === href || pathname.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      aria-current={isCurrent ? "true" : undefined}
      title={isNarrow ? name : undefined}
      className={cn(
        "relative flex items-center rounded-md text-sm hover:bg-hover",
        isNarrow ? "h-8 justify-center" : "h-7 gap-2 px-2",
        isCurrent ? "bg-hover text-foreground" : "text-muted hover:text-foreground",
      )}
    >
      {isNarrow && (
        <span aria-hidden className="text-xs font-medium">
          {name.slice(0, 2)}
        </span>
      )}
      <span className={isNarrow ? "sr-only" : "min-w-0 flex-1 truncate"}>{name}</span>
      <span className={cn("flex shrink-0", isNarrow && "absolute -top-1 -right-0.5")}>
        {waitingRuns !== null ? (
          <span className="rounded-sm bg-caution-surface px-1 text-xs text-caution">
            {waitingRuns.count}
            <span className="sr-only"> {waitingRuns.count === 1 ? "run waits" : "runs wait"} for you</span>
          </span>
        ) : (
          lastRun !== null && lastRun.status !== "SUCCEEDED" && <RunStatusDot status={lastRun.status} />
        )}
      </span>
    </Link>
  );
}
