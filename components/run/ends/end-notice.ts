import { useSyncExternalStore } from "react";
import type { RunId } from "#lib/contracts/ids.ts";
import { useStoredText } from "../../ui/hooks/stored-text.ts";

type Permission = NotificationPermission | "unsupported";

const listeners = new Set<() => void>();

function readPermission(): Permission {
  // Without a secure context there is the class and never the permission.
  return "Notification" in window && window.isSecureContext ? Notification.permission : "unsupported";
}

/**
 * Whether the system tells of the end of runs while Graft is not looked at: remembered by this browser, and off until a
 * person switches it on, which is when the browser asks. `permission` is "unsupported" where there is no such thing.
 */
export function useEndNotice(): {
  isOn: boolean;
  permission: Permission;
  switchOn: () => Promise<void>;
  switchOff: () => void;
} {
  const [stored, setStored] = useStoredText("graft.notify-of-end");
  const permission = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    readPermission,
    (): Permission => "unsupported",
  );
  return {
    isOn: stored === "on" && permission === "granted",
    permission,
    async switchOn() {
      if ((await Notification.requestPermission()) === "granted") setStored("on");
      for (const listener of listeners) listener();
    },
    switchOff: () => setStored(null),
  };
}

/**
 * Shows a notification of the system, where the page is not seen: who sees it is told by the page. Several tabs show
 * one together.
 */
export function notifyOfEnd({
  runId,
  title,
  body,
  onOpen,
}: {
  runId: RunId;
  title: string;
  body: string;
  onOpen?: () => void;
}): void {
  if (document.visibilityState !== "hidden") return;
  try {
    const notification = new Notification(title, { body, tag: runId });
    notification.addEventListener("click", () => {
      window.focus();
      onOpen?.();
      notification.close();
    });
  } catch {
    // Some phones have the class and refuse to construct it.
  }
}
