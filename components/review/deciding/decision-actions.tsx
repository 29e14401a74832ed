import { Check, Undo2 } from "lucide-react";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { HunkActions } from "../../diff-surface/surface-types.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { ReviewPatch } from "../data/review-patches.ts";
import { lineDecisionOf, type Choices, type Decision } from "./choices.ts";
import type { DecisionWords } from "./decision-choice.tsx";

/** The line groups whose old lines are kept, by file, for rendering. */
export function listOldLines({
  choices,
  patches,
}: {
  choices: Choices;
  patches: ReadonlyMap<FilePath, ReviewPatch>;
}): HunkActions["old"] {
  return new Map(
    [...choices].flatMap(([path, choice]) => {
      const indexes = (patches.get(path)?.hunks ?? []).flatMap((_, index) =>
        choice.whole === "again" || lineDecisionOf({ choice, index }) === "old" ? [index] : [],
      );
      return indexes.length === 0 ? [] : [[path as string, new Set(indexes)] as const];
    }),
  );
}

/** The buttons "take" and "keep old" for one line group. */
export function listDecisionActions({
  choices,
  words: { take, old, leaveOut = old },
  fileByPath,
  onDecide,
}: {
  choices: Choices;
  words: DecisionWords;
  fileByPath: ReadonlyMap<string, ReviewFile>;
  onDecide: (target: { path: FilePath; index: number; decision: Decision }) => void;
}): HunkActions["list"] {
  return ({ id, hunk: index }) => {
    const path = id as FilePath;
    const made = lineDecisionOf({ choice: choices.get(path), index });
    const oldWords = fileByPath.get(id)?.status === "added" ? leaveOut : old;
    return [
      {
        label: take.label,
        name: `${take.label}: these lines`,
        icon: <Check aria-hidden />,
        isPressed: made === "take",
        act: () => onDecide({ path, index, decision: "take" }),
      },
      {
        label: oldWords.label,
        name: `${oldWords.label}: these lines`,
        icon: <Undo2 aria-hidden />,
        isPressed: made === "old",
        act: () => onDecide({ path, index, decision: "old" }),
      },
    ];
  };
}
