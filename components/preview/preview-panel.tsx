"use client";

import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { EmptyState } from "../ui/states/empty-state.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { LiveRegion, useLiveRegion } from "../ui/states/live-region.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { ConfirmPreview } from "./confirm-preview.tsx";
import { PreviewFrame } from "./preview-frame.tsx";
import { PreviewLog } from "./preview-log.tsx";
import { toPreviewUrl, type PreviewPlace } from "./preview-path.ts";
import { PreviewSteps } from "./preview-steps.tsx";
import { StoppedPage } from "./stopped-page.tsx";
import { PreviewToolbar } from "./preview-toolbar.tsx";
import type { PreviewView } from "./preview-view.ts";
import { announce } from "./preview-words.ts";
import { usePreviewCommands } from "./preview-commands.ts";
import { useVersionPreview, type VersionPreview } from "./version-preview.ts";

/** The preview of one version: its state, its actions, the page, and the output of the program. */
export function PreviewPanel({
  projectId,
  generationId,
  version,
  place,
  onPlaceChange,
  widthPx,
  hasCommands = false,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  version: number;
  place: PreviewPlace;
  onPlaceChange: (place: PreviewPlace) => void;
  widthPx: number | null;
  /** Whether keys and the command palette act on this preview. Only one preview on a page has them. */
  hasCommands?: boolean;
}) {
  const preview = useVersionPreview({ projectId, generationId });
  const { view, log } = preview;
  const { region, say } = useLiveRegion();
  const announced = announce({ view, version });
  const tell = useEffectEvent((text: string) => say(text));
  useEffect(() => {
    if (announced !== null) tell(announced);
  }, [announced]);
  const primary = useRef<HTMLButtonElement>(null);
  const address = useRef<HTMLInputElement>(null);
  const [reloads, setReloads] = useState(0);
  const reload = () => setReloads(reloads + 1);
  usePreviewCommands({ preview, place, isActive: hasCommands, reload, address });
  const isPageShown = view.kind === "ready";
  return (
    <section aria-label={`Preview of v${version}`} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <PreviewToolbar
        preview={preview}
        version={version}
        place={place}
        onPlaceChange={onPlaceChange}
        onReload={reload}
        primary={primary}
        address={address}
      />
      {preview.error !== null && (
        <div className="p-2">
          <ErrorState error={preview.error} />
        </div>
      )}
      {isPageShown ? (
        <PreviewFrame
          key={`${view.url} ${place.path} ${place.visits} ${reloads}`}
          name={`${version}`}
          title={`Page of v${version}`}
          src={toPreviewUrl({ path: place.path, url: view.url })}
          widthPx={widthPx}
        />
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto p-4">
          <PreviewState
            preview={preview}
            version={version}
            page={<StoppedPage projectId={projectId} generationId={generationId} version={version} />}
            onDecided={() => primary.current?.focus()}
          />
        </div>
      )}
      {hasLog(view, log.text) && (
        <PreviewLog version={version} text={log.text} isCut={log.isCut} isPageShown={isPageShown} />
      )}
      <LiveRegion region={region} label={`State of the preview of v${version}`} />
    </section>
  );
}

function hasLog(view: PreviewView, text: string): boolean {
  return text !== "" || view.kind === "ready" || view.kind === "starting" || view.kind === "failed";
}

/** Shown while there is no page: why, what is unaffected, and what to do next. */
function PreviewState({
  preview: { view, command, isBusy, maximum, start, cancelAsk, retry },
  version,
  page,
  onDecided,
}: {
  preview: VersionPreview;
  version: number;
  /** What is known of the page of a version that does not run. */
  page: ReactNode;
  /** Called when the form for the command, which has the focus, is removed. */
  onDecided: () => void;
}) {
  switch (view.kind) {
    case "loading":
      return (
        <div aria-busy>
          <Skeleton className="h-24 w-full max-w-xl" />
        </div>
      );
    case "failing":
      return <ErrorState error={view.error} onRetry={retry} />;
    case "unavailable":
      return (
        <EmptyState title="Previews cannot run on this machine.">
          <p>{view.reason} Nothing runs without a sandbox. The version and its files are all here.</p>
        </EmptyState>
      );
    case "ask":
      return (
        <ConfirmPreview
          key={view.command}
          command={view.command}
          source={view.source}
          isBusy={isBusy}
          onConfirm={(typed) => void start(typed).then(onDecided)}
          onCancel={
            cancelAsk &&
            (() => {
              flushSync(cancelAsk);
              onDecided();
            })
          }
        />
      );
    case "none":
      return (
        <EmptyState title={`v${version} is not running.`}>
          {maximum !== null && (
            <p>{maximum} previews run at once. Starting another stops the one that was viewed least recently.</p>
          )}
          <Command command={command} />
          {page}
        </EmptyState>
      );
    case "starting":
      return <PreviewSteps step={view.step} startedAt={view.startedAt} />;
    case "stopped":
      return (
        <EmptyState title={`The preview of v${version} has stopped.`}>
          <p>{view.reason} The version is unchanged. Start it again whenever you want to look at it.</p>
          <Command command={command} />
          {page}
        </EmptyState>
      );
    case "failed":
      return (
        <EmptyState title={`The preview of v${version} did not start.`}>
          <p>{view.reason} The version is unchanged.</p>
          <Command command={command} />
        </EmptyState>
      );
    case "ready":
      return null;
  }
}

function Command({ command }: { command: string | null }) {
  return command === null ? null : (
    <p className="mt-1">
      Command: <code className="font-mono text-xs break-all text-foreground">{command}</code>
    </p>
  );
}
