"use client";

import { parsePatchFiles } from "@pierre/diffs";
import type { CodeViewItem } from "@pierre/diffs";
import { CodeView, WorkerPoolContextProvider } from "@pierre/diffs/react";
import type { CodeViewHandle } from "@pierre/diffs/react";
import { useTheme } from "next-themes";
import { useEffect, useImperativeHandle, useMemo, useRef } from "react";
import type { ReactNode, Ref } from "react";

/** One file on the surface: a git patch, or the text of a file that is the same on both sides. `id` is its path. */
export type DiffSurfaceItem = { id: string; isCollapsed: boolean } & ({ type: "patch"; patch: string; cacheKey: string } | { type: "text"; text: string; cacheKey: string });

export type DiffView = "split" | "unified";

export type DiffSurfaceHandle = { scrollToFile(id: string): void; scrollToLine(target: { id: string; line: number }): void };

const theme = { light: "github-light-high-contrast", dark: "github-dark-high-contrast" };

/** The light theme's comment colour misses AA on its own background; this darker one reaches it. */
const contrastCss = '[style*="#66707B"]{--diffs-token-light:#4b535d!important}';

/** Two cores are the rule on a laptop's battery; a third worker only takes from the page. */
const workerCount = 2;

function createWorker(): Worker {
  return new Worker(new URL("@pierre/diffs/worker/worker.js", import.meta.url), { type: "module" });
}

const poolOptions = { workerFactory: createWorker, poolSize: workerCount };
const highlighterOptions = { theme };

/**
 * Many patches in one scroll container, rendered only where they are looked at. The one place that knows the library: its
 * properties are in the product's words, so that another could take its place.
 */
export function DiffSurface({
  items,
  view,
  isWrapped,
  renderHeader,
  handle,
  label,
}: {
  items: DiffSurfaceItem[];
  view: DiffView;
  isWrapped: boolean;
  renderHeader: (id: string) => ReactNode;
  handle: Ref<DiffSurfaceHandle>;
  label: string;
}) {
  const { resolvedTheme } = useTheme();
  const viewer = useRef<CodeViewHandle<undefined, undefined>>(null);
  const container = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => items.flatMap(toCodeViewItem), [items]);
  useImperativeHandle(handle, () => ({
    scrollToFile: (id) => viewer.current?.scrollTo({ type: "item", id, align: "start" }),
    scrollToLine: ({ id, line }) => viewer.current?.scrollTo({ type: "line", id, lineNumber: line, align: "center" }),
  }));
  useEffect(() => {
    const element = container.current;
    if (element === null) return;
    element.tabIndex = 0;
    element.setAttribute("role", "region");
    element.setAttribute("aria-label", label);
  }, [label]);
  return (
    <WorkerPoolContextProvider poolOptions={poolOptions} highlighterOptions={highlighterOptions}>
      <CodeView
        ref={viewer}
        containerRef={container}
        items={shown}
        className="h-full overflow-auto"
        options={{
          theme,
          themeType: resolvedTheme === "dark" ? "dark" : "light",
          diffStyle: view,
          overflow: isWrapped ? "wrap" : "scroll",
          lineDiffType: "word-alt",
          hunkSeparators: "line-info",
          stickyHeaders: true,
          unsafeCSS: contrastCss,
        }}
        renderCustomHeader={(item) => renderHeader(item.id)}
      />
    </WorkerPoolContextProvider>
  );
}

function toCodeViewItem(item: DiffSurfaceItem): CodeViewItem<undefined>[] {
  if (item.type === "text") return [{ id: item.id, type: "file", collapsed: item.isCollapsed, file: { name: item.id, contents: item.text, cacheKey: item.cacheKey } }];
  const fileDiff = parsePatchFiles(item.patch, { cacheKeyPrefix: item.cacheKey })[0]?.files[0];
  return fileDiff === undefined ? [] : [{ id: item.id, type: "diff", collapsed: item.isCollapsed, fileDiff }];
}
