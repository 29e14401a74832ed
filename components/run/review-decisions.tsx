import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { RunOutput } from "#lib/contracts/run.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { reviewHref, runHref } from "../project/project-href.ts";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { Select } from "../ui/select.tsx";

type Decision = "keep-parent" | "accept" | "repair";

const options: { value: Decision; label: string; description: string }[] = [
  { value: "keep-parent", label: "Keep the parent's", description: "This file stays as it was; the other changes are taken." },
  { value: "accept", label: "Accept", description: "The change is what you want." },
  { value: "repair", label: "Repair", description: "The model tries again, with edits only. Starts another run." },
];

/** One decision for each doubtful file. What nobody doubts is taken as it is. */
export function ReviewDecisions({ run, paths }: { run: RunOutput; paths: FilePath[] }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const [chosen, setChosen] = useState<ReadonlyMap<FilePath, Decision>>(new Map());
  const decisionOf = (path: FilePath): Decision => chosen.get(path) ?? "keep-parent";
  const asksForRepair = paths.some((path) => decisionOf(path) === "repair");
  const resolve = useMutation(
    trpc.run.resolve.mutationOptions({
      onSuccess: async (result) => {
        await Promise.all([trpc.run.pathKey(), trpc.project.pathKey(), trpc.generation.list.pathKey()].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
        const { projectId } = run;
        router.push("generationId" in result ? reviewHref({ projectId, generationId: result.generationId }) : runHref({ projectId, runId: result.runId }));
      },
    }),
  );
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        resolve.mutate({ runId: run.runId, decisions: paths.map((path) => ({ path, decision: decisionOf(path) })) });
      }}
    >
      <ul aria-label="Decisions" className="flex flex-col gap-2">
        {paths.map((path) => (
          <li key={path} className="flex flex-wrap items-center gap-3 text-sm">
            <span className="min-w-0 flex-1 truncate font-mono">{path}</span>
            <Select label={`Decision on ${path}`} isLabelHidden value={decisionOf(path)} options={options} onChange={(decision) => setChosen(new Map(chosen).set(path, decision))} className="w-44" />
          </li>
        ))}
      </ul>
      {resolve.error !== null && <ErrorState error={resolve.error} />}
      <Button type="submit" look="primary" isPending={resolve.isPending} className="self-start">
        {asksForRepair ? "Start the repair" : "Make the version"}
      </Button>
    </form>
  );
}
