import type { ReactElement } from "react";
import type { LineColours } from "#lib/contracts/comparisons/line-colours.ts";
import type { DiffSide } from "#lib/contracts/comparisons/review-comment.ts";
import type { SurfaceLine } from "./surface-view.ts";
import type { Hunk } from "./hunks/parse-hunks.ts";

// The interface of the diff surface for other components. Nothing here depends on the rendering library.

/**
 * One file on the surface: a git patch, or the text of a file that both sides share. `id` is its path. Without
 * `colours` the browser highlights the lines itself.
 */
export type DiffSurfaceItem = { id: string; isCollapsed: boolean; cacheKey: string; colours?: LineColours | null } & (
  | { type: "patch"; patch: string; hunks: Hunk[] }
  | { type: "text"; text: string }
);

/** Both whole texts of a file, with colours if the server has them. */
export type WholeTexts = { before: string; after: string; colours: { before: LineColours; after: LineColours } | null };

export type DiffView = "split" | "unified";

export type DiffSurfaceHandle = {
  scrollToFile(id: string): void;
  /** Unfolds the line if necessary. Line 0 is the whole file. `nearest` scrolls as little as possible. */
  scrollToLine(target: { id: string; line: number; side?: DiffSide; align?: "center" | "nearest" }): void;
  /** The first visible line of a file whose lines all have the same height, 1-based. */
  findTopLine(id: string): number;
  /** Focuses the surface without scrolling to its start. */
  focus(): void;
  /** Shows more lines around a hunk, or all lines of its file. Does nothing for a file that is not rendered. */
  expandAround(target: HunkTarget & { isWholeFile: boolean }): void;
  /** The first line below the header of the topmost file. */
  readTopLine(): SurfaceLine | null;
  isInView(place: SurfaceLine): boolean;
  /** Whether a line between the changes was unfolded. */
  isUnfolded(place: SurfaceLine): boolean;
};

/**
 * Highlighted lines on one side of one file, 1-based and inclusive. With `from`, starts at that line of the other side.
 */
export type DiffSelection = {
  id: string;
  side: DiffSide;
  first: number;
  last: number;
  from?: { side: DiffSide; line: number } | undefined;
};

/** A hunk of one file, by its index in the file's patch. */
export type HunkTarget = { id: string; hunk: number };

/** An action on a hunk: its label, and its accessible name where only an icon fits. */
export type HunkAction = {
  label: string;
  name: string;
  icon: ReactElement;
  /** Set for a toggle. */
  isPressed?: boolean;
  act: () => void;
};

/** The current hunk, the actions of each, and those whose old lines are kept. */
export type HunkActions = {
  current: HunkTarget | null;
  old: ReadonlyMap<string, ReadonlySet<number>>;
  /** Each of those has a bar with this text and its actions; null if only the line marks show it. */
  bar: string | null;
  list: (target: HunkTarget) => readonly HunkAction[];
};

/** A note rendered below a line; line 0 places it above the first line. `key` is unique among notes. */
export type LineNote = { id: string; side: DiffSide; line: number; key: string };
