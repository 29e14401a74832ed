"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.tsx";
import { formatCost } from "../run/format-amount.ts";

/** What runs may cost and have cost. Like keys, the limits are the server's. */
export function Spending() {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.model.spending.queryOptions());
  if (data === undefined) return null;
  const { runUsd, dayUsd, spentUsd } = data;
  return (
    <p className="text-sm text-muted">
      Limits: {runUsd === null ? "none for a run" : `$${runUsd} a run`}, {dayUsd === null ? "none for a day" : `$${dayUsd} in 24 hours`}. The last 24 hours cost {formatCost(spentUsd)}.{" "}
      <code className="font-mono text-xs">GRAFT_RUN_LIMIT_USD</code> and <code className="font-mono text-xs">GRAFT_DAY_LIMIT_USD</code> set them.
    </p>
  );
}
