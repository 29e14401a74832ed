"use client";

import { MessageSquareReply, WandSparkles } from "lucide-react";
import { isActive } from "#lib/contracts/runs/run-state.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { useEditPrompt } from "../composer/edit-prompt.ts";
import { RunStopped } from "../run/ends/run-stopped.tsx";
import { RunActivity } from "../run/progress/run-activity.tsx";
import { RunInputs } from "../run/progress/run-inputs.tsx";
import { RunMeter } from "../run/progress/run-meter.tsx";
import { buttonClass } from "../ui/button.tsx";
import { Link } from "../ui/link.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { AnswerText } from "./answer-text.tsx";
import type { TalkRunProps } from "./talk-run-props.ts";
import { useStreamedText } from "./use-streamed-text.ts";
import { writeChangePrompt } from "./write-change-prompt.ts";

/** A question with its streaming or final answer, and the follow-up actions. */
export function QuestionRun({ projectId, run, status, parent, events: { state, store } }: TalkRunProps) {
  const { view, connection } = state;
  const streamed = useStreamedText({ store, stream: store.modelText });
  const isRunActive = isActive(status);
  const text = run.answer ?? streamed;
  return (
    <>
      {isRunActive && <RunActivity runId={run.runId} view={view} connection={connection} />}
      {(status === "FAILED" || status === "CANCELLED") && (
        <RunStopped
          run={run}
          failure={status === "CANCELLED" ? null : run.failure}
          parent={parent}
          view={view}
          onShowWords={null}
        />
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <section aria-labelledby="answer" aria-busy={isRunActive} className="flex min-w-0 flex-col gap-3">
          <h2 id="answer" className="flex items-center gap-1.5 text-sm font-medium text-muted">
            <MessageSquareReply aria-hidden className="size-4" />
            {isRunActive ? "The answer, as it comes" : "Answer"}
          </h2>
          {text !== "" && run.parentGenerationId !== null ? (
            <AnswerText projectId={projectId} generationId={run.parentGenerationId} text={text} />
          ) : isRunActive ? (
            <Skeleton className="h-24 w-full max-w-3xl" />
          ) : (
            <p className="text-sm text-muted">No answer came. Nothing was changed.</p>
          )}
          {run.answer !== null && <MakeThisChange run={run} answer={run.answer} />}
        </section>
        <div className="flex min-w-0 flex-col gap-4">
          <RunMeter run={run} view={view} isActive={isRunActive} />
          <RunInputs view={view} />
        </div>
      </div>
    </>
  );
}

function MakeThisChange({ run, answer }: { run: RunOutput; answer: string }) {
  const { href, put } = useEditPrompt(run);
  return (
    <p className="flex flex-wrap items-center gap-2 border-t pt-3 text-sm text-muted">
      <Link
        href={href}
        onClick={() => put(writeChangePrompt({ question: run.prompt, answer }), "generate")}
        className={buttonClass({ look: "primary" })}
      >
        <WandSparkles aria-hidden />
        Make this change
      </Link>
      Puts the answer into a prompt, for you to change and send.
    </p>
  );
}
