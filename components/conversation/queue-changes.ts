import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.tsx";

/** Actions for waiting prompts. After each, also after an error, the queue is refetched. */
export function useQueueChanges() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSettled = () => {
    for (const changed of [trpc.run, trpc.project]) void queryClient.invalidateQueries({ queryKey: changed.pathKey() });
  };
  return {
    edit: useMutation(trpc.run.editQueued.mutationOptions({ onSettled })),
    order: useMutation(trpc.run.orderQueue.mutationOptions({ onSettled })),
    start: useMutation(trpc.run.start.mutationOptions({ onSettled })),
    withdraw: useMutation(trpc.run.cancel.mutationOptions({ onSettled })),
  };
}
