"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { RunId } from "#lib/contracts/ids.ts";
import { formatUsd } from "#lib/format-usd.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { LimitField } from "../../settings/limit-field.tsx";
import { readLimit } from "../../settings/read-limit.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog, DialogFooter } from "../../ui/overlays/dialog.tsx";
import { ErrorState } from "../../ui/states/error-state.tsx";
import { useRetryRun } from "./retry-run.ts";

/** Raises the limit at which a run stopped, and continues after the answered calls. */
export function RaiseLimitDialog({
  runId,
  reached,
  onClose,
}: {
  runId: RunId;
  reached: { maximumUsd: number; spentUsd: number };
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const [typed, setTyped] = useState(String(Math.ceil(Math.max(reached.maximumUsd, reached.spentUsd) * 200) / 100));
  const { data } = useQuery(trpc.model.spending.queryOptions());
  const retry = useRetryRun();
  const raise = useMutation(trpc.model.setSpending.mutationOptions({ onSuccess: () => retry.mutate({ runId }) }));
  const hostUsd = data?.host.runUsd ?? null;
  const limit = readLimit(typed);
  const tooLow =
    hostUsd !== null && hostUsd <= reached.spentUsd
      ? `This run has cost $${reached.spentUsd.toFixed(2)}, and GRAFT_RUN_LIMIT_USD allows ${formatUsd(hostUsd)}. Raise it there, start Graft again, then retry.`
      : typeof limit === "number" && limit <= reached.spentUsd
        ? `This run has cost $${reached.spentUsd.toFixed(2)}. It needs a higher limit to continue.`
        : null;
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Raise the limit and continue"
      description={`The run stopped at ${formatUsd(reached.maximumUsd)}. It continues after the answered calls, which are not paid again. The new limit applies to later runs too.`}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (tooLow === null && limit !== undefined && !raise.isPending && !retry.isPending)
            raise.mutate({ runUsd: limit });
        }}
      >
        <LimitField autoFocus limit="runUsd" value={typed} hostUsd={hostUsd} tooLow={tooLow} onChange={setTyped} />
        {[raise.error, retry.error].map((error, index) => error !== null && <ErrorState key={index} error={error} />)}
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" isPending={raise.isPending || retry.isPending || retry.isSuccess}>
            Raise and continue
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
