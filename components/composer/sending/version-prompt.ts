import { useQuery } from "@tanstack/react-query";
import { useState, type RefObject } from "react";
import type { ModelId, ProjectId } from "#lib/contracts/ids.ts";
import type { RequestedMode } from "#lib/contracts/runs/run-state.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { useAttachments } from "../../attachments/attachments.ts";
import type { CandidateList } from "../../candidates/candidate-list.ts";
import { useProjectQueue } from "../../conversation/use-project-queue.ts";
import { useQueuePlace } from "../../conversation/use-queue-place.ts";
import { describeEstimate } from "../describe-estimate.ts";
import { useModelChoice } from "../model-choice.ts";
import { usePromptDraft } from "../prompt-draft.ts";
import { usePromptIntent } from "../prompt-intent.ts";
import { usePromptScope } from "../scope/prompt-scope.ts";
import { parseScopeGlobs } from "../scope/scope-globs.ts";
import { useSentComments, type PromptBase } from "../sent-comments.ts";
import { useSendPrompt } from "./send-prompt.ts";

/** The number of runs used for the estimate. */
const recentRuns = 10;

export type VersionPrompt = ReturnType<typeof useVersionPrompt>;

/**
 * The next prompt on a version, with everything that is sent with it. Most parts outlive the composer and have hooks of
 * their own. `base` is the version; null while unknown.
 */
export function useVersionPrompt({
  projectId,
  base,
  promptRef,
  onLeave,
}: {
  projectId: ProjectId;
  base: PromptBase | null;
  promptRef: RefObject<HTMLTextAreaElement | null>;
  onLeave: () => void;
}) {
  const trpc = useTRPC();
  const [draft, setDraft] = usePromptDraft(projectId);
  const [mode, setMode] = useState<RequestedMode>("auto");
  const [scopeText, setScopeText] = usePromptScope(projectId);
  const runs = useQuery(trpc.run.list.queryOptions({ projectId, limit: recentRuns }));
  const lastModel = runs.data?.items[0]?.model as ModelId | undefined;
  const modelChoice = useModelChoice({ lastUsed: lastModel ?? (runs.isPending ? undefined : null) });
  const [chosenCandidates, setCandidates] = useState<CandidateList>([]);
  const attachments = useAttachments({ place: projectId, promptRef });
  const [intent, setIntent] = usePromptIntent(projectId);
  const isChange = intent === "generate";
  const sending = useSendPrompt({
    projectId,
    intent,
    onSent: () => {
      setDraft(null);
      if (isChange) setCandidates([]);
      attachments.clear();
    },
    onLeave,
  });
  const queue = useProjectQueue(projectId);
  const candidates = isChange ? chosenCandidates : [];
  const place = useQueuePlace({
    active: queue ?? [],
    generationId: base?.generationId ?? null,
    // Candidates start at once, side by side, and a question changes nothing, so neither can wait for another run.
    canWait: intent !== "ask" && candidates.length === 0,
  });
  const { comments, leaveOut } = useSentComments(base);
  const text = draft ?? "";
  const globs = parseScopeGlobs(scopeText);
  return {
    text,
    setText: setDraft,
    noteTyping: sending.noteTyping,
    intent,
    setIntent,
    mode,
    setMode,
    modelChoice,
    estimate: describeEstimate({ runs: runs.data?.items ?? [], modelId: modelChoice.chosen?.modelId }),
    /** Only a change has candidates. */
    candidates,
    setCandidates,
    attachments,
    comments: comments ?? [],
    leaveOut,
    scopeText,
    setScopeText,
    globs,
    queue: queue ?? [],
    place,
    // Without the queue, the prompt would start beside a run instead of after it.
    isReady: base !== null && queue !== null && comments !== null && !attachments.isReading,
    isPending: sending.isPending,
    error: sending.error,
    send: () => {
      if (base === null) return;
      sending.send({
        generationId: base.generationId,
        text,
        mode,
        model: modelChoice.chosen?.modelId,
        attachments: attachments.input,
        candidates,
        afterRunId: place.afterRunId,
        globs,
        commentIds: (comments ?? []).map(({ commentId }) => commentId),
      });
    },
  };
}
