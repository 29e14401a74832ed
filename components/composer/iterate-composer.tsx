"use client";

import { useQuery } from "@tanstack/react-query";
import { GitBranch } from "lucide-react";
import { useState, type RefObject } from "react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { ModelId, ProjectId } from "#lib/contracts/ids.ts";
import type { RequestedMode } from "#lib/contracts/runs/run-state.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { LockedPaths } from "../project/locked-paths.tsx";
import { ShownSecretPaths } from "../project/shown-secret-paths.tsx";
import type { CandidateList } from "../candidates/candidate-list.ts";
import { AttachButton } from "../attachments/attach-button.tsx";
import { AttachmentChips } from "../attachments/attachment-chips.tsx";
import { useAttachments } from "../attachments/attachments.ts";
import { CandidatesField } from "../candidates/candidates-field.tsx";
import { cn } from "../ui/class-names.ts";
import { findRunToWaitFor } from "../conversation/queue-order.ts";
import { QueueList } from "../conversation/queue-list.tsx";
import { IntentChoice, intentWords, PlaceChoice } from "../conversation/send-options.tsx";
import { useProjectQueue } from "../conversation/use-project-queue.ts";
import { CommentChips } from "./comment-chips.tsx";
import { ComposerForm } from "./composer-form.tsx";
import { ContextPreview } from "./context-preview.tsx";
import { describeEstimate } from "./describe-estimate.ts";
import { EarlierDrafts } from "./earlier-drafts.tsx";
import { IterateExamples } from "./iterate-examples.tsx";
import { useOpenComments } from "./open-comments.ts";
import { useModelChoice } from "./model-choice.ts";
import { usePromptIntent } from "./prompt-intent.ts";
import { usePromptDraft } from "./prompt-draft.ts";
import { usePromptScope } from "./scope/prompt-scope.ts";
import { useSendPrompt } from "./send-prompt.ts";
import { ScopeChips } from "./scope/scope-chips.tsx";
import { parseScopeGlobs, removeFromScope } from "./scope/scope-globs.ts";
import { ScopeField } from "./scope/scope-field.tsx";

type ComposerBase = Pick<GenerationOutput, "generationId" | "version" | "isHead" | "kind" | "parentGenerationIds">;

/** The number of runs used for the estimate. */
const recentRuns = 10;

/** The prompt if comments are sent without text. */
const commentsAlone = "Make the changes that the review comments ask for.";

/**
 * Requests the next version, based exactly on `base`; null while unknown. Stays at the foot of the thread while the
 * base changes. `headVersion` is the active version's number.
 */
export function IterateComposer({
  projectId,
  base,
  headVersion,
  promptRef,
  isModelFocusedAtStart,
  onLeave,
}: {
  projectId: ProjectId;
  base: ComposerBase | null;
  headVersion: number | null;
  promptRef: RefObject<HTMLTextAreaElement | null>;
  isModelFocusedAtStart: boolean;
  /** Called just before the page of what the prompt started is opened. A queued prompt opens none. */
  onLeave: () => void;
}) {
  const trpc = useTRPC();
  const [draft, setDraft] = usePromptDraft(projectId);
  const [mode, setMode] = useState<RequestedMode>("auto");
  const [scopeText, setScopeText] = usePromptScope(projectId);
  const runs = useQuery(trpc.run.list.queryOptions({ projectId, limit: recentRuns }));
  const lastModel = runs.data?.items[0]?.model as ModelId | undefined;
  const modelChoice = useModelChoice({ lastUsed: lastModel ?? (runs.isPending ? undefined : null) });
  const [candidates, setCandidates] = useState<CandidateList>([]);
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
  const [isBeside, setBeside] = useState(false);
  const queue = useProjectQueue(projectId);
  const active = queue ?? [];
  const areCandidates = isChange && candidates.length > 0;
  // Candidates start at once, side by side, and a question changes nothing, so neither can wait for another run.
  const atWork =
    intent === "ask" || areCandidates ? null : findRunToWaitFor({ active, generationId: base?.generationId ?? null });
  const comments = useOpenComments(base);
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const sentComments = (comments ?? []).filter(({ commentId }) => !leftOut.has(commentId));
  const prompt = draft ?? "";
  const globs = parseScopeGlobs(scopeText);
  // A user who has iterated once needs no examples.
  const isFirst = base?.version === 1 && headVersion === 1;

  const submit = () => {
    if (base === null) return;
    const model = modelChoice.chosen === undefined ? {} : { model: modelChoice.chosen.modelId };
    const attached = attachments.input === undefined ? {} : { attachments: attachments.input };
    if (intent === "ask") {
      sending.ask({ generationId: base.generationId, prompt, ...model, ...attached });
      return;
    }
    sending.iterate({
      parentGenerationId: base.generationId,
      prompt: prompt.trim() === "" ? commentsAlone : prompt,
      mode,
      ...model,
      ...(areCandidates ? { candidates: candidates.map((candidate) => ({ model: candidate })) } : {}),
      ...attached,
      ...(intent === "plan" ? { plan: "always" as const } : {}),
      ...(atWork === null || isBeside ? {} : { queue: { afterRunId: atWork.runId } }),
      ...(globs.length === 0 ? {} : { scope: { include: globs } }),
      ...(sentComments.length === 0 ? {} : { commentIds: sentComments.map(({ commentId }) => commentId) }),
    });
  };

  return (
    <section
      aria-label="Iterate"
      data-attachments
      className="flex shrink-0 flex-col gap-1.5 border-t bg-surface px-2.5 pt-2 pb-1.5"
    >
      <QueueList active={active} />
      <EarlierDrafts place={projectId} onUse={() => promptRef.current?.focus()} />
      <CommentChips
        comments={sentComments}
        onLeaveOut={({ commentId }) => setLeftOut(new Set(leftOut).add(commentId))}
      />
      {base !== null && (
        <ScopeChips
          generationId={base.generationId}
          globs={globs}
          onRemove={(glob) => setScopeText(removeFromScope({ text: scopeText, glob }))}
        />
      )}
      <AttachmentChips attachments={attachments} />
      <div className="flex items-start justify-between gap-2">
        <BaseLine base={base} headVersion={headVersion} />
        <AttachButton attachments={attachments} isSmall />
      </div>
      <IntentChoice intent={intent} onChange={setIntent} />
      {atWork !== null && <PlaceChoice run={atWork} isBeside={isBeside} onChange={setBeside} />}
      <ComposerForm
        label={intent === "ask" ? "Your question" : "What should change"}
        placeholder={intentWords[intent].placeholder}
        prompt={prompt}
        onPromptChange={(text) => {
          setDraft(text);
          sending.noteTyping();
        }}
        modelChoice={modelChoice}
        mode={mode}
        onModeChange={setMode}
        hasMode={isChange}
        submitLabel={
          areCandidates
            ? `Ask ${candidates.length}`
            : atWork !== null && !isBeside
              ? "Queue"
              : intentWords[intent].submit
        }
        isPending={sending.isPending}
        // Without the queue, the prompt would start beside a run instead of after it.
        isReady={base !== null && queue !== null && comments !== null && !attachments.isReading}
        error={sending.error}
        onSubmit={submit}
        filesOf={base?.generationId ?? null}
        estimate={describeEstimate({ runs: runs.data?.items ?? [], modelId: modelChoice.chosen?.modelId })}
        textAreaRef={promptRef}
        isModelFocusedAtStart={isModelFocusedAtStart}
        isDocked
        canSendAlone={sentComments.length > 0 && intent !== "ask"}
      />
      {base !== null && (
        <div className="flex max-h-64 flex-wrap gap-x-3 overflow-y-auto text-xs [&>details[open]]:w-full">
          {isFirst && prompt === "" && <IterateExamples generationId={base.generationId} onChoose={setDraft} />}
          <ContextPreview
            parentGenerationId={base.generationId}
            prompt={prompt}
            model={modelChoice.chosen?.modelId}
            attachments={attachments.sizes}
            globs={globs}
          />
          {isChange && (
            <CandidatesField
              parentGenerationId={base.generationId}
              prompt={prompt}
              attachments={attachments.sizes}
              globs={globs}
              models={modelChoice.models}
              chosen={modelChoice.chosen?.modelId}
              list={candidates}
              onChange={setCandidates}
            />
          )}
          <ScopeField generationId={base.generationId} text={scopeText} onChange={setScopeText} globs={globs} />
          <LockedPaths projectId={projectId} />
          <ShownSecretPaths projectId={projectId} />
        </div>
      )}
    </section>
  );
}

function BaseLine({
  base,
  headVersion,
}: {
  base: Pick<GenerationOutput, "version" | "isHead"> | null;
  headVersion: number | null;
}) {
  if (base === null) return <p className="h-4 text-xs text-muted">From …</p>;
  const isLatest = base.isHead || headVersion === null;
  return (
    <p className={cn("flex gap-1.5 text-xs", isLatest ? "text-muted" : "text-caution")}>
      <GitBranch aria-hidden className="size-3.5 shrink-0" />
      {isLatest
        ? `From v${base.version}, the active version.`
        : `From v${base.version}, not the active v${headVersion}. This starts a branch; v${headVersion} stays active.`}
    </p>
  );
}
