import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.tsx";

/** What can be done with prompts that wait. After each, and after a refusal, the queue is asked for again. */
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
