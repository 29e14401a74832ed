import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { whyFolded } from "./surface-items.ts";

/** The user's own folding and unfolding. */
type ChosenFolds = ReadonlyMap<FilePath, boolean>;

/** The folded files: initially folded or viewed ones, unless the user folded or unfolded them. */
export function listFolded({
  files,
  viewedPaths,
  chosen,
}: {
  files: readonly ReviewFile[];
  viewedPaths: ReadonlySet<FilePath>;
  chosen: ChosenFolds;
}): ReadonlySet<string> {
  return new Set(
    files
      .filter((file) => chosen.get(file.path) ?? (viewedPaths.has(file.path) || whyFolded(file) !== null))
      .map(({ path }) => path),
  );
}

/** Stores what the user folds and unfolds in a review. */
export class Folding {
  readonly #listeners = new Set<() => void>();
  #chosen: ChosenFolds = new Map();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): ChosenFolds => this.#chosen;

  readonly fold = ({ paths, isFolded }: { paths: readonly FilePath[]; isFolded: boolean }): void => {
    if (paths.every((path) => this.#chosen.get(path) === isFolded)) return;
    this.#set(new Map([...this.#chosen, ...paths.map((path) => [path, isFolded] as const)]));
  };

  /** Forgets what the user folded: the file's folding follows its viewed mark again. */
  readonly followMark = (path: FilePath): void => {
    if (this.#chosen.has(path)) this.#set(new Map([...this.#chosen].filter(([other]) => other !== path)));
  };

  #set(chosen: ChosenFolds): void {
    this.#chosen = chosen;
    for (const listener of this.#listeners) listener();
  }
}
