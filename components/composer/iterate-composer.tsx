"use client";

import { GitBranch } from "lucide-react";
import type { RefObject } from "react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { LockedPaths } from "../project/locked-paths.tsx";
import { ShownSecretPaths } from "../project/shown-secret-paths.tsx";
import { AttachButton } from "../attachments/attach-button.tsx";
import { AttachmentChips } from "../attachments/attachment-chips.tsx";
import { CandidatesField } from "../candidates/candidates-field.tsx";
import { cn } from "../ui/class-names.ts";
import { QueueList } from "../conversation/queue-list.tsx";
import { IntentChoice, intentWords, PlaceChoice } from "../conversation/send-options.tsx";
import { CommentChips } from "./comment-chips.tsx";
import { ComposerForm } from "./composer-form.tsx";
import { ContextPreview } from "./context-preview.tsx";
import { EarlierDrafts } from "./earlier-drafts.tsx";
import { IterateExamples } from "./iterate-examples.tsx";
import { ScopeChips } from "./scope/scope-chips.tsx";
import { removeFromScope } from "./scope/scope-globs.ts";
import { ScopeField } from "./scope/scope-field.tsx";
import type { PromptBase } from "./sent-comments.ts";
import { useVersionPrompt, type VersionPrompt } from "./sending/version-prompt.ts";

type ComposerBase = PromptBase & Pick<GenerationOutput, "version" | "isHead">;

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
  const prompt = useVersionPrompt({ projectId, base, promptRef, onLeave });
  const { intent, attachments, candidates, place } = prompt;
  // A user who has iterated once needs no examples.
  const isFirst = base?.version === 1 && headVersion === 1;
  return (
    <section
      aria-label="Iterate"
      data-attachments
      className="flex shrink-0 flex-col gap-1.5 border-t bg-surface px-2.5 pt-2 pb-1.5"
    >
      <QueueList active={prompt.queue} />
      <EarlierDrafts place={projectId} onUse={() => promptRef.current?.focus()} />
      <CommentChips comments={prompt.comments} onLeaveOut={prompt.leaveOut} />
      {base !== null && (
        <ScopeChips
          generationId={base.generationId}
          globs={prompt.globs}
          onRemove={(glob) => prompt.setScopeText(removeFromScope({ text: prompt.scopeText, glob }))}
        />
      )}
      <AttachmentChips attachments={attachments} />
      <div className="flex items-start justify-between gap-2">
        <BaseLine base={base} headVersion={headVersion} />
        <AttachButton attachments={attachments} isSmall />
      </div>
      <IntentChoice intent={intent} onChange={prompt.setIntent} />
      {place.atWork !== null && (
        <PlaceChoice run={place.atWork} isBeside={place.isBeside} onChange={place.setIsBeside} />
      )}
      <ComposerForm
        label={intent === "ask" ? "Your question" : "What should change"}
        placeholder={intentWords[intent].placeholder}
        prompt={prompt.text}
        onPromptChange={(text) => {
          prompt.setText(text);
          prompt.noteTyping();
        }}
        modelChoice={prompt.modelChoice}
        mode={prompt.mode}
        onModeChange={prompt.setMode}
        hasMode={intent === "generate"}
        submitLabel={
          candidates.length > 0
            ? `Ask ${candidates.length}`
            : place.afterRunId !== null
              ? "Queue"
              : intentWords[intent].submit
        }
        isPending={prompt.isPending}
        isReady={prompt.isReady}
        error={prompt.error}
        onSubmit={prompt.send}
        filesOf={base?.generationId ?? null}
        estimate={prompt.estimate}
        textAreaRef={promptRef}
        isModelFocusedAtStart={isModelFocusedAtStart}
        isDocked
        canSendAlone={prompt.comments.length > 0 && intent !== "ask"}
      />
      {base !== null && (
        <PromptDetails projectId={projectId} generationId={base.generationId} prompt={prompt} isFirst={isFirst} />
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

/** The rarely used parts of a prompt, folded, and examples for the first one. */
function PromptDetails({
  projectId,
  generationId,
  prompt,
  isFirst,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  prompt: VersionPrompt;
  isFirst: boolean;
}) {
  return (
    <div className="flex max-h-64 flex-wrap gap-x-3 overflow-y-auto text-xs [&>details[open]]:w-full">
      {isFirst && prompt.text === "" && <IterateExamples generationId={generationId} onChoose={prompt.setText} />}
      <ContextPreview
        parentGenerationId={generationId}
        prompt={prompt.text}
        model={prompt.modelChoice.chosen?.modelId}
        attachments={prompt.attachments.sizes}
        globs={prompt.globs}
      />
      {prompt.intent === "generate" && (
        <CandidatesField
          parentGenerationId={generationId}
          prompt={prompt.text}
          attachments={prompt.attachments.sizes}
          globs={prompt.globs}
          models={prompt.modelChoice.models}
          chosen={prompt.modelChoice.chosen?.modelId}
          list={prompt.candidates}
          onChange={prompt.setCandidates}
        />
      )}
      <ScopeField
        generationId={generationId}
        text={prompt.scopeText}
        onChange={prompt.setScopeText}
        globs={prompt.globs}
      />
      <LockedPaths projectId={projectId} />
      <ShownSecretPaths projectId={projectId} />
    </div>
  );
}
