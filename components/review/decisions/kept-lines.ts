import { useMemo } from "react";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import { useStoredText } from "../../ui/stored-text.ts";
import {
  formatKeptSteps,
  nothingKept,
  parseKeptSteps,
  toggleFile,
  toggleHunk,
  type KeptChoice,
} from "./kept-choice.ts";

/**
 * What a person wants back from the parent, with every step of choosing it, so that each can be taken back. The browser
 * keeps it for the comparison until a version is made of it.
 */
export function useKeptLines({ base, head }: { base: GenerationId; head: GenerationId }) {
  const [stored, setStored] = useStoredText(`graft.kept.${base}.${head}`);
  const steps = useMemo(() => parseKeptSteps(stored), [stored]);
  const setSteps = (next: readonly KeptChoice[]) => setStored(formatKeptSteps(next));
  const choice = steps.at(-1) ?? nothingKept;
  const hunks = useMemo(
    () => new Map([...choice].flatMap(([path, value]) => (value === "file" ? [] : [[path as string, value] as const]))),
    [choice],
  );
  return {
    choice,
    /** What holds when the last step is taken back. */
    before: steps.at(-2) ?? nothingKept,
    /** The chosen hunks by path, without the files that are kept whole. */
    hunks,
    toggleFile: (path: FilePath) => setSteps([...steps, toggleFile({ choice, path })]),
    toggleHunk: (target: { path: FilePath; hunk: number }) => setSteps([...steps, toggleHunk({ choice, ...target })]),
    undo: () => setSteps(steps.slice(0, -1)),
    clear: () => setStored(null),
  };
}

export type KeptLines = ReturnType<typeof useKeptLines>;
