"use client";

import { usePathname, useRouter } from "next/navigation";
import { useState, type ReactNode } from "react";
import { useWatchedRuns } from "../run/ends/watched-runs.ts";
import { cn } from "../ui/class-names.ts";
import { useHotkeys } from "../ui/keys/hotkeys.ts";
import { startTypeAhead } from "../ui/keys/type-ahead.ts";
import { lazyDialog } from "../ui/overlays/lazy-dialog.tsx";
import { lazyPart } from "../ui/states/lazy-part.tsx";
import { useIsToasterWanted } from "../ui/overlays/toast.ts";
import { OfflineBanner } from "./offline-banner.tsx";
import { Rail } from "./rail.tsx";

// Loaded on demand, so that its search code is not part of every page.
const CommandPalette = lazyDialog(() => import("./command-palette.tsx").then((module) => module.CommandPalette));

const KeyHelp = lazyDialog(() => import("./key-help.tsx").then((module) => module.KeyHelp));

const Toaster = lazyPart(() => import("../ui/overlays/toaster.tsx").then((module) => module.Toaster));

// Only while a run is running.
const WatchedRunEnds = lazyPart(() =>
  import("../run/ends/watched-run-ends.tsx").then((module) => module.WatchedRunEnds),
);

/** The frame of every page: skip link, rail, main region, palette and toasts. */
export function AppShell({ children }: { children: ReactNode }) {
  const [palette, setPalette] = useState<"unused" | "open" | "closed">("unused");
  const [showsKeys, setShowsKeys] = useState(false);
  const isToasterWanted = useIsToasterWanted();
  const watchedRuns = useWatchedRuns();
  const router = useRouter();
  // A project uses the whole width.
  const isInProject = usePathname().startsWith("/p/");
  useHotkeys(
    {
      "?": () => setShowsKeys(true),
      "g p": () => router.push("/"),
      "$mod+KeyK": (event) => {
        event.preventDefault();
        if (palette !== "open") startTypeAhead();
        setPalette((current) => (current === "open" ? "closed" : "open"));
      },
    },
    "app",
  );
  return (
    <>
      <a
        href={isInProject ? "#work" : "#main"}
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-accent-foreground focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <div
        className={cn(
          "md:grid",
          isInProject ? "md:grid-cols-[48px_minmax(0,1fr)]" : "md:grid-cols-[208px_minmax(0,1fr)]",
        )}
      >
        <Rail isNarrow={isInProject} onSearch={() => setPalette("open")} />
        <main id="main" tabIndex={-1} className="min-w-0 outline-none">
          <OfflineBanner />
          {children}
        </main>
      </div>
      {palette !== "unused" && (
        <CommandPalette
          isOpen={palette === "open"}
          onOpenChange={(isOpen) => setPalette(isOpen ? "open" : "closed")}
          onKeyHelp={() => setShowsKeys(true)}
        />
      )}
      {showsKeys && <KeyHelp onClose={() => setShowsKeys(false)} />}
      {watchedRuns.length > 0 && <WatchedRunEnds runIds={watchedRuns} />}
      {isToasterWanted && <Toaster />}
    </>
  );
}
