import { useMutation, useQueryClient } from "@tanstack/react-query";
import { usePathname, useRouter } from "next/navigation";
import { useEffect } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import type { RunKind } from "#lib/contracts/runs/run-state.ts";
import { candidatesHref, runHref } from "#lib/hrefs.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { useIdempotencyKey } from "../idempotency-key.ts";
import { toIteration, toQuestion, type PromptToSend } from "./prompt-request.ts";

/** Sends prompts based on a version, and shows what each one starts. */
export function useSendPrompt({
  projectId,
  intent,
  onSent,
  onLeave,
}: {
  projectId: ProjectId;
  intent: RunKind;
  /** The server has the prompt. */
  onSent: () => void;
  /** Called just before the page of what the prompt started is opened. A queued prompt opens none. */
  onLeave: () => void;
}) {
  const router = useRouter();
  const pathname = usePathname();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const idempotency = useIdempotencyKey();
  const noteSent = () => {
    idempotency.startNext();
    onSent();
    for (const changed of [trpc.project, trpc.run.list, trpc.comment])
      void queryClient.invalidateQueries({ queryKey: changed.pathKey() });
  };
  const goTo = (href: string) => {
    onLeave();
    router.push(href);
  };
  const iterate = useMutation(
    trpc.generation.iterate.mutationOptions({
      onSuccess: ({ runId, runIds }, { queue }) => {
        noteSent();
        if (runIds !== undefined) goTo(candidatesHref({ projectId, runId }));
        else if (queue === undefined) goTo(runHref({ projectId, runId }));
        // It stands above the prompt now, and the next one can be written.
        else iterate.reset();
      },
    }),
  );
  const ask = useMutation(
    trpc.generation.ask.mutationOptions({
      onSuccess: ({ runId }) => {
        noteSent();
        goTo(runHref({ projectId, runId }));
      },
    }),
  );
  const { data: sent, reset, isPending, isSuccess, error } = intent === "ask" ? ask : iterate;
  const isShown =
    sent !== undefined &&
    [runHref({ projectId, runId: sent.runId }), candidatesHref({ projectId, runId: sent.runId })].includes(pathname);
  useEffect(() => {
    if (isShown) reset();
  }, [isShown, reset]);
  return {
    send: (prompt: Omit<PromptToSend, "intent">) => {
      if (intent === "ask") {
        const question = toQuestion(prompt);
        ask.mutate({ ...question, idempotencyKey: idempotency.keyOf(question) });
        return;
      }
      const request = toIteration({ ...prompt, intent });
      iterate.mutate({ ...request, idempotencyKey: idempotency.keyOf(request) });
    },
    error,
    /** Until the page of what was started is shown: a second press must not start a second run. */
    isPending: isPending || isSuccess,
    /** The user may have left the page before the response arrived: new text there is for another run. */
    noteTyping: () => {
      if (isSuccess) reset();
    },
  };
}
