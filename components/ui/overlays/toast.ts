import { useSyncExternalStore } from "react";
import type { ExternalToast } from "sonner";

// Most visits show no toast, so the toaster is loaded for the first one. A toast from before that would be lost, so it
// waits.
let isWanted = false;
let onWanted: () => void = () => undefined;
let markReady: () => void = () => undefined;
const ready = new Promise<void>((resolve) => (markReady = resolve));

/** Shows a toast about a success or failure, with an action such as Undo. */
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
  // Its code was loaded with the toaster.
  const { toast } = await import("sonner");
  toast[kind](text, options);
}

/** Whether there is, or was, a toast. For the component that renders the toaster. */
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

/** Called by the toaster once it is ready. */
export function markToasterReady(): void {
  markReady();
}
