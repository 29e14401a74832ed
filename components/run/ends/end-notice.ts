import { useSyncExternalStore } from "react";
import type { RunId } from "#lib/contracts/ids.ts";
import { useStoredText } from "../../ui/hooks/stored-text.ts";

type Permission = NotificationPermission | "unsupported";

const listeners = new Set<() => void>();

function readPermission(): Permission {
  // Without a secure context the class exists, but never the permission.
  return "Notification" in window && window.isSecureContext ? Notification.permission : "unsupported";
}

/**
 * Whether the system notifies of ended runs while Graft is not visible. Stored in this browser, and off until the user
 * enables it, when the browser asks for permission. `permission` is "unsupported" if there are no notifications.
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
 * Shows a system notification if the page is not visible; a visible page shows the end itself. Several tabs show one
 * together.
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
    // Some phones have the class but throw on construction.
  }
}
