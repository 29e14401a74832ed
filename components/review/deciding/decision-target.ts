import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { Change } from "../session/review-changes.ts";
import type { Cause } from "./causes.ts";

/** The target of a decision by key: the smallest unit at the current position. */
export type DecisionTarget =
  | { level: "lines"; change: Change }
  | { level: "file"; file: ReviewFile }
  | { level: "cause"; cause: Cause }
  | { level: "all"; paths: readonly FilePath[] };

/** Lines can be decided on if both sides have some; a file on one side only is decided on whole. */
export function canDecideLines({
  file,
  wholePaths,
}: {
  file: ReviewFile | undefined;
  wholePaths: ReadonlySet<FilePath> | undefined;
}): boolean {
  return (
    file !== undefined &&
    !file.isBinary &&
    (file.status === "modified" || file.status === "moved") &&
    wholePaths?.has(file.path) !== true
  );
}

export function pathsOf(target: DecisionTarget): readonly FilePath[] {
  switch (target.level) {
    case "lines":
      return [target.change.path];
    case "file":
      return [target.file.path];
    case "cause":
      return target.cause.paths;
    case "all":
      return target.paths;
  }
}

/** `lines 3–7 of app/main.py`, and so on. */
export function describeTarget(target: DecisionTarget): string {
  switch (target.level) {
    case "lines": {
      const { first, last, side, path } = target.change;
      const numbers = first === last ? `line ${first}` : `lines ${first}–${last}`;
      return `${side === "deletions" ? "old " : ""}${numbers} of ${path}`;
    }
    case "file":
      return target.file.path;
    case "cause":
      return `${countFiles(target.cause.paths.length)}: ${target.cause.title}`;
    case "all":
      return `all ${countFiles(target.paths.length)}`;
  }
}

function countFiles(count: number): string {
  return count === 1 ? "1 file" : `${count} files`;
}
