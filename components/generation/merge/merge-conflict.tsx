import type { HunkDecision } from "#lib/contracts/hunk-decision.ts";
import type { MergeConflictOutput } from "#lib/contracts/generation.ts";
import { describeMode } from "#lib/describe-mode.ts";
import { formatCount } from "#lib/format-count.ts";
import { PatchView } from "../../diff-surface/patch-view.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Choice } from "../../ui/choice.tsx";
import { countOpenIn, decideHunk, listHunks, type FileDecision, type Side } from "./merge-decisions.ts";
import { MergeHunk } from "./merge-hunk.tsx";

const reasons: Record<MergeConflictOutput["reason"], string> = {
  "both-changed": "Both versions changed the same lines.",
  "both-added": "Both versions added this file.",
  "changed-and-deleted": "One version changed it, the other deleted or moved it.",
  "same-place": "Another file has the same place on many file systems.",
};

/** Settled lines that stand around a place, so that one sees where it is. */
const contextLines = 3;

/** One file that does not go together by itself: decided on place by place where it is text, or whole. */
export function MergeConflict({
  conflict,
  names,
  cacheKey,
  decision,
  onDecide,
}: {
  conflict: MergeConflictOutput;
  names: { ours: string; theirs: string };
  cacheKey: string;
  decision: FileDecision | undefined;
  onDecide: (decision: FileDecision) => void;
}) {
  const { path, reason, patch, parts, oursMode, theirsMode } = conflict;
  const mode = describeMode({ oldMode: oursMode, newMode: theirsMode });
  const openCount = countOpenIn({ conflict, decision });
  return (
    <li className="overflow-hidden rounded-md border">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-2 py-1.5">
        <h3 className="min-w-40 flex-1 font-mono text-xs break-all">{path}</h3>
        <Badge tone={openCount === 0 ? "positive" : "caution"}>
          {openCount === 0 ? "decided" : `${openCount} open`}
        </Badge>
        <Choice<Side>
          label={`Version of ${path}`}
          value={decision !== undefined && "take" in decision ? decision.take : null}
          options={[
            {
              value: "ours",
              label: `File of ${names.ours}`,
              description: `Take the whole file of ${names.ours}, the active version`,
            },
            {
              value: "theirs",
              label: `File of ${names.theirs}`,
              description: `Take the whole file of ${names.theirs}`,
            },
          ]}
          onChange={(take) => onDecide({ take })}
        />
        <p className="w-full text-xs text-muted">
          {reasons[reason]}
          {mode !== null && oursMode !== theirsMode && ` From ${names.ours} to ${names.theirs}: ${mode}.`}
          {parts !== null && " Decide on each place, or take one version's file."}
        </p>
      </div>
      {parts !== null ? (
        <Places conflict={conflict} names={names} decision={decision} onDecide={onDecide} />
      ) : (
        patch !== "" && (
          <div className="px-2 pb-2">
            <PatchView
              path={path}
              patch={patch}
              cacheKey={cacheKey}
              label={`${names.ours} and ${names.theirs} of ${path}`}
              sides={[names.ours, names.theirs]}
            />
          </div>
        )
      )}
    </li>
  );
}

function Places({
  conflict,
  names,
  decision,
  onDecide,
}: {
  conflict: MergeConflictOutput;
  names: { ours: string; theirs: string };
  decision: FileDecision | undefined;
  onDecide: (decision: FileDecision) => void;
}) {
  const parts = conflict.parts ?? [];
  const count = listHunks(conflict).length;
  const decideOn = (index: number): HunkDecision | null =>
    decision === undefined ? null : "take" in decision ? { take: decision.take } : (decision.hunks[index] ?? null);
  return parts.map((part, position) => {
    if (part.type === "settled")
      return (
        <Settled key={position} text={part.text} isFirst={position === 0} isLast={position === parts.length - 1} />
      );
    const index = parts.slice(0, position).filter(({ type }) => type === "conflict").length;
    return (
      <MergeHunk
        key={position}
        name={`Place ${index + 1} of ${count} in ${conflict.path}`}
        sides={part}
        names={names}
        decision={decideOn(index)}
        onDecide={(hunk) => onDecide(decideHunk({ conflict, decision, index, hunk }))}
      />
    );
  });
}

/** Lines without a conflict: those next to one, and how many there are in between. */
function Settled({ text, isFirst, isLast }: { text: string; isFirst: boolean; isLast: boolean }) {
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  const before = isFirst ? [] : lines.slice(0, contextLines);
  const after = isLast ? [] : lines.slice(Math.max(before.length, lines.length - contextLines));
  const hiddenCount = lines.length - before.length - after.length;
  const hidden =
    hiddenCount === 0 ? [] : [hiddenCount === 1 ? "1 more line" : `${formatCount(hiddenCount)} more lines`];
  return (
    <div
      role="group"
      aria-label="Lines without a conflict"
      className="px-4 py-1 font-mono text-xs break-words whitespace-pre-wrap text-muted"
    >
      {before.join("\n")}
      {hidden.map((words) => (
        <p key={words} className="font-sans text-faint">
          {words}
        </p>
      ))}
      {after.join("\n")}
    </div>
  );
}
