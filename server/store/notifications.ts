import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "./database.ts";

const channels = [
  "graft_run_event",
  "graft_run_cancel",
  "graft_run_skip_pause",
  "graft_generation",
  "graft_check_cancel",
  "graft_preview",
] as const;
type NotificationChannel = (typeof channels)[number];

export interface Notifications {
  /**
   * Calls `listener` with the payload of each notification, and with null after a reconnection, when some may have been
   * missed. Returns an unsubscribe function.
   */
  subscribe(subscription: { channel: NotificationChannel; listener: (payload: string | null) => void }): () => void;
  countListeners(channel: NotificationChannel): number;
  close(): Promise<void>;
}

const reconnectDelayMs = 250;

/** One LISTEN connection per process. It opens at the first subscription and reopens whenever it is lost. */
export function createNotifications({
  database,
  onError,
}: {
  database: Database;
  onError: (error: Error) => void;
}): Notifications {
  const listeners = new Map<NotificationChannel, Set<(payload: string | null) => void>>(
    channels.map((channel) => [channel, new Set()]),
  );
  const closing = new AbortController();
  let running: Promise<void> | null = null;

  const listenOnce = async () => {
    const client = await database.connectListener();
    const lost = new Promise<void>((resolve) => {
      client.on("error", (error) => {
        onError(error);
        resolve();
      });
      client.on("end", () => resolve());
      closing.signal.addEventListener("abort", () => resolve(), { once: true });
      // A signal that was aborted while the connection opened fires no further event.
      if (closing.signal.aborted) resolve();
    });
    try {
      client.on("notification", ({ channel, payload }) => {
        for (const listener of listeners.get(channel as NotificationChannel) ?? []) listener(payload ?? "");
      });
      for (const channel of channels) await client.query(`LISTEN ${channel}`);
      for (const set of listeners.values()) for (const listener of set) listener(null);
      await lost;
    } finally {
      await client.end().catch(onError);
    }
  };

  const run = async () => {
    while (!closing.signal.aborted) {
      await listenOnce().catch(onError);
      if (!closing.signal.aborted) await delay(reconnectDelayMs);
    }
  };

  return {
    subscribe({ channel, listener }) {
      const set = listeners.get(channel);
      set?.add(listener);
      running ??= run();
      return () => set?.delete(listener);
    },
    countListeners: (channel) => listeners.get(channel)?.size ?? 0,
    async close() {
      closing.abort();
      await running;
    },
  };
}
