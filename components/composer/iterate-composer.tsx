"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { GitBranch } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useId, useRef, useState } from "react";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import type { RequestedMode } from "#lib/contracts/run-state.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { LockedPaths } from "../project/locked-paths.tsx";
import { ShownSecretPaths } from "../project/shown-secret-paths.tsx";
import { runHref } from "#lib/hrefs.ts";
import { cn } from "../ui/class-names.ts";
import { useHotkeys } from "../ui/hotkeys.ts";
import { Input } from "../ui/input.tsx";
import { CommentChips } from "./comment-chips.tsx";
import { ComposerForm } from "./composer-form.tsx";
import { ContextPreview } from "./context-preview.tsx";
import { describeEstimate } from "./describe-estimate.ts";
import { EarlierDrafts } from "./earlier-drafts.tsx";
import { useIdempotencyKey } from "./idempotency-key.ts";
import { IterateExamples } from "./iterate-examples.tsx";
import { useModelChoice } from "./model-choice.ts";
import { usePromptDraft } from "./prompt-draft.ts";
import { parseScopeGlobs } from "./scope-globs.ts";

/** What has the focus where a composer was asked for. */
export type ComposerFocus = "prompt" | "model";

/** What the next run takes is told from as many. */
const recentRuns = 10;

/**
 * Asks for the next version, made from `base` and nothing else. `headVersion` is the active version's number.
 * `focusAtStart` puts the focus on the prompt or on the choice of a model; `i` brings it to the prompt at any time.
 */
export function IterateComposer({
  projectId,
  base,
  headVersion,
  focusAtStart = null,
}: {
  projectId: ProjectId;
  base: Pick<GenerationOutput, "generationId" | "version" | "isHead">;
  headVersion: number | null;
  focusAtStart?: ComposerFocus | null;
}) {
  const router = useRouter();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const textArea = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = usePromptDraft(projectId);
  const [mode, setMode] = useState<RequestedMode>("auto");
  const [scopeText, setScopeText] = useState("");
  const modelChoice = useModelChoice();
  const idempotency = useIdempotencyKey();
  const iterate = useMutation(
    trpc.generation.iterate.mutationOptions({
      onSuccess: ({ runId }) => {
        idempotency.startNext();
        setDraft(null);
        void queryClient.invalidateQueries({ queryKey: trpc.project.pathKey() });
        void queryClient.invalidateQueries({ queryKey: trpc.run.list.pathKey() });
        void queryClient.invalidateQueries({ queryKey: trpc.comment.pathKey() });
        router.push(runHref({ projectId, runId }));
      },
    }),
  );
  const comments = useQuery(trpc.comment.list.queryOptions({ generationId: base.generationId }));
  const runs = useQuery(trpc.run.list.queryOptions({ projectId, limit: recentRuns }));
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const sentComments = (comments.data ?? []).filter(({ commentId, isSent }) => !isSent && !leftOut.has(commentId));
  const prompt = draft ?? "";
  const globs = parseScopeGlobs(scopeText);
  // Who has iterated once knows how.
  const isFirst = base.version === 1 && headVersion === 1;

  const focus = () => {
    textArea.current?.focus();
    textArea.current?.scrollIntoView({ block: "center" });
  };
  useHotkeys({
    i: (event) => {
      event.preventDefault();
      focus();
    },
  });
  useEffect(() => {
    if (focusAtStart === "prompt") focus();
  }, [focusAtStart]);

  const submit = () => {
    const request = {
      parentGenerationId: base.generationId,
      prompt,
      mode,
      ...(modelChoice.chosen === undefined ? {} : { model: modelChoice.chosen.modelId }),
      ...(globs.length === 0 ? {} : { scope: { include: globs } }),
      ...(sentComments.length === 0 ? {} : { commentIds: sentComments.map(({ commentId }) => commentId) }),
    };
    iterate.mutate({ ...request, idempotencyKey: idempotency.keyOf(request) });
  };

  return (
    <section aria-label="Iterate" className="flex flex-col gap-3 rounded-md border p-3">
      <BaseLine base={base} headVersion={headVersion} />
      <EarlierDrafts place={projectId} onUse={focus} />
      <CommentChips
        comments={sentComments}
        onLeaveOut={({ commentId }) => setLeftOut(new Set(leftOut).add(commentId))}
      />
      <ComposerForm
        label="What should change"
        placeholder="Say what should change. Everything that the answer does not name stays as it is."
        prompt={prompt}
        onPromptChange={setDraft}
        modelChoice={modelChoice}
        mode={mode}
        onModeChange={setMode}
        submitLabel="Iterate"
        // Success leads to the run's page; until that is shown, a second press must not start a second run.
        isPending={iterate.isPending || iterate.isSuccess}
        error={iterate.error}
        onSubmit={submit}
        filesOf={base.generationId}
        estimate={describeEstimate({ runs: runs.data?.items ?? [], modelId: modelChoice.chosen?.modelId })}
        textAreaRef={textArea}
        isModelFocusedAtStart={focusAtStart === "model"}
      />
      <div className="flex flex-col gap-1">
        {isFirst && prompt === "" && <IterateExamples generationId={base.generationId} onChoose={setDraft} />}
        <ContextPreview
          parentGenerationId={base.generationId}
          prompt={prompt}
          model={modelChoice.chosen?.modelId}
          globs={globs}
        />
        <ScopeField text={scopeText} onChange={setScopeText} globCount={globs.length} />
        <LockedPaths projectId={projectId} />
        <ShownSecretPaths projectId={projectId} />
      </div>
    </section>
  );
}

function BaseLine({
  base,
  headVersion,
}: {
  base: Pick<GenerationOutput, "version" | "isHead">;
  headVersion: number | null;
}) {
  const isLatest = base.isHead || headVersion === null;
  return (
    <p className={cn("flex items-center gap-1.5 text-sm", isLatest ? "text-muted" : "text-caution")}>
      <GitBranch aria-hidden className="size-4 shrink-0" />
      {isLatest
        ? `From v${base.version}, the active version.`
        : `From v${base.version}, not the active v${headVersion}. This starts a branch; v${headVersion} stays active.`}
    </p>
  );
}

function ScopeField({
  text,
  onChange,
  globCount,
}: {
  text: string;
  onChange: (text: string) => void;
  globCount: number;
}) {
  const inputId = useId();
  const hintId = useId();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="text-sm" open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="w-fit rounded-sm py-0.5 text-muted hover:text-foreground">
        Limit to files{globCount > 0 && ` (${globCount})`}
      </summary>
      <div className="mt-2 flex flex-col gap-1">
        <label htmlFor={inputId} className="text-xs font-medium text-muted">
          Globs, separated by commas
        </label>
        <Input
          id={inputId}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          placeholder="app/models/**, tests/*.py"
          aria-describedby={hintId}
          className="font-mono"
          spellCheck={false}
        />
        <p id={hintId} className="text-xs text-faint">
          Changes outside of these files are not applied. The run names them.
        </p>
      </div>
    </details>
  );
}
