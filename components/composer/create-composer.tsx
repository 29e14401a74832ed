"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import type { RequestedMode } from "#lib/contracts/runs/run-state.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { runHref } from "#lib/hrefs.ts";
import { AttachButton } from "../attachments/attach-button.tsx";
import { AttachmentChips } from "../attachments/attachment-chips.tsx";
import { useAttachments } from "../attachments/attachments.ts";
import { Select } from "../ui/select.tsx";
import { ComposerForm } from "./composer-form.tsx";
import { examplePrompts } from "./example-prompts.ts";
import { EarlierDrafts } from "./earlier-drafts.tsx";
import { useIdempotencyKey } from "./idempotency-key.ts";
import { useModelChoice } from "./model-choice.ts";
import { usePromptDraft } from "./prompt-draft.ts";

const stackOptions = [
  { value: "from-prompt", label: "Automatic" },
  { value: "fastapi_postgres", label: "FastAPI + PostgreSQL" },
  { value: "nextjs_prisma", label: "Next.js + Prisma" },
] as const;
type StackOption = (typeof stackOptions)[number]["value"];

/** Starts a new project from a prompt. An `initialPrompt` replaces the draft until either is edited. */
export function CreateComposer({
  initialPrompt = "",
  isModelFocusedAtStart = false,
}: {
  initialPrompt?: string;
  isModelFocusedAtStart?: boolean;
}) {
  const textArea = useRef<HTMLTextAreaElement>(null);
  const router = useRouter();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [draft, setDraft] = usePromptDraft("new");
  const [mode, setMode] = useState<RequestedMode>("auto");
  const [stack, setStack] = useState<StackOption>("from-prompt");
  const modelChoice = useModelChoice();
  const attachments = useAttachments({ place: "new", promptRef: textArea });
  const idempotency = useIdempotencyKey();
  const create = useMutation(
    trpc.generation.create.mutationOptions({
      onSuccess: ({ projectId, runId }) => {
        idempotency.startNext();
        setDraft(null);
        attachments.clear();
        void queryClient.invalidateQueries({ queryKey: trpc.project.pathKey() });
        router.push(runHref({ projectId, runId }));
      },
    }),
  );
  const [isInitial, setIsInitial] = useState(initialPrompt !== "");
  const prompt = isInitial ? initialPrompt : (draft ?? "");
  const edit = (text: string) => {
    setIsInitial(false);
    setDraft(text);
  };

  const submit = () => {
    const request = {
      prompt,
      mode,
      ...(modelChoice.chosen === undefined ? {} : { model: modelChoice.chosen.modelId }),
      ...(attachments.input === undefined ? {} : { attachments: attachments.input }),
      ...(stack === "from-prompt" ? {} : { techStack: stack }),
    };
    create.mutate({ ...request, idempotencyKey: idempotency.keyOf(request) });
  };

  return (
    <div data-attachments className="flex flex-col gap-4">
      <EarlierDrafts
        place="new"
        onUse={() => {
          setIsInitial(false);
          textArea.current?.focus();
        }}
      />
      <AttachmentChips attachments={attachments} />
      <ComposerForm
        label="Prompt"
        placeholder="Describe the project: what it keeps track of, with which fields, and how they belong together."
        prompt={prompt}
        onPromptChange={edit}
        modelChoice={modelChoice}
        mode={mode}
        onModeChange={setMode}
        submitLabel="Create project"
        // Success navigates to another page; until it is shown, a second press must not start a second project.
        isPending={create.isPending || create.isSuccess}
        error={create.error}
        onSubmit={submit}
        isReady={!attachments.isReading}
        textAreaRef={textArea}
        isModelFocusedAtStart={isModelFocusedAtStart}
        options={
          <>
            <Select<StackOption>
              label="Tech stack"
              value={stack}
              options={[...stackOptions]}
              onChange={setStack}
              className="w-48"
            />
            <AttachButton attachments={attachments} />
          </>
        }
      />
      <CreateExamples onChoose={edit} />
    </div>
  );
}

/** Prompts that the built-in generator understands, so that the first project needs no key. */
function CreateExamples({ onChoose }: { onChoose: (prompt: string) => void }) {
  return (
    <section aria-label="Examples" className="flex flex-col gap-1">
      <h2 className="text-xs font-medium text-muted">Try one (no API key needed)</h2>
      <ul className="flex flex-col">
        {examplePrompts.map((example) => (
          <li key={example}>
            <button
              type="button"
              onClick={() => onChoose(example)}
              className="w-full rounded-md px-2 py-1.5 text-left text-sm text-muted hover:bg-hover hover:text-foreground"
            >
              {example}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
