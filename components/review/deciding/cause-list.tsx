import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import { splitPath } from "../../diff-surface/header/split-path.ts";
import { StatusLetter } from "../../diff-surface/header/status-letter.tsx";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/class-names.ts";
import { FindingNote } from "../findings/finding-note.tsx";
import type { Cause } from "./causes.ts";
import type { DecidingModel } from "./deciding-model.ts";
import { commonDecision, fileDecisionOf, type Choices, type Decision } from "./choices.ts";
import { DecisionChoice, type DecisionWords } from "./decision-choice.tsx";

/** A cause with more files is initially collapsed. */
const openUpToFiles = 40;

/** Users do not read more files of one cause; its decision applies to all. */
const maxListed = 200;

/** Changes grouped by cause, each with a decision for all of its files. */
export function CauseList({
  causes,
  choices,
  words,
  model: { outside, fileByPath, navigation, aimedAt, aimAt: onAim },
  onDecide,
  onSelect,
}: {
  causes: readonly Cause[];
  choices: Choices;
  words: DecisionWords;
  model: DecidingModel;
  onDecide: (target: { paths: readonly FilePath[]; decision: Decision }) => void;
  onSelect: (path: FilePath) => void;
}) {
  const currentPath = navigation.current?.path ?? null;
  const all = causes.flatMap(({ paths }) => paths);
  return (
    <nav aria-label="Changes by cause" className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto p-2 text-sm">
      <div className={cn("flex flex-wrap items-center gap-1.5 rounded-md p-1", aimedAt === 0 && "bg-accent-surface")}>
        <button type="button" onClick={() => onAim(0)} className="min-w-20 flex-1 rounded-sm text-left font-medium">
          {all.length === 1 ? "1 change" : `${all.length} changes`}
        </button>
        <Button size="sm" onClick={() => onDecide({ paths: all, decision: "take" })}>
          Take all
        </Button>
        <Button size="sm" onClick={() => onDecide({ paths: all, decision: "old" })}>
          Keep all old
        </Button>
      </div>
      {causes.map((cause, index) => (
        <CauseGroup
          key={cause.key}
          cause={cause}
          isAimedAt={aimedAt === index + 1}
          decision={commonDecision({ choices, paths: cause.paths })}
          words={words}
          onDecide={(decision) => onDecide({ paths: cause.paths, decision })}
          onAim={() => onAim(index + 1)}
        >
          {cause.paths.slice(0, maxListed).map((path) => (
            <CauseFile
              key={path}
              file={fileByPath.get(path)}
              decision={fileDecisionOf(choices.get(path))}
              words={words}
              isCurrent={path === currentPath}
              onSelect={onSelect}
            />
          ))}
          {cause.paths.length > maxListed && (
            <li className="px-2 text-xs text-muted">And {cause.paths.length - maxListed} more.</li>
          )}
        </CauseGroup>
      ))}
      {outside.length > 0 && (
        <section aria-label="In files that stay as they are" className="overflow-hidden rounded-md border">
          <h3 className="px-2 py-1 text-xs font-medium text-muted">In files that stay as they are</h3>
          {outside.map(({ key, path, issue }) => (
            <FindingNote key={key} issue={{ ...issue, message: `${path}: ${issue.message}` }} />
          ))}
        </section>
      )}
    </nav>
  );
}

function CauseGroup({
  cause: { title, paths, isDoubtful },
  isAimedAt,
  decision,
  words,
  onDecide,
  onAim,
  children,
}: {
  cause: Cause;
  isAimedAt: boolean;
  decision: Decision | null;
  words: DecisionWords;
  onDecide: (decision: Decision) => void;
  onAim: () => void;
  children: React.ReactNode;
}) {
  const [isOpen, setIsOpen] = useState(paths.length <= openUpToFiles);
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <section
      aria-label={title}
      className={cn(
        "shrink-0 overflow-hidden rounded-md border",
        isAimedAt ? "border-accent" : isDoubtful && "border-caution/60",
      )}
    >
      <header className={cn("flex flex-wrap items-center gap-1 p-1", isAimedAt ? "bg-accent-surface" : "bg-surface")}>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-label={`${isOpen ? "Fold" : "Unfold"} ${title}`}
          onClick={() => setIsOpen(!isOpen)}
          className="flex size-6 shrink-0 items-center justify-center self-start rounded-sm text-muted hover:bg-hover"
        >
          <Chevron aria-hidden className="size-4" />
        </button>
        <button
          type="button"
          onClick={onAim}
          className="min-w-0 flex-1 basis-32 rounded-sm py-0.5 text-left break-words"
        >
          {title} <span className="text-muted">{paths.length === 1 ? "1 file" : `${paths.length} files`}</span>
        </button>
        <DecisionChoice
          label={`Decision on all: ${title}`}
          words={words}
          status={null}
          value={decision}
          onChange={onDecide}
          isBrief
        />
      </header>
      {isOpen && <ul className="border-t py-0.5">{children}</ul>}
    </section>
  );
}

function CauseFile({
  file,
  decision,
  words: { take, old, leaveOut = old, again },
  isCurrent,
  onSelect,
}: {
  file: ReviewFile | undefined;
  decision: Decision | "mixed" | null;
  words: DecisionWords;
  isCurrent: boolean;
  onSelect: (path: FilePath) => void;
}) {
  if (file === undefined) return null;
  const { path, status } = file;
  const { folder, name } = splitPath(path);
  const says = {
    take: take.label,
    old: (status === "added" ? leaveOut : old).label,
    again: again?.label ?? "",
    mixed: "by lines",
    open: "open",
  }[decision ?? "open"];
  return (
    <li>
      <button
        type="button"
        aria-current={isCurrent ? "true" : undefined}
        onClick={() => onSelect(path)}
        className={cn(
          "flex h-7 w-full items-center gap-1.5 px-2 text-left -outline-offset-2 hover:bg-hover",
          isCurrent && "bg-hover",
        )}
      >
        <StatusLetter status={status} />
        <span className="sr-only">{path}, </span>
        <span aria-hidden title={path} className="flex min-w-0 flex-1 font-mono text-xs whitespace-nowrap">
          <span className="min-w-0 shrink-[9999] truncate text-muted">{folder}</span>
          <span className="min-w-0 truncate">{name}</span>
        </span>
        <span className={cn("shrink-0 text-xs", decision === null ? "text-caution" : "text-muted")}>{says}</span>
      </button>
    </li>
  );
}
