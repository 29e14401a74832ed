import { ChevronDown, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import type { BriefFact, BriefFactKind, BriefOutput } from "#lib/contracts/comparisons/brief.ts";
import type { FileDiffStatus } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { ContinueSteps } from "../conversation/continue-steps.tsx";
import { BriefDetails } from "../generation/brief-details.tsx";
import { countSteps, describeUndoneSteps } from "../generation/describe-steps.ts";
import { useVersionBrief } from "../generation/version-brief.ts";
import { SchemaBrief } from "../schema/schema-brief.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { useStoredText } from "../ui/hooks/stored-text.ts";

/** The facts by which the file list can be filtered. */
const filters: Partial<Record<BriefFactKind, FileDiffStatus>> = { moved: "moved", added: "added", deleted: "deleted" };

const linkClass = "rounded-sm text-left break-words hover:underline";

/**
 * The brief above the lines: one row until it is opened, so that loading does not move the lines. Facts filter the list
 * or go to their first file; paths go to theirs.
 */
export function ReviewBrief({
  projectId,
  base,
  head,
  onGoTo,
  onFilter,
  aside,
}: {
  projectId: ProjectId;
  base: GenerationId;
  head: GenerationId;
  onGoTo: (path: FilePath) => void;
  onFilter: (status: FileDiffStatus) => void;
  /** At the end of the row. */
  aside: ReactNode;
}) {
  const { data, error, refetch } = useVersionBrief({ generationId: head, against: base });
  const [stored, setStored] = useStoredText("graft.review.brief");
  const isOpen = stored === "open";
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  const renderFact = ({ kind, text, paths: [path] }: BriefFact) => {
    const status = filters[kind];
    const act = status !== undefined ? () => onFilter(status) : path === undefined ? null : () => onGoTo(path);
    return act === null ? (
      text
    ) : (
      <button type="button" onClick={act} className={`min-h-6 ${linkClass}`}>
        {text}
      </button>
    );
  };
  return (
    <section aria-label="In brief" className="border-b">
      <div className="flex">
        <button
          type="button"
          aria-expanded={isOpen}
          disabled={data === undefined && error === null}
          onClick={() => (error === null ? setStored(isOpen ? null : "open") : void refetch())}
          className="flex h-8 min-w-0 flex-1 items-center gap-1.5 px-3 text-left text-sm -outline-offset-2 hover:bg-hover"
        >
          <Chevron aria-hidden className="size-4 shrink-0 text-muted" />
          {data !== undefined ? (
            <span className="min-w-0 truncate">{describeBriefly(data)}</span>
          ) : error === null ? (
            <>
              <span className="sr-only">Loading the brief</span>
              <Skeleton className="h-4 w-80 max-w-full" />
            </>
          ) : (
            <span className="min-w-0 truncate text-muted">
              The brief did not load. The lines below are complete. Try again
            </span>
          )}
        </button>
        {aside}
      </div>
      {isOpen && data !== undefined && (
        <div className="max-h-60 overflow-y-auto px-3 pb-2 pl-8.5">
          <BriefDetails
            brief={data}
            showsPrompts
            continueSteps={<ContinueSteps projectId={projectId} generationId={head} plan={data.plan ?? []} />}
            schema={<SchemaBrief projectId={projectId} base={base} head={head} />}
            links={{
              renderFact,
              renderPath: (path, text) => (
                <button
                  type="button"
                  onClick={() => onGoTo(path)}
                  className={`font-mono text-xs break-all ${linkClass}`}
                >
                  {text}
                </button>
              ),
            }}
          />
        </div>
      )}
    </section>
  );
}

/** Overflow is truncated at the end, so the most important facts come first. */
function describeBriefly({ summary, prompts, facts, plan = [], risks }: BriefOutput): string {
  const risky = risks.length === 0 ? [] : [risks.length === 1 ? "1 risk" : `${risks.length} risks`];
  const undone = describeUndoneSteps(plan);
  const planned = plan.length === 0 ? [] : [undone ?? countSteps(plan)];
  const words = summary === undefined ? (prompts.length > 1 ? [`${prompts.length} prompts between`] : []) : [summary];
  return [...risky, ...planned, ...words, ...facts.map(({ text }) => text)].join(" · ");
}
