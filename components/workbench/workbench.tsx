"use client";

import { usePathname } from "next/navigation";
import { useRef, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { useNoteOpened } from "../project/note-opened.ts";
import { ProjectHeader } from "../project/project-header.tsx";
import { cn } from "../ui/class-names.ts";
import { useHotkeys } from "../ui/keys/hotkeys.ts";
import { rememberThreadFold } from "./thread-fold.ts";
import { ThreadPanel } from "./thread/thread-panel.tsx";
import { WorkbenchProvider } from "./workbench-context.tsx";

/** In narrower windows, the thread and its target are two views of one place. */
const besideFromPx = 900;

/**
 * The screen of a project: the thread of its history with the prompt for the next version, and beside it the selected
 * entry's page. It stays mounted while the user navigates within the project, with the thread's position, the text and
 * the focus.
 */
export function Workbench({
  projectId,
  isFoldedAtFirst,
  children,
}: {
  projectId: ProjectId;
  isFoldedAtFirst: boolean;
  children: ReactNode;
}) {
  const pathname = usePathname();
  useNoteOpened(projectId);
  const [isFolded, setIsFolded] = useState(isFoldedAtFirst);
  // In a narrow window the thread is only shown for the address at which it was opened: choosing an entry navigates
  // away.
  const [viewedAt, setViewedAt] = useState<string | null>(null);
  const promptRef = useRef<HTMLTextAreaElement>(null);
  const workRef = useRef<HTMLDivElement>(null);
  const isViewed = viewedAt === pathname;
  const fold = (next: boolean) => {
    setIsFolded(next);
    rememberThreadFold(next);
  };
  const toggleThread = () => {
    if (window.innerWidth < besideFromPx) setViewedAt(isViewed ? null : pathname);
    else fold(!isFolded);
  };
  const focusComposer = () => {
    flushSync(() => {
      if (window.innerWidth < besideFromPx) setViewedAt(pathname);
      else if (isFolded) fold(false);
    });
    promptRef.current?.focus({ preventScroll: true });
  };
  useHotkeys(
    {
      "\\": toggleThread,
      i: (event) => {
        event.preventDefault();
        focusComposer();
      },
      "g t": () => document.querySelector<HTMLElement>("[data-entry] a[tabindex='0']")?.focus(),
    },
    "project",
  );
  return (
    <WorkbenchProvider
      value={{
        focusComposer,
        leavePrompt: () => {
          if (document.activeElement === promptRef.current) workRef.current?.focus({ preventScroll: true });
        },
        toggleThread,
        isThreadShown: !isFolded,
        isThreadViewed: isViewed,
        promptRef,
      }}
    >
      <div
        className={cn(
          "flex flex-col min-[900px]:grid",
          isFolded
            ? "min-[900px]:grid-cols-[minmax(0,1fr)]"
            : "min-[900px]:grid-cols-[clamp(300px,24vw,360px)_minmax(0,1fr)]",
        )}
      >
        <ThreadPanel
          projectId={projectId}
          className={cn("max-[899px]:order-last", isFolded && "min-[900px]:hidden", !isViewed && "max-[899px]:hidden")}
        />
        <div ref={workRef} id="work" tabIndex={-1} className="min-w-0 outline-none">
          <ProjectHeader projectId={projectId} />
          <div className={cn(isViewed && "max-[899px]:hidden")}>{children}</div>
        </div>
      </div>
    </WorkbenchProvider>
  );
}
