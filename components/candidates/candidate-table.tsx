import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import type { CandidateOutput, CandidateSetOutput } from "#lib/contracts/runs/candidate.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { isActive } from "#lib/contracts/runs/run-state.ts";
import { formatCost, formatDuration } from "#lib/format-amount.ts";
import { reviewHref, runHref } from "#lib/hrefs.ts";
import { Elapsed } from "../run/progress/elapsed.tsx";
import { RunStatusLabel } from "../run/run-status.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { LineCounts } from "../ui/text/line-counts.tsx";
import { Link } from "../ui/link.tsx";
import { describeChecks } from "../checks/describe-checks.ts";
import { readFigure, sortCandidates, type CandidateColumn, type CandidateOrder } from "./sort-candidates.ts";

const columnWords: Readonly<Record<CandidateColumn, string>> = {
  place: "Candidate",
  files: "Files",
  lines: "Lines",
  beyondScope: "Beyond scope",
  findings: "Findings",
  checks: "Checks",
  time: "Time",
  price: "Price",
};
const columns = Object.keys(columnWords) as CandidateColumn[];

/** The answers as rows that can be sorted by any column, selected for comparison, and chosen. */
export function CandidateTable({
  projectId,
  board: { items, chosenGenerationId },
  compared,
  onToggle,
  canChoose,
  choosing,
  onChoose,
}: {
  projectId: ProjectId;
  board: CandidateSetOutput;
  compared: readonly GenerationId[];
  onToggle: (generationId: GenerationId) => void;
  canChoose: boolean;
  /** The one that is being chosen. */
  choosing: string | null;
  onChoose: (candidate: CandidateOutput) => void;
}) {
  const [order, setOrder] = useState<CandidateOrder>({ column: "place", isDescending: false });
  return (
    // Wider than a phone: the table scrolls in its frame, not the page.
    <div role="region" aria-label="Candidates" tabIndex={0} className="relative overflow-x-auto rounded-md border">
      <table className="w-full text-sm">
        <thead className="border-b bg-surface text-left text-xs text-muted">
          <tr>
            <th scope="col" className="w-8 py-1 pl-3">
              <span className="sr-only">Compare</span>
            </th>
            {columns.map((column) => (
              <SortHeader key={column} column={column} order={order} onSort={setOrder} />
            ))}
            <th scope="col" className="px-1.5 font-normal">
              State
            </th>
            <th scope="col" className="sticky right-0 border-l bg-surface pr-3">
              <span className="sr-only">Choose</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sortCandidates({ items, order }).map((item) => (
            <CandidateRow
              key={item.place}
              projectId={projectId}
              item={item}
              isChosen={item.generationId !== null && item.generationId === chosenGenerationId}
              isCompared={item.generationId !== null && compared.includes(item.generationId)}
              onToggle={onToggle}
              canChoose={canChoose}
              isChoosing={choosing !== null && choosing === item.generationId}
              onChoose={() => onChoose(item)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SortHeader({
  column,
  order,
  onSort,
}: {
  column: CandidateColumn;
  order: CandidateOrder;
  onSort: (order: CandidateOrder) => void;
}) {
  const isSorted = order.column === column;
  const Arrow = order.isDescending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (order.isDescending ? "descending" : "ascending") : "none"}
      className="px-1.5 py-1 font-normal whitespace-nowrap"
    >
      <button
        type="button"
        className="inline-flex min-h-6 items-center gap-1 rounded-sm hover:text-foreground"
        onClick={() => onSort({ column, isDescending: isSorted && !order.isDescending })}
      >
        {columnWords[column]}
        <Arrow aria-hidden className={isSorted ? "size-3" : "invisible size-3"} />
      </button>
    </th>
  );
}

function CandidateRow({
  projectId,
  item,
  isChosen,
  isCompared,
  onToggle,
  canChoose,
  isChoosing,
  onChoose,
}: {
  projectId: ProjectId;
  item: CandidateOutput;
  isChosen: boolean;
  isCompared: boolean;
  onToggle: (generationId: GenerationId) => void;
  canChoose: boolean;
  isChoosing: boolean;
  onChoose: () => void;
}) {
  const { place, runId, model, status, generationId, version, counts, failure } = item;
  const name = `Candidate ${place + 1}`;
  const checks = describeChecks(item.checks);
  const time = readFigure({ item, column: "time" });
  return (
    <tr className="border-b align-top last:border-b-0">
      <td className="py-2 pl-3">
        {generationId !== null && (
          <Checkbox
            label={`Compare candidate ${place + 1}`}
            isLabelHidden
            isChecked={isCompared}
            onChange={() => onToggle(generationId)}
          />
        )}
      </td>
      <td className="min-w-36 px-2 py-2">
        <Link href={runHref({ projectId, runId })} className="font-medium hover:underline">
          {name}
        </Link>
        <p className="font-mono text-xs wrap-anywhere text-muted">{model}</p>
        {item.summary !== null && <p className="mt-0.5 line-clamp-2 max-w-80 text-xs text-muted">{item.summary}</p>}
        {failure !== null && <p className="mt-0.5 max-w-80 text-xs text-negative">{failure.message}</p>}
      </td>
      <td className="px-1.5 py-2 whitespace-nowrap tabular-nums">{counts === null ? "–" : describeFiles(counts)}</td>
      <td className="px-1.5 py-2 whitespace-nowrap">
        {counts === null ? "–" : <LineCounts additions={item.additions} deletions={item.deletions} />}
      </td>
      <td className="px-1.5 py-2 tabular-nums">{counts === null ? "–" : item.beyondScopeCount}</td>
      <td className="px-1.5 py-2 tabular-nums">{counts === null ? "–" : item.issueCount}</td>
      <td className="px-1.5 py-2 whitespace-nowrap">
        {checks !== null ? <Badge tone={checks.tone}>{checks.text}</Badge> : counts === null ? "–" : "none"}
      </td>
      <td className="px-1.5 py-2 whitespace-nowrap tabular-nums">
        {isActive(status) ? <Elapsed startedAt={item.createdAt} /> : time === null ? "–" : formatDuration(time)}
      </td>
      <td className="px-1.5 py-2 whitespace-nowrap tabular-nums">
        {item.costUsd === null ? "–" : formatCost(item.costUsd)}
      </td>
      <td className="px-1.5 py-2 whitespace-nowrap">
        {isChosen ? <Badge tone="positive">chosen</Badge> : <RunStatusLabel status={status} />}
        {version !== null && generationId !== null && (
          <p>
            <Link
              href={reviewHref({ projectId, generationId })}
              className="inline-flex min-h-6 items-center font-mono text-xs underline"
            >
              Review v{version}
            </Link>
          </p>
        )}
      </td>
      {/* In view even if the table scrolls. */}
      <td className="sticky right-0 border-l bg-background py-1.5 pr-3 pl-1.5 text-right">
        {canChoose && generationId !== null && (
          <Button size="sm" aria-label={`Choose candidate ${place + 1}`} isPending={isChoosing} onClick={onChoose}>
            Choose
          </Button>
        )}
      </td>
    </tr>
  );
}

/** "2 changed, 1 added": zero counts are omitted. */
function describeFiles({ modified, added, deleted, moved }: NonNullable<CandidateOutput["counts"]>): string {
  const parts = [
    [modified, "changed"],
    [added, "added"],
    [deleted, "deleted"],
    [moved, "moved"],
  ].flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]));
  return parts.length === 0 ? "none" : parts.join(", ");
}
