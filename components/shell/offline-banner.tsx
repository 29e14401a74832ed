"use client";

import { useQueryClient } from "@tanstack/react-query";
import { WifiOff } from "lucide-react";
import { useEffect } from "react";
import { useIsReachable } from "#lib/trpc/is-reachable.ts";
import { reachability } from "#lib/trpc/reachability.ts";

const probeMs = 3_000;

/** Shown while the server is unreachable; refreshes every screen once it is back. */
export function OfflineBanner() {
  const queryClient = useQueryClient();
  const isReachable = useIsReachable();
  useEffect(() => {
    if (isReachable) return;
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
        <p className="flex items-center gap-2 border-b bg-caution-surface px-4 py-1.5 text-sm text-caution">
          <WifiOff aria-hidden className="size-4 shrink-0" />
          No connection to Graft. Your runs continue; this page will update.
        </p>
      )}
    </div>
  );
}
