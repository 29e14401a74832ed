import type { FilePath } from "#lib/contracts/ids.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { DiffSurfaceHandle } from "../../../diff-surface/surface-types.ts";
import type { Change, Place } from "../review-changes.ts";

/** Null lines: none are chosen. A jump can be gone back from, a step cannot. */
export type AddressChange = { file: FilePath; L: string | null; isJump: boolean };

/** What is reviewed, as it is now. */
export type PlaceData = {
  /** Those that the surface shows, in its order. */
  files: readonly ReviewFile[];
  changes: readonly Change[];
  /** False while there may be more changes. */
  areAllKnown: boolean;
  address: { file: string | null; lines: Place | null };
  collapsed: ReadonlySet<string>;
  viewedPaths: ReadonlySet<FilePath>;
};

/** What a place needs of a page. */
export type PlacePorts = {
  surface: () => Omit<DiffSurfaceHandle, "findTopLine" | "focus"> | null;
  /** False for a file that comes to the surface when it is the current one. */
  isOnSurface: (path: FilePath) => boolean;
  /** Unfolds a file, and brings it back where what is shown leaves it out. */
  reveal: (path: FilePath) => void;
  onAddress: (change: AddressChange) => void;
  /** Tells a screen reader. */
  say: (text: string) => void;
  /** Acts behind the frame that draws what is being changed now. */
  afterPaint: (act: () => void) => void;
};

export type PlaceState = {
  change: Change | null;
  selection: Place | null;
  /** The line at which the selection was begun. */
  anchor: number;
  isAtLines: boolean;
};

/** What is folded is passed over. */
export function listOpenChanges({ changes, collapsed }: Pick<PlaceData, "changes" | "collapsed">): Change[] {
  return changes.filter(({ path }) => !collapsed.has(path));
}

export function indexOfChange({ changes, change }: { changes: readonly Change[]; change: Change | null }): number {
  return change === null ? -1 : changes.findIndex(({ path, index }) => path === change.path && index === change.index);
}
