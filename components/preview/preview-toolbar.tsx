import { ExternalLink, RotateCw } from "lucide-react";
import { useState, type RefObject } from "react";
import { Button, buttonClass } from "../ui/button.tsx";
import { cn } from "../ui/class-names.ts";
import { fieldClass } from "../ui/input.tsx";
import { readPreviewPath, toPreviewUrl, type PreviewPlace } from "./preview-path.ts";
import type { PreviewView } from "./preview-view.ts";
import type { VersionPreview } from "./version-preview.ts";

/** The controls of a preview. The first button keeps its position and the focus when the state changes. */
export function PreviewToolbar({
  preview: { view, isBusy, start, stop, restart, askForCommand },
  version,
  place,
  onPlaceChange,
  onReload,
  primary,
  address,
}: {
  preview: VersionPreview;
  version: number;
  place: PreviewPlace;
  onPlaceChange: (place: PreviewPlace) => void;
  onReload: () => void;
  primary: RefObject<HTMLButtonElement | null>;
  address: RefObject<HTMLInputElement | null>;
}) {
  const { word, act } = primaryActs[view.kind];
  return (
    <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-1.5 border-b px-3 py-1 text-sm">
      <span className="font-medium">v{version}</span>
      <Button
        ref={primary}
        size="sm"
        look={act === "start" ? "primary" : "secondary"}
        isPending={isBusy}
        disabled={act === null}
        aria-label={`${word} the preview of v${version}`}
        onClick={() => void (act === "start" ? start() : stop())}
      >
        {word}
      </Button>
      {view.kind === "ready" ? (
        <>
          <Button
            size="sm"
            look="ghost"
            aria-label={`Restart the preview of v${version}`}
            disabled={isBusy}
            onClick={() => {
              // This button is not rendered while the preview starts, so the focus moves.
              primary.current?.focus();
              void restart();
            }}
          >
            Restart
          </Button>
          <AddressField
            url={view.url}
            version={version}
            place={place}
            onPlaceChange={onPlaceChange}
            address={address}
          />
          <Button
            size="icon-sm"
            look="ghost"
            aria-label={`Reload the page of v${version}`}
            title="Reload"
            onClick={onReload}
          >
            <RotateCw aria-hidden />
          </Button>
          <a
            href={toPreviewUrl({ path: place.path, url: view.url })}
            target="_blank"
            rel="noopener noreferrer"
            aria-label={`Open the page of v${version} in a new tab`}
            title="Open in a new tab. A page that keeps a sign-in in cookies needs one."
            className={buttonClass({ look: "ghost", size: "icon-sm" })}
          >
            <ExternalLink aria-hidden />
          </a>
        </>
      ) : (
        (view.kind === "none" || view.kind === "stopped" || view.kind === "failed") && (
          <Button size="sm" look="ghost" onClick={askForCommand}>
            Edit command
          </Button>
        )
      )}
    </div>
  );
}

/** What the first button does in each state. */
const primaryActs: Record<PreviewView["kind"], { word: string; act: "start" | "stop" | null }> = {
  loading: { word: "Start", act: null },
  failing: { word: "Start", act: null },
  unavailable: { word: "Start", act: null },
  ask: { word: "Start", act: null },
  none: { word: "Start", act: "start" },
  stopped: { word: "Start", act: "start" },
  failed: { word: "Start", act: "start" },
  starting: { word: "Cancel", act: "stop" },
  ready: { word: "Stop", act: "stop" },
};

/**
 * Opens a path in the page. It shows the path that was last opened here and does not follow links inside the page,
 * because a page of another origin does not reveal its address.
 */
function AddressField({
  url,
  version,
  place: { path, visits },
  onPlaceChange,
  address,
}: {
  url: string;
  version: number;
  place: PreviewPlace;
  onPlaceChange: (place: PreviewPlace) => void;
  address: RefObject<HTMLInputElement | null>;
}) {
  // A draft applies only to the path that it replaces.
  const [draft, setDraft] = useState<{ over: string; text: string } | null>(null);
  const typed = draft !== null && draft.over === path ? draft.text : path;
  const [isOutside, setIsOutside] = useState(false);
  return (
    <form
      className="flex min-w-20 flex-1 items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const next = readPreviewPath({ typed, url });
        setIsOutside(next === null);
        if (next === null) return;
        setDraft(null);
        onPlaceChange({ path: next, visits: visits + 1 });
      }}
    >
      <input
        ref={address}
        aria-label={`Path of the page of v${version}`}
        aria-invalid={isOutside || undefined}
        title="Enter opens this path. Links inside the page do not change it."
        value={typed}
        onChange={(event) => {
          setDraft({ over: path, text: event.target.value });
          setIsOutside(false);
        }}
        spellCheck={false}
        autoComplete="off"
        className={cn(fieldClass, "h-7 min-w-0 flex-1 px-2 font-mono text-xs")}
      />
      {isOutside && (
        <span role="alert" className="text-xs text-negative">
          Only paths of this preview, such as /tasks
        </span>
      )}
    </form>
  );
}
