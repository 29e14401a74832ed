import type { ReactNode } from "react";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import { FileHeader } from "../../diff-surface/header/file-header.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { FindingBadge } from "../findings/finding-badge.tsx";
import type { Finding } from "../findings/list-findings.ts";
import type { Decision } from "./choices.ts";
import { DecisionChoice, type DecisionWords } from "./decision-choice.tsx";

/** The header of a file with a decision. */
export function DecidedFileHeader({
  file,
  note,
  problem,
  isFolded,
  onToggle,
  decision,
  words,
  onDecide,
  findings,
  onGoToFinding,
  onRetry,
  fileNotes,
}: {
  file: ReviewFile;
  note: string | undefined;
  /** Why it cannot be decided on. */
  problem: string | undefined;
  isFolded: boolean;
  /** Null if it has no lines. */
  onToggle: (() => void) | null;
  decision: Decision | "mixed" | null;
  words: DecisionWords;
  onDecide: (decision: Decision) => void;
  findings: readonly Finding[];
  onGoToFinding: (finding: Finding) => void;
  /** Null once the file's diff is loaded. */
  onRetry: (() => void) | null;
  /** The notes of the file if its lines are not rendered. */
  fileNotes: ReactNode;
}) {
  return (
    <FileHeader
      file={file}
      note={note}
      isCollapsed={isFolded}
      onToggle={onToggle}
      details={
        <>
          {problem !== undefined && <span className="text-xs text-caution">{problem}</span>}
          <FindingBadge findings={findings} onGoTo={onGoToFinding} />
          {decision === "mixed" && <Badge tone="accent">by lines</Badge>}
        </>
      }
      actions={
        <>
          {onRetry !== null && (
            <Button size="sm" onClick={onRetry}>
              Retry
            </Button>
          )}
          {problem === undefined && (
            <DecisionChoice
              label={`Decision on ${file.path}`}
              words={words}
              status={file.status}
              value={decision === "mixed" ? null : decision}
              onChange={onDecide}
            />
          )}
        </>
      }
    >
      {fileNotes}
    </FileHeader>
  );
}
