"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SpendingLimits, SpendingOutput } from "#lib/contracts/model.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { formatCost } from "#lib/format-amount.ts";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { showToast } from "../ui/overlays/toast.ts";
import { LimitField } from "./limit-field.tsx";
import { readLimit } from "./read-limit.ts";

/** Spending limits for runs, and the amount spent. */
export function Spending() {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.model.spending.queryOptions());
  if (data === undefined)
    return error === null ? (
      <Skeleton className="h-28 w-full" />
    ) : (
      <ErrorState error={error} onRetry={() => void refetch()} />
    );
  return <SpendingForm spending={data} />;
}

function SpendingForm({ spending: { own, host, spentUsd } }: { spending: SpendingOutput }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState({ runUsd: write(own.runUsd), dayUsd: write(own.dayUsd) });
  const save = useMutation(
    trpc.model.setSpending.mutationOptions({
      onSuccess: (changed) => {
        queryClient.setQueryData(trpc.model.spending.queryKey(), changed);
        void showToast({ kind: "success", text: "Limits saved." });
      },
    }),
  );
  const read = { runUsd: readLimit(typed.runUsd), dayUsd: readLimit(typed.dayUsd) };
  const toField = (key: keyof SpendingLimits) => (
    <LimitField
      limit={key}
      value={typed[key]}
      hostUsd={host[key]}
      onChange={(value) => setTyped({ ...typed, [key]: value })}
    />
  );
  return (
    <form
      aria-label="Spending"
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const { runUsd, dayUsd } = read;
        if (runUsd !== undefined && dayUsd !== undefined && !save.isPending) save.mutate({ runUsd, dayUsd });
      }}
    >
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        {toField("runUsd")}
        {toField("dayUsd")}
        <Button type="submit" className="mt-5" isPending={save.isPending}>
          Save limits
        </Button>
      </div>
      <p className="max-w-2xl text-sm text-muted">
        The last 24 hours cost {formatCost(spentUsd)}. A run that reaches its limit makes no further call and keeps what
        it has; you may raise the limit and continue. Models without a price are never limited.
      </p>
      {save.error !== null && <ErrorState error={save.error} />}
    </form>
  );
}

function write(limit: number | null): string {
  return limit === null ? "" : String(limit);
}
