"use client";

import { useQuery } from "@tanstack/react-query";
import { GitBranch, ListEnd, Play } from "lucide-react";
import { useState } from "react";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { isActive } from "#lib/contracts/runs/run-state.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { runHref } from "#lib/hrefs.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Link } from "../ui/link.tsx";
import { Select } from "../ui/select.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { useQueueChanges } from "./queue-changes.ts";
import { describeStop } from "./queue-order.ts";

/** The versions offered as a base; older ones start it from their own page. */
const offeredVersions = 50;

/** A queued prompt: what it waits for, its text, and other ways to start it. */
export function QueuedRun({ run, waitsFor }: { run: RunOutput; waitsFor: NonNullable<RunOutput["waitsFor"]> }) {
  const trpc = useTRPC();
  const before = useQuery(trpc.run.get.queryOptions({ runId: waitsFor.runId }));
  const isStopped = !isActive(waitsFor.status);
  return (
    <section
      aria-labelledby="queued"
      className={`flex flex-col gap-3 rounded-md border p-3 ${isStopped ? "border-caution/50" : ""}`}
    >
      <div className="flex items-start gap-3">
        <ListEnd aria-hidden className={`mt-0.5 size-5 shrink-0 ${isStopped ? "text-caution" : "text-muted"}`} />
        <div className="min-w-0 flex-1 text-sm">
          <h2 id="queued" className="text-base font-semibold">
            {isStopped ? "The queue has stopped" : "Waits in the queue"}
          </h2>
          <p className="mt-1 text-muted">
            {isStopped ? describeStop(waitsFor) : "It starts by itself, on the version that the run before makes."} Your
            prompt is kept.
          </p>
          <p className="mt-1 truncate">
            {isStopped ? "Before it: " : "Waits for: "}
            <Link href={runHref({ projectId: run.projectId, runId: waitsFor.runId })} className="underline">
              {before.data?.prompt ?? "the run before"}
            </Link>
          </p>
        </div>
      </div>
      <EditPrompt key={run.prompt} run={run} />
      <StartOnVersion run={run} isStopped={isStopped} />
    </section>
  );
}

function EditPrompt({ run }: { run: RunOutput }) {
  const [text, setText] = useState(run.prompt);
  const { edit } = useQueueChanges();
  const isChanged = text.trim() !== run.prompt && text.trim() !== "";
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) edit.mutate({ runId: run.runId, prompt: text });
      }}
    >
      <label htmlFor="queued-prompt" className="text-xs font-medium text-muted">
        Prompt
      </label>
      <TextArea id="queued-prompt" value={text} onChange={(event) => setText(event.target.value)} />
      <Button type="submit" className="self-start" disabled={!isChanged} isPending={edit.isPending}>
        Save prompt
      </Button>
      {edit.error !== null && <ErrorState error={edit.error} />}
    </form>
  );
}

function StartOnVersion({ run, isStopped }: { run: RunOutput; isStopped: boolean }) {
  const trpc = useTRPC();
  const versions = useQuery(trpc.generation.list.queryOptions({ projectId: run.projectId, limit: offeredVersions }));
  const [picked, setPicked] = useState<GenerationId | null>(null);
  const { start } = useQueueChanges();
  const items = versions.data?.items ?? [];
  const chosen = picked ?? items.find(({ isHead }) => isHead)?.generationId ?? null;
  const options = items.map(({ generationId, version, isHead, prompt, label }) => ({
    value: generationId,
    label: `v${version}${isHead ? ", active" : ""}`,
    description: label ?? prompt?.trim().split("\n", 1)[0]?.slice(0, 60),
  }));
  return (
    <div className="flex flex-col gap-2 border-t pt-3">
      <div className="flex flex-wrap items-end gap-2">
        <Select
          label="Version to begin with"
          value={chosen}
          options={options}
          onChange={setPicked}
          isDisabled={items.length === 0}
          placeholder="Loading versions"
          className="w-64 max-w-full"
        />
        <Button
          look={isStopped ? "primary" : "secondary"}
          disabled={chosen === null}
          isPending={start.isPending || start.isSuccess}
          onClick={() => chosen !== null && start.mutate({ runId: run.runId, parentGenerationId: chosen })}
        >
          {!start.isPending && !start.isSuccess && (isStopped ? <Play aria-hidden /> : <GitBranch aria-hidden />)}
          {isStopped ? "Start on this version" : "Start beside it now"}
        </Button>
      </div>
      <p className="text-xs text-muted">
        {isStopped
          ? "The prompts queued behind it use its version."
          : "It starts at once and makes a branch. The prompts behind it stay in the queue."}
      </p>
      {versions.error !== null && <ErrorState error={versions.error} />}
      {start.error !== null && <ErrorState error={start.error} />}
    </div>
  );
}
