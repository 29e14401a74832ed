import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ProjectId } from "#lib/contracts/ids.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { runHref } from "#lib/hrefs.ts";
import { nameRunningStage } from "../../run/progress/run-phase.ts";
import { RunStatusLabel } from "../../run/run-status.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorState } from "../../ui/states/error-state.tsx";
import { Link } from "../../ui/link.tsx";

/** The runs that a roll back waits for, with their prompts, to view or cancel. */
export function RollbackBlock({ projectId, runs }: { projectId: ProjectId; runs: readonly RunOutput[] }) {
  return (
    <section
      aria-label="Active runs"
      className="mt-3 rounded-md border border-caution/50 bg-caution-surface px-3 py-2 text-sm"
    >
      <p>
        {runs.length === 1 ? "A run is running" : `${runs.length} runs are running`}, and would make a version based on
        what you roll back from. Wait for the end, or cancel.
      </p>
      <ul className="mt-1">
        {runs.map((run) => (
          <BlockingRun key={run.runId} projectId={projectId} run={run} />
        ))}
      </ul>
    </section>
  );
}

function BlockingRun({ projectId, run: { runId, prompt, status, stages } }: { projectId: ProjectId; run: RunOutput }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const cancel = useMutation(
    trpc.run.cancel.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.run.list.pathKey() }),
    }),
  );
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1">
      <span className="flex items-center gap-2">
        <RunStatusLabel status={status} />
        <span className="text-muted">{nameRunningStage(stages)}</span>
      </span>
      <Link href={runHref({ projectId, runId })} className="min-w-0 flex-1 truncate underline" title={prompt}>
        {prompt}
      </Link>
      {/* The worker takes a moment to stop; the run leaves this list when it has. */}
      <Button size="sm" isPending={cancel.isPending || cancel.isSuccess} onClick={() => cancel.mutate({ runId })}>
        {cancel.isPending || cancel.isSuccess ? "Stopping" : "Cancel run"}
      </Button>
      {cancel.error !== null && <ErrorState error={cancel.error} />}
    </li>
  );
}
