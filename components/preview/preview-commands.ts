import type { RefObject } from "react";
import type { Command } from "../review/session/commands/command-table.ts";
import { useCommands } from "../review/session/commands/use-commands.ts";
import { toPreviewUrl, type PreviewPlace } from "./preview-path.ts";
import type { VersionPreview } from "./version-preview.ts";

type PreviewContext = {
  kind: VersionPreview["view"]["kind"];
  start: () => void;
  stop: () => void;
  restart: () => void;
  reload: () => void;
  open: () => void;
  goToAddress: () => void;
};

/** The user's commands for a preview. */
export const previewCommands: readonly Command<PreviewContext>[] = [
  {
    id: "start",
    keys: ["s"],
    does: "Start the preview, or stop it",
    label: "Start or stop the preview",
    when: ({ kind }) => !["loading", "failing", "unavailable", "ask"].includes(kind),
    run: ({ kind, start, stop }) => (kind === "starting" || kind === "ready" ? stop() : start()),
  },
  {
    id: "restart",
    keys: ["Shift+R"],
    does: "Start the program again",
    label: "Restart the preview",
    when: ({ kind }) => kind === "ready",
    run: ({ restart }) => restart(),
  },
  {
    id: "reload",
    keys: ["r"],
    does: "Load the page again",
    label: "Reload the page of the preview",
    when: ({ kind }) => kind === "ready",
    run: ({ reload }) => reload(),
  },
  {
    id: "open",
    keys: ["o"],
    does: "Open the page in a new tab",
    label: "Open the page of the preview in a new tab",
    when: ({ kind }) => kind === "ready",
    run: ({ open }) => open(),
  },
  {
    id: "address",
    keys: ["/"],
    does: "Go to the path of the page",
    label: "Go to a path of the preview",
    when: ({ kind }) => kind === "ready",
    run: ({ goToAddress }) => goToAddress(),
  },
];

/** Registers the commands of a preview as keys and in the command palette. */
export function usePreviewCommands({
  preview: { view, start, stop, restart },
  place,
  isActive,
  reload,
  address,
}: {
  preview: VersionPreview;
  place: PreviewPlace;
  isActive: boolean;
  reload: () => void;
  address: RefObject<HTMLInputElement | null>;
}): void {
  useCommands({
    heading: "Preview",
    commands: previewCommands,
    isActive: () => isActive,
    context: {
      kind: view.kind,
      start: () => void start(),
      stop: () => void stop(),
      restart: () => void restart(),
      reload,
      open: () => {
        if (view.kind === "ready")
          window.open(toPreviewUrl({ path: place.path, url: view.url }), "_blank", "noopener,noreferrer");
      },
      goToAddress: () => address.current?.select(),
    },
  });
}
