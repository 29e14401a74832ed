import type { ThreadGeneration } from "#lib/contracts/runs/thread.ts";
import { formatDuration } from "#lib/format-amount.ts";
import { kindWords } from "../../generation/kind-words.ts";
import { LedgerLine } from "../../generation/ledger-line.tsx";
import { CheckMarkText } from "../../checks/check-mark-text.tsx";
import type { CheckMark } from "../../checks/check-marks.ts";
import { Badge } from "../../ui/badge.tsx";
import { cn } from "../../ui/class-names.ts";
import { entryWords } from "./entry-lines.ts";

/** These kinds are titled by their prompt. */
const promptedKinds = new Set(["create", "iterate"]);

/** The version, its kind, and its parent if that is not the version before. */
export function VersionHead({
  version: { version, generationKind, isHead, label, validation },
  branchesFrom,
  isBrief = false,
}: {
  version: ThreadGeneration;
  /** Its parent, if another version is between them. */
  branchesFrom: number | null;
  isBrief?: boolean;
}) {
  return (
    <>
      <span className="shrink-0 font-mono text-xs font-semibold">v{version}</span>
      {isHead && (isBrief ? <Dot className="bg-accent" label="active" /> : <Badge tone="accent">active</Badge>)}
      {validation.status === "failed" && <Dot className="bg-negative" label="checks failed" />}
      {!isBrief && (
        <span className="min-w-0 truncate text-xs text-muted">
          {[
            ...(label === null ? [] : [label]),
            ...(promptedKinds.has(generationKind) ? [] : [kindWords[generationKind]]),
            ...(branchesFrom === null ? [] : [`from v${branchesFrom}`]),
          ].join(" · ")}
        </span>
      )}
    </>
  );
}

export function VersionWords({ version }: { version: ThreadGeneration }) {
  return entryWords(version);
}

/** The ledger, the plan's progress, the checks and the duration. */
export function VersionFoot({
  version: { counts, plan, validation, durationMs },
  checkMark,
}: {
  version: ThreadGeneration;
  checkMark: CheckMark | null;
}) {
  const { issueCount } = validation;
  return (
    <>
      <LedgerLine counts={counts} className="min-w-0 truncate" />
      {plan !== null && (
        <span className={cn("shrink-0", plan.doneCount < plan.count && "text-caution")}>
          plan {plan.doneCount}/{plan.count}
        </span>
      )}
      {issueCount > 0 && (
        <span className="shrink-0 text-caution">{issueCount === 1 ? "1 finding" : `${issueCount} findings`}</span>
      )}
      {checkMark !== null && <CheckMarkText mark={checkMark} />}
      {durationMs !== null && <span className="ml-auto shrink-0 text-faint">{formatDuration(durationMs)}</span>}
    </>
  );
}

function Dot({ className, label }: { className: string; label: string }) {
  return (
    <span className="inline-flex shrink-0 items-center">
      <span aria-hidden className={cn("size-2 rounded-full", className)} />
      <span className="sr-only">{label}</span>
    </span>
  );
}
