import type { FilePath } from "#lib/contracts/ids.ts";

/** What to do with a change: take it, keep the old text, or have the model redo it. */
export type Decision = "take" | "old" | "again";

/** The decision for one line group: `old-take` and `take-old` are both in that order; a text is custom. */
export type LineDecision = "take" | "old" | "old-take" | "take-old" | { text: string };

/** Null: undecided. Line groups by index; unlisted ones follow the whole file. */
export type FileChoice = { whole: Decision | null; lines: ReadonlyMap<number, LineDecision> };

export type Choices = ReadonlyMap<FilePath, FileChoice>;

const noLines: FileChoice["lines"] = new Map();

export function decideFiles({
  choices,
  paths,
  decision,
}: {
  choices: Choices;
  paths: readonly FilePath[];
  decision: Decision;
}): Choices {
  return new Map([...choices, ...paths.map((path) => [path, { whole: decision, lines: noLines }] as const)]);
}

/**
 * Decides on one line group of a file with `lineCount` groups. If every group is taken, the file is taken as a whole.
 * If every group is old, the file is old as a whole, unless it is `isMoved`: its path still changes.
 */
export function decideLines({
  choices,
  path,
  index,
  lineCount,
  isMoved,
  decision,
}: {
  choices: Choices;
  path: FilePath;
  index: number;
  lineCount: number;
  isMoved: boolean;
  decision: LineDecision;
}): Choices {
  const before = choices.get(path) ?? { whole: null, lines: noLines };
  // A redo by the model cannot be mixed with existing lines: the other groups are taken.
  const whole = before.whole === "again" ? "take" : before.whole;
  const lines = new Map(before.lines).set(index, decision);
  const [only, ...others] = new Set(Array.from({ length: lineCount }, (_, each) => lines.get(each) ?? whole));
  const isWhole = others.length === 0 && (only === "take" || (only === "old" && !isMoved));
  return new Map(choices).set(path, isWhole ? { whole: only, lines: noLines } : { whole, lines });
}

/** The decision for one line group; null if it is undecided, or if the file is redone. */
export function lineDecisionOf({
  choice,
  index,
}: {
  choice: FileChoice | undefined;
  index: number;
}): LineDecision | null {
  const own = choice?.lines.get(index);
  if (own !== undefined) return own;
  return choice === undefined || choice.whole === "again" ? null : choice.whole;
}

/** The decision for a whole file; `mixed` if its line groups differ, null if it is undecided. */
export function fileDecisionOf(choice: FileChoice | undefined): Decision | "mixed" | null {
  if (choice === undefined) return null;
  return choice.lines.size === 0 ? choice.whole : "mixed";
}

/** The common decision for all of these files; null if they differ or are undecided. */
export function commonDecision({ choices, paths }: { choices: Choices; paths: readonly FilePath[] }): Decision | null {
  const made = new Set(paths.map((path) => fileDecisionOf(choices.get(path))));
  const [only] = made;
  return made.size === 1 && only !== undefined && only !== "mixed" ? only : null;
}

export type ChoiceCounts = { taken: number; old: number; again: number; mixed: number; open: number };

export function countChoices({ choices, paths }: { choices: Choices; paths: readonly FilePath[] }): ChoiceCounts {
  const counts: ChoiceCounts = { taken: 0, old: 0, again: 0, mixed: 0, open: 0 };
  for (const path of paths) {
    const decision = fileDecisionOf(choices.get(path));
    counts[decision === "take" ? "taken" : (decision ?? "open")] += 1;
  }
  return counts;
}

/** Stored decision steps; the last one is current. */
export function formatSteps(steps: readonly Choices[]): string {
  return JSON.stringify(
    steps.map((choices) => [...choices].map(([path, { whole, lines }]) => [path, whole, [...lines]])),
  );
}

/** Only existing files are read; unreadable data is ignored. */
export function parseSteps({ text, paths }: { text: string | null; paths: readonly FilePath[] }): Choices[] {
  const known = new Set<string>(paths);
  const steps = parseJson(text);
  return Array.isArray(steps) && steps.every((step) => Array.isArray(step) && step.every(isEntry))
    ? steps.map(
        (step: Entry[]) =>
          new Map(
            step.flatMap(([path, whole, lines]) =>
              known.has(path) ? [[path, { whole, lines: new Map(lines) }] as const] : [],
            ),
          ),
      )
    : [];
}

type Entry = [FilePath, Decision | null, [number, LineDecision][]];

const decisions: readonly unknown[] = ["take", "old", "again", null];
const lineDecisions: readonly unknown[] = ["take", "old", "old-take", "take-old"];

function isEntry(entry: unknown): entry is Entry {
  if (!Array.isArray(entry) || entry.length !== 3 || typeof entry[0] !== "string") return false;
  const [, whole, lines] = entry as unknown[];
  return decisions.includes(whole) && Array.isArray(lines) && lines.every(isLine);
}

function isLine(line: unknown): boolean {
  if (!Array.isArray(line) || line.length !== 2 || !Number.isInteger(line[0])) return false;
  const decision: unknown = line[1];
  return (
    lineDecisions.includes(decision) ||
    (typeof decision === "object" && decision !== null && "text" in decision && typeof decision.text === "string")
  );
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "[]");
  } catch {
    return [];
  }
}
