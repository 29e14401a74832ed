"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import type { RunId } from "#lib/contracts/ids.ts";
import type { LedgerEntry } from "#lib/contracts/ledger.ts";
import type { ValidationIssue } from "#lib/contracts/validation.ts";
import { isDoubt } from "#lib/is-doubt.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { PatchView } from "../../diff-surface/patch-view.tsx";
import { ChangeRow } from "../../generation/change-list.tsx";
import { Choice, type ChoiceOption } from "../../ui/choice.tsx";
import { cn } from "../../ui/class-names.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { IssueItem } from "../../validation/issue-list.tsx";

export type Decision = "keep-parent" | "accept" | "repair";

const keepParent: ChoiceOption<Decision> = {
  value: "keep-parent",
  label: "Keep old",
  description: "This file stays as it was.",
};
const accept: ChoiceOption<Decision> = {
  value: "accept",
  label: "Take new",
  description: "The change is what you want.",
};
const repair: ChoiceOption<Decision> = {
  value: "repair",
  label: "Ask again",
  description: "The model does this file again, from the old text. The other files stay as decided here.",
};

const leaveOut: ChoiceOption<Decision> = {
  value: "keep-parent",
  label: "Leave out",
  description: "The file is new; the version will not have it.",
};

/** One file of what a run holds: its findings, the old text beside the new one, and the user's decision. */
export function HeldFile({
  runId,
  change,
  issues,
  decision,
  onDecide,
  isOpen,
  onToggle,
}: {
  runId: RunId;
  change: LedgerEntry;
  issues: readonly ValidationIssue[];
  /** Null until the proposed decisions are loaded. */
  decision: Decision | null;
  onDecide: (decision: Decision) => void;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const isDoubtful = issues.some(isDoubt);
  const options = [change.disposition === "added" ? leaveOut : keepParent, accept, ...(isDoubtful ? [repair] : [])];
  return (
    <li className="border-b last:border-b-0">
      <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 py-1 pr-2 pl-1">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={onToggle}
          className="flex min-h-8 min-w-0 flex-1 basis-60 items-center gap-2 rounded-sm px-1 text-left hover:bg-hover"
        >
          <ChevronRight
            aria-hidden
            className={cn(
              "size-4 shrink-0 text-muted transition-transform duration-100 motion-reduce:transition-none",
              isOpen && "rotate-90",
            )}
          />
          <ChangeRow change={change} />
        </button>
        <Choice label={`Decision on ${change.path}`} value={decision} options={options} onChange={onDecide} />
      </div>
      {issues.length > 0 && (
        <ul aria-label={`Findings in ${change.path}`} className="border-t">
          {issues.map((issue, index) => (
            <IssueItem key={index} issue={issue} />
          ))}
        </ul>
      )}
      {isOpen && (
        <div className="border-t p-2">
          <HeldDiff runId={runId} path={change.path} />
        </div>
      )}
    </li>
  );
}

function HeldDiff({ runId, path }: { runId: RunId; path: LedgerEntry["path"] }) {
  const trpc = useTRPC();
  // What an ended run holds does not change any more.
  const file = useQuery(trpc.run.heldFile.queryOptions({ runId, path }, { staleTime: Number.POSITIVE_INFINITY }));
  if (file.data === undefined)
    return file.error === null ? (
      <Skeleton className="h-40 w-full" />
    ) : (
      <ErrorState error={file.error} onRetry={() => void file.refetch()} />
    );
  if (file.data.patch === "")
    return <p className="px-1 text-sm text-muted">The text is the same. Only its place changes.</p>;
  return (
    <PatchView
      path={path}
      patch={file.data.patch}
      cacheKey={`held:${runId}:${path}`}
      label={`Old and new text of ${path}`}
    />
  );
}
