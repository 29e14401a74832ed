"use client";

import { ListTodo } from "lucide-react";
import type { BriefStep } from "#lib/contracts/comparisons/brief.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { iterateHref } from "#lib/hrefs.ts";
import { setPromptIntent } from "../composer/prompt-intent.ts";
import { useReplaceableDraft } from "../composer/prompt-draft.ts";
import { buttonClass } from "../ui/button.tsx";
import { Link } from "../ui/link.tsx";
import { writeStepsPrompt } from "./write-steps-prompt.ts";

/** Offers a prompt for the planned steps that a version left undone; renders nothing if there are none. */
export function ContinueSteps({
  projectId,
  generationId,
  plan,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  plan: readonly BriefStep[];
}) {
  const { replace } = useReplaceableDraft(projectId);
  if (plan.every(({ isDone }) => isDone)) return null;
  return (
    <Link
      href={iterateHref({ projectId, generationId })}
      onClick={() => {
        setPromptIntent({ projectId, intent: "generate" });
        replace(writeStepsPrompt(plan));
      }}
      className={buttonClass({ size: "sm", className: "self-start" })}
    >
      <ListTodo aria-hidden />
      Continue these
    </Link>
  );
}
