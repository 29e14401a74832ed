"use client";

import { useQueryClient } from "@tanstack/react-query";
import { WifiOff } from "lucide-react";
import { useEffect } from "react";
import { useIsReachable } from "#lib/trpc/is-reachable.ts";
import { reachability } from "#lib/trpc/reachability.ts";

const probeMs = 3_000;

/** A page that sends no requests would not notice that the server is unreachable. */
const lookMs = 10_000;

/** Says that the server is away for as long as it is, and brings every screen up to date once it is back. */
export function OfflineBanner() {
  const queryClient = useQueryClient();
  const isReachable = useIsReachable();
  useEffect(() => {
    if (isReachable) {
      const looking = setInterval(() => {
        if (document.visibilityState === "visible") void reachability.probe();
      }, lookMs);
      return () => clearInterval(looking);
    }
    const timer = setInterval(() => {
      void reachability.probe().then((isBack) => {
        if (isBack) void queryClient.invalidateQueries();
      });
    }, probeMs);
    return () => clearInterval(timer);
  }, [isReachable, queryClient]);
  return (
    <div role="status">
      {!isReachable && (
        <p
          data-offline-banner
          className="flex h-(--offline-banner-height) items-center gap-2 border-b bg-caution-surface px-4 text-sm text-caution"
        >
          <WifiOff aria-hidden className="size-4 shrink-0" />
          <span className="min-w-0 truncate">No connection to Graft. Your runs continue; this page will update.</span>
        </p>
      )}
    </div>
  );
}
