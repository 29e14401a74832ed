import type { FilePath } from "#lib/contracts/ids.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { DiffSurfaceHandle } from "../../../diff-surface/surface-types.ts";
import type { Change, Place } from "../review-changes.ts";

/** Null lines: no selection. A jump adds a history entry, a step does not. */
export type AddressChange = { file: FilePath; L: string | null; isJump: boolean };

/** The current data of the review. */
export type PlaceData = {
  /** The files on the surface, in its order. */
  files: readonly ReviewFile[];
  changes: readonly Change[];
  /** False while there may be more changes. */
  areAllKnown: boolean;
  address: { file: string | null; lines: Place | null };
  collapsed: ReadonlySet<string>;
  viewedPaths: ReadonlySet<FilePath>;
};

/** A place's interface to its page. */
export type PlacePorts = {
  surface: () => Omit<DiffSurfaceHandle, "findTopLine" | "focus"> | null;
  /** False for a file that is added to the surface when it becomes current. */
  isOnSurface: (path: FilePath) => boolean;
  /** Unfolds a file, and shows it if a filter hides it. */
  reveal: (path: FilePath) => void;
  onAddress: (change: AddressChange) => void;
  /** Announces to screen readers. */
  say: (text: string) => void;
  /** Runs `act` after the next paint. */
  afterPaint: (act: () => void) => void;
};

export type PlaceState = {
  change: Change | null;
  selection: Place | null;
  /** The line at which the selection was started. */
  anchor: number;
  isAtLines: boolean;
};

/** Skips folded files. */
export function listOpenChanges({ changes, collapsed }: Pick<PlaceData, "changes" | "collapsed">): Change[] {
  return changes.filter(({ path }) => !collapsed.has(path));
}

export function indexOfChange({ changes, change }: { changes: readonly Change[]; change: Change | null }): number {
  return change === null ? -1 : changes.findIndex(({ path, index }) => path === change.path && index === change.index);
}
