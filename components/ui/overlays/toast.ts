import { useSyncExternalStore } from "react";
import type { ExternalToast } from "sonner";

// Most visits are told nothing: what shows toasts is loaded for the first of them. One that comes before the toaster is there
// would be lost, so it waits.
let isWanted = false;
let onWanted: () => void = () => undefined;
let markReady: () => void = () => undefined;
const ready = new Promise<void>((resolve) => (markReady = resolve));

/** Tells of something that was done, or was not, in a corner of the window, with an action such as Undo. */
export async function showToast({
  kind,
  text,
  ...options
}: { kind: "success" | "warning" | "error"; text: string } & Pick<
  ExternalToast,
  "action" | "description"
>): Promise<void> {
  isWanted = true;
  onWanted();
  await ready;
  // It came with the toaster.
  const { toast } = await import("sonner");
  toast[kind](text, options);
}

/** Whether there is, or was, something to be told. For the one place that renders the toaster. */
export function useIsToasterWanted(): boolean {
  return useSyncExternalStore(
    (listener) => {
      onWanted = listener;
      return () => (onWanted = () => undefined);
    },
    () => isWanted,
    () => false,
  );
}

/** Called by the toaster once it shows what it is given. */
export function markToasterReady(): void {
  markReady();
}
