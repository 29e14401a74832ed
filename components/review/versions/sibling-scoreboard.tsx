import { useQueries } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import type { ChecksSummary } from "#lib/contracts/versions/check.ts";
import type { GenerationDetailOutput, GenerationOutput } from "#lib/contracts/versions/generation.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { useCheckMarks } from "../../checks/check-marks.ts";
import { describeChecks } from "../../checks/describe-checks.ts";
import { formatLedger } from "../../generation/format-ledger.ts";
import { formatCost, formatDuration, formatTokens } from "#lib/format-amount.ts";
import { ErrorState } from "../../ui/states/error-state.tsx";
import { Skeleton } from "../../ui/states/skeleton.tsx";
import { immutable } from "../data/immutable.ts";

type Scored = GenerationDetailOutput & { checks: ChecksSummary | null };

const rows: { name: string; show: (version: Scored) => ReactNode }[] = [
  { name: "Prompt", show: ({ prompt }) => prompt ?? "none" },
  { name: "Files", show: ({ counts }) => formatLedger(counts) },
  {
    name: "Lines",
    show: ({ ledger }) =>
      `+${sum(ledger.map(({ additions }) => additions))} \u2212${sum(ledger.map(({ deletions }) => deletions))}`,
  },
  {
    name: "Findings",
    show: ({ validation: { issueCount } }) => (issueCount === 0 ? "none" : issueCount),
  },
  { name: "Checks", show: ({ checks }) => describeChecks(checks)?.text ?? "none" },
  { name: "Model", show: ({ model }) => model ?? "none, by hand" },
  { name: "Model time", show: ({ usage }) => (usage === null ? "none" : formatDuration(usage.durationMs)) },
  {
    name: "Tokens",
    show: ({ usage }) =>
      usage === null ? "none" : `${formatTokens(usage.inputTokens)} in, ${formatTokens(usage.outputTokens)} out`,
  },
  {
    name: "Cost",
    show: ({ usage }) => (usage === null ? "none" : usage.costUsd === undefined ? "–" : formatCost(usage.costUsd)),
  },
];

/** The figures of two versions with the same parent side by side; the diff between them is below. */
export function SiblingScoreboard({
  projectId,
  base,
  head,
  canTake,
}: {
  projectId: ProjectId;
  base: GenerationOutput;
  head: GenerationOutput;
  /** Changes of the base can be taken into the head. */
  canTake: boolean;
}) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      className="border-b px-3 py-1 text-sm"
      open={isOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary className="w-fit rounded-sm py-0.5 text-muted hover:text-foreground">
        v{base.version} and v{head.version} were made from the same version: what each took
        {canTake && `. Take lines or files of v${base.version} into v${head.version}; swap the sides for the other way`}
      </summary>
      {isOpen && <Scores projectId={projectId} base={base} head={head} />}
    </details>
  );
}

function Scores({ projectId, base, head }: { projectId: ProjectId; base: GenerationOutput; head: GenerationOutput }) {
  const trpc = useTRPC();
  const versions = useQueries({
    queries: [base, head].map(({ generationId }) => trpc.generation.get.queryOptions({ generationId }, immutable)),
  });
  const marks = useCheckMarks({ projectId, generationIds: [base.generationId, head.generationId], rows: [0, 1] });
  const error = versions.find((version) => version.error !== null && version.data === undefined)?.error;
  if (error !== undefined)
    return <ErrorState error={error} onRetry={() => void Promise.all(versions.map((version) => version.refetch()))} />;
  const loaded = versions.flatMap(({ data }) =>
    data === undefined ? [] : [{ ...data, checks: marks.get(data.generationId)?.summary ?? null }],
  );
  if (loaded.length < versions.length) return <Skeleton className="my-2 h-48 max-w-3xl" />;
  return (
    <div
      role="region"
      aria-label="Both versions side by side"
      tabIndex={0}
      className="max-h-60 overflow-auto -outline-offset-2"
    >
      <table className="my-2 w-full max-w-3xl text-left">
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">What</span>
            </th>
            {loaded.map(({ generationId, version }) => (
              <th key={generationId} scope="col" className="py-1 pr-4 font-semibold">
                v{version}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, show }) => (
            <tr key={name} className="border-t align-top">
              <th scope="row" className="py-1 pr-4 font-normal text-muted">
                {name}
              </th>
              {loaded.map((version) => (
                <td key={version.generationId} className="max-w-80 py-1 pr-4 break-words tabular-nums">
                  {show(version)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
