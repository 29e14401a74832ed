import type { FilePath } from "#lib/contracts/ids.ts";

/** What a person wants back from the parent: whole files, or hunks of a file by their index. In the order of choosing. */
export type KeptChoice = ReadonlyMap<FilePath, "file" | ReadonlySet<number>>;

export const nothingKept: KeptChoice = new Map();

export function toggleFile({ choice, path }: { choice: KeptChoice; path: FilePath }): KeptChoice {
  const next = new Map(choice);
  next.delete(path);
  return choice.get(path) === "file" ? next : next.set(path, "file");
}

/** A hunk of a file that is kept whole is kept already: choosing it then chooses nothing. */
export function toggleHunk({ choice, path, hunk }: { choice: KeptChoice; path: FilePath; hunk: number }): KeptChoice {
  const known = choice.get(path);
  if (known === "file") return choice;
  const hunks = new Set(known);
  if (!hunks.delete(hunk)) hunks.add(hunk);
  const next = new Map(choice);
  next.delete(path);
  return hunks.size === 0 ? next : next.set(path, hunks);
}

/** `2 hunks, 1 file`, and so on. */
export function describeKept(choice: KeptChoice): string {
  const values = [...choice.values()];
  const fileCount = values.filter((value) => value === "file").length;
  const hunkCount = values.reduce((sum, value) => sum + (value === "file" ? 0 : value.size), 0);
  const parts = [
    hunkCount === 0 ? "" : `${hunkCount} ${hunkCount === 1 ? "hunk" : "hunks"}`,
    fileCount === 0 ? "" : `${fileCount} ${fileCount === 1 ? "file" : "files"}`,
  ];
  return parts.filter((part) => part !== "").join(", ");
}

/** The steps of choosing as a browser keeps them, the last one being what holds; null for none. */
export function formatKeptSteps(steps: readonly KeptChoice[]): string | null {
  return steps.length === 0
    ? null
    : JSON.stringify(
        steps.map((choice) => [...choice].map(([path, value]) => [path, value === "file" ? "file" : [...value]])),
      );
}

/** What cannot be read is as good as nothing. */
export function parseKeptSteps(text: string | null): KeptChoice[] {
  const steps = parseJson(text);
  return Array.isArray(steps) && steps.every(isStep)
    ? steps.map(
        (step) => new Map(step.map(([path, value]) => [path, value === "file" ? "file" : new Set(value)] as const)),
      )
    : [];
}

function isStep(step: unknown): step is [FilePath, "file" | number[]][] {
  return (
    Array.isArray(step) &&
    step.every(
      (entry) =>
        Array.isArray(entry) &&
        typeof entry[0] === "string" &&
        (entry[1] === "file" || (Array.isArray(entry[1]) && entry[1].every(Number.isInteger))),
    )
  );
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "[]");
  } catch {
    return [];
  }
}
