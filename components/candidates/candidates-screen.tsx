"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { CandidateOutput, CandidateSetOutput } from "#lib/contracts/runs/candidate.ts";
import type { GenerationId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import { isActive } from "#lib/contracts/runs/run-state.ts";
import { compareHref, generationHref } from "#lib/hrefs.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { useRefreshVersions } from "../generation/refresh-versions.ts";
import { buttonClass } from "../ui/button.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { ExpandableText } from "../ui/text/expandable-text.tsx";
import { Link } from "../ui/link.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { showToast } from "../ui/overlays/toast.ts";
import { CandidateTable } from "./candidate-table.tsx";

/** While a run or a check is running. Another page may receive the end of a run first. */
const activePollMs = 1_500;
/** A version without check results may get some at any time. */
const lookEveryMs = 15_000;

/** Several answers to one prompt side by side: the user compares any two and chooses one. */
export function CandidatesScreen({ projectId, runId }: { projectId: ProjectId; runId: RunId }) {
  const trpc = useTRPC();
  const board = useQuery(
    trpc.run.candidates.queryOptions(
      { runId },
      {
        refetchInterval: ({ state: { data } }) => {
          const items = data?.items ?? [];
          if (items.some(({ status, checks }) => isActive(status) || (checks?.running ?? 0) > 0)) return activePollMs;
          return items.some(({ checks }) => checks?.started === 0) ? lookEveryMs : false;
        },
      },
    ),
  );
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-4 px-4 py-4">
      <PageTitle text="Candidates" />
      {board.error !== null && board.data === undefined && (
        <>
          <h1 className="text-xl font-semibold">Candidates</h1>
          <ErrorState error={board.error} onRetry={() => void board.refetch()} />
        </>
      )}
      {board.data === undefined && board.error === null && (
        <div aria-busy className="flex flex-col gap-4">
          <h1 className="sr-only">Loading candidates</h1>
          <Skeleton className="h-7 w-48" />
          <Skeleton className="h-10 w-full max-w-2xl" />
          <Skeleton className="h-60 w-full" />
        </div>
      )}
      {board.data !== undefined && (
        <LoadedBoard projectId={projectId} board={board.data} onChanged={() => void board.refetch()} />
      )}
    </div>
  );
}

function LoadedBoard({
  projectId,
  board,
  onChanged,
}: {
  projectId: ProjectId;
  board: CandidateSetOutput;
  onChanged: () => void;
}) {
  const trpc = useTRPC();
  const refreshVersions = useRefreshVersions();
  const [compared, setCompared] = useState<readonly GenerationId[]>([]);
  const choose = useMutation(trpc.generation.activate.mutationOptions());
  const { items, chosenGenerationId, headGenerationId, parentGenerationId, parentVersion } = board;
  const waitingCount = items.filter(({ status }) => isActive(status)).length;
  const canChoose = chosenGenerationId === null && headGenerationId === parentGenerationId;

  const chooseOne = ({ generationId, version }: CandidateOutput) => {
    if (generationId === null || headGenerationId === null) return;
    choose.mutate(
      { generationId, expectedHeadGenerationId: headGenerationId },
      {
        onSuccess: async () => {
          await refreshVersions();
          onChanged();
          void showToast({ kind: "success", text: `v${version} is active. The other answers stay in the history.` });
        },
        onError: onChanged,
      },
    );
  };
  const toggle = (generationId: GenerationId) =>
    setCompared((former) =>
      former.includes(generationId)
        ? former.filter((each) => each !== generationId)
        : [...former.slice(-1), generationId],
    );
  const [base, head] = [...compared].sort(
    (a, b) => placeOf({ items, generationId: a }) - placeOf({ items, generationId: b }),
  );

  return (
    <>
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-60 flex-1">
          <h1 className="text-xl font-semibold">{items.length} candidates</h1>
          <p className="text-sm text-muted">
            From{" "}
            <Link href={generationHref({ projectId, generationId: parentGenerationId })} className="underline">
              v{parentVersion}
            </Link>
            . <StateOfChoice board={board} waitingCount={waitingCount} canChoose={canChoose} />
          </p>
        </div>
        {base !== undefined && head !== undefined ? (
          <Link href={compareHref({ projectId, base, head })} className={buttonClass({ look: "primary" })}>
            Compare the two
          </Link>
        ) : (
          <p className="self-center text-sm text-muted">Tick two to compare them.</p>
        )}
      </div>
      <ExpandableText text={board.prompt} />
      {choose.error !== null && <ErrorState error={choose.error} />}
      <CandidateTable
        projectId={projectId}
        board={board}
        compared={compared}
        onToggle={toggle}
        canChoose={canChoose}
        choosing={choose.isPending ? choose.variables.generationId : null}
        onChoose={chooseOne}
      />
    </>
  );
}

function placeOf({ items, generationId }: { items: readonly CandidateOutput[]; generationId: GenerationId }): number {
  return items.findIndex((item) => item.generationId === generationId);
}

function StateOfChoice({
  board: { items, chosenGenerationId, parentVersion, headVersion },
  waitingCount,
  canChoose,
}: {
  board: CandidateSetOutput;
  waitingCount: number;
  canChoose: boolean;
}) {
  const chosen = items.find(({ generationId }) => generationId !== null && generationId === chosenGenerationId);
  if (chosen !== undefined) return <>v{chosen.version} was chosen. The others stay in the history.</>;
  if (waitingCount > 0)
    return (
      <span role="status">
        {waitingCount} of {items.length} running. v{parentVersion} stays active.
      </span>
    );
  if (!canChoose)
    return (
      <>
        Meanwhile v{headVersion} became active, so none can be chosen. Merge one into it from its version page, or roll
        back.
      </>
    );
  return <>v{parentVersion} stays active until you choose one.</>;
}
