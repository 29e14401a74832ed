"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ListEnd } from "lucide-react";
import { useState, type RefObject } from "react";
import type { ProjectId, RunId } from "#lib/contracts/ids.ts";
import type { RequestedMode } from "#lib/contracts/runs/run-state.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { AttachButton } from "../attachments/attach-button.tsx";
import { AttachmentChips } from "../attachments/attachment-chips.tsx";
import { useAttachments } from "../attachments/attachments.ts";
import { findCreation } from "../conversation/queue-order.ts";
import { QueueList } from "../conversation/queue-list.tsx";
import { useProjectQueue } from "../conversation/use-project-queue.ts";
import { ComposerForm } from "./composer-form.tsx";
import { useIdempotencyKey } from "./idempotency-key.ts";
import { useModelChoice } from "./model-choice.ts";
import { usePromptDraft } from "./prompt-draft.ts";

/**
 * The next prompt of a project whose first version is being made: it waits for that version. If no run makes one,
 * renders only what waits already.
 */
export function FirstQueueComposer({
  projectId,
  promptRef,
}: {
  projectId: ProjectId;
  promptRef: RefObject<HTMLTextAreaElement | null>;
}) {
  const active = useProjectQueue(projectId) ?? [];
  const creation = findCreation(active);
  if (active.length === 0) return null;
  return (
    <section
      aria-label="Iterate"
      data-attachments
      className="flex shrink-0 flex-col gap-1.5 border-t bg-surface px-2.5 pt-2 pb-1.5"
    >
      <QueueList active={active} />
      {creation !== null && <NextPrompt projectId={projectId} afterRunId={creation.runId} promptRef={promptRef} />}
    </section>
  );
}

function NextPrompt({
  projectId,
  afterRunId,
  promptRef,
}: {
  projectId: ProjectId;
  afterRunId: RunId;
  promptRef: RefObject<HTMLTextAreaElement | null>;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [draft, setDraft] = usePromptDraft(projectId);
  const [mode, setMode] = useState<RequestedMode>("auto");
  const modelChoice = useModelChoice();
  const attachments = useAttachments({ place: projectId, promptRef });
  const idempotency = useIdempotencyKey();
  const queue = useMutation(
    trpc.generation.iterateBehind.mutationOptions({
      onSuccess: () => {
        idempotency.startNext();
        setDraft(null);
        attachments.clear();
        for (const changed of [trpc.project, trpc.run.list])
          void queryClient.invalidateQueries({ queryKey: changed.pathKey() });
      },
    }),
  );
  const prompt = draft ?? "";
  const submit = () => {
    const request = {
      afterRunId,
      prompt,
      mode,
      ...(modelChoice.chosen === undefined ? {} : { model: modelChoice.chosen.modelId }),
      ...(attachments.input === undefined ? {} : { attachments: attachments.input }),
    };
    queue.mutate({ ...request, idempotencyKey: idempotency.keyOf(request) });
  };
  return (
    <>
      <AttachmentChips attachments={attachments} />
      <div className="flex items-start justify-between gap-2">
        <p className="flex gap-1.5 text-xs text-muted">
          <ListEnd aria-hidden className="size-3.5 shrink-0" />
          After the first version: starts once that is stored.
        </p>
        <AttachButton attachments={attachments} isSmall />
      </div>
      <ComposerForm
        label="What should change"
        placeholder="What should change in the first version?"
        prompt={prompt}
        onPromptChange={setDraft}
        modelChoice={modelChoice}
        mode={mode}
        onModeChange={setMode}
        submitLabel="Queue"
        isPending={queue.isPending}
        error={queue.error}
        onSubmit={submit}
        isReady={!attachments.isReading}
        textAreaRef={promptRef}
        isDocked
      />
    </>
  );
}
