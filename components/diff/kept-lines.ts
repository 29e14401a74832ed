import { useMemo, useState } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import { nothingKept, toggleFile, toggleHunk } from "./kept-choice.ts";
import type { KeptChoice } from "./kept-choice.ts";

/** What a person wants back from the parent, with every step of choosing it, so that each can be taken back. */
export function useKeptLines() {
  const [steps, setSteps] = useState<readonly KeptChoice[]>([]);
  const choice = steps.at(-1) ?? nothingKept;
  const hunks = useMemo(() => new Map([...choice].flatMap(([path, value]) => (value === "file" ? [] : [[path as string, value] as const]))), [choice]);
  return {
    choice,
    /** The chosen hunks by path, without the files that are kept whole. */
    hunks,
    toggleFile: (path: FilePath) => setSteps([...steps, toggleFile({ choice, path })]),
    toggleHunk: (target: { path: FilePath; hunk: number }) => setSteps([...steps, toggleHunk({ choice, ...target })]),
    undo: () => setSteps(steps.slice(0, -1)),
    clear: () => setSteps([]),
  };
}
