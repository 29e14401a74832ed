"use client";

import { useQuery } from "@tanstack/react-query";
import { FolderClosed, Plus, Search, Settings, type LucideIcon } from "lucide-react";
import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { useTRPC } from "#lib/trpc/client.tsx";
import { hasActiveRun } from "../project/active-run.ts";
import { projectHref } from "#lib/hrefs.ts";
import { RunStatusDot } from "../run/run-status.tsx";
import { watchRun } from "../run/ends/watched-runs.ts";
import { cn } from "../ui/class-names.ts";
import { ModifierKeyHint } from "../ui/key-hint.tsx";
import { Link } from "../ui/link.tsx";
import { recentProjects } from "./recent-projects.ts";

const activePollMs = 3_000;

/** The way around: beside the page on wide screens, a bar above it on narrow ones. */
export function Rail({ onSearch }: { onSearch: () => void }) {
  const pathname = usePathname();
  return (
    <header className="flex items-center gap-1 border-b bg-surface px-2 py-1.5 md:sticky md:top-0 md:h-dvh md:flex-col md:items-stretch md:gap-0 md:overflow-y-auto md:border-r md:border-b-0 md:p-3">
      <Link href="/" className="rounded-sm px-2 py-1 font-semibold tracking-tight md:mb-3">
        Graft
      </Link>
      <nav aria-label="Main" className="flex flex-1 items-center gap-0.5 md:flex-col md:items-stretch">
        <RailLink href="/" icon={FolderClosed} label="Projects" isCurrent={pathname === "/"} />
        <RailLink href="/new" icon={Plus} label="New project" isCurrent={pathname === "/new"} />
        <RecentProjects pathname={pathname} />
        <button
          type="button"
          onClick={onSearch}
          aria-label="Search and commands"
          className="ml-auto flex h-8 items-center gap-2 rounded-md px-2 text-sm text-muted hover:bg-hover hover:text-foreground md:mt-auto md:ml-0"
        >
          <Search aria-hidden className="size-4" />
          <span className="hidden md:inline">Search</span>
          <span className="ml-auto hidden md:block" aria-hidden>
            <ModifierKeyHint name="K" />
          </span>
        </button>
        <RailLink href="/settings" icon={Settings} label="Settings" isCurrent={pathname === "/settings"} />
      </nav>
    </header>
  );
}

function RailLink({
  href,
  icon: Icon,
  label,
  isCurrent,
}: {
  href: string;
  icon: LucideIcon;
  label: string;
  isCurrent: boolean;
}) {
  return (
    <Link
      href={href}
      aria-current={isCurrent ? "page" : undefined}
      className={cn(
        "flex h-8 items-center gap-2 rounded-md px-2 text-sm hover:bg-hover",
        isCurrent ? "bg-hover font-medium text-foreground" : "text-muted hover:text-foreground",
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className="sr-only md:not-sr-only">{label}</span>
    </Link>
  );
}

function RecentProjects({ pathname }: { pathname: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.project.list.queryOptions(recentProjects, {
      refetchInterval: ({ state }) => (state.data?.items.some(hasActiveRun) === true ? activePollMs : false),
    }),
  );
  useEffect(() => {
    for (const { lastRun } of data?.items.filter(hasActiveRun) ?? []) if (lastRun !== null) watchRun(lastRun.runId);
  }, [data]);
  if (data === undefined || data.items.length === 0) return null;
  return (
    <div className="hidden min-w-0 md:mt-4 md:block">
      <h2 className="px-2 pb-1 text-xs font-medium text-faint">Recent</h2>
      <ul>
        {data.items.map((project) => {
          const href = projectHref(project.projectId);
          const isCurrent = pathname === href || pathname.startsWith(`${href}/`);
          return (
            <li key={project.projectId}>
              <Link
                href={href}
                aria-current={isCurrent ? "true" : undefined}
                className={cn(
                  "flex h-7 items-center gap-2 rounded-md px-2 text-sm hover:bg-hover",
                  isCurrent ? "bg-hover text-foreground" : "text-muted hover:text-foreground",
                )}
              >
                <span className="min-w-0 flex-1 truncate">{project.name}</span>
                {project.waitingRuns !== null ? (
                  <span className="shrink-0 rounded-sm bg-caution-surface px-1 text-xs text-caution">
                    {project.waitingRuns.count}
                    <span className="sr-only">
                      {" "}
                      {project.waitingRuns.count === 1 ? "run waits" : "runs wait"} for you
                    </span>
                  </span>
                ) : (
                  project.lastRun !== null &&
                  project.lastRun.status !== "SUCCEEDED" && <RunStatusDot status={project.lastRun.status} />
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
