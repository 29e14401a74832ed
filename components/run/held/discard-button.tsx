"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { RunId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../../ui/button.tsx";
import { showToast } from "../../ui/overlays/toast.ts";

/** Ends the wait for a decision. The held result stays on its page and can still be accepted. */
export function DiscardButton({ runId }: { runId: RunId }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const discard = useMutation(
    trpc.run.cancel.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: trpc.run.pathKey() });
        void queryClient.invalidateQueries({ queryKey: trpc.project.pathKey() });
      },
      onError: (error) =>
        void showToast({ kind: "error", text: "The run was not discarded.", description: error.message }),
    }),
  );
  return (
    <Button onClick={() => discard.mutate({ runId })} isPending={discard.isPending}>
      Discard
    </Button>
  );
}
