import type { ReactElement } from "react";
import type { LineColours } from "#lib/contracts/comparisons/line-colours.ts";
import type { DiffSide } from "#lib/contracts/comparisons/review-comment.ts";
import type { SurfaceLine } from "./surface-view.ts";
import type { Hunk } from "./hunks/parse-hunks.ts";

// The contract of the diff surface: what others see of it. Nothing here knows the library that renders the lines.

/**
 * One file on the surface: a git patch, or the text of a file that both sides share. `id` is its path. Without
 * `colours` the browser highlights the lines itself.
 */
export type DiffSurfaceItem = { id: string; isCollapsed: boolean; cacheKey: string; colours?: LineColours | null } & (
  | { type: "patch"; patch: string; hunks: Hunk[] }
  | { type: "text"; text: string }
);

/** Both sides of a file whole, with their colours where the server has them. */
export type WholeTexts = { before: string; after: string; colours: { before: LineColours; after: LineColours } | null };

export type DiffView = "split" | "unified";

export type DiffSurfaceHandle = {
  scrollToFile(id: string): void;
  /** Unfolds the line where it is folded away. Line 0 is the file as a whole. `nearest` moves no more than it has to. */
  scrollToLine(target: { id: string; line: number; side?: DiffSide; align?: "center" | "nearest" }): void;
  /** The first line in sight of a file whose lines are all drawn at one height, 1-based. */
  findTopLine(id: string): number;
  /** Takes the focus, without scrolling to where it begins. */
  focus(): void;
  /** Shows more of the lines around a hunk, or all lines of its file. Does nothing for a file that is not drawn. */
  expandAround(target: HunkTarget & { isWholeFile: boolean }): void;
  /** The first line below the header of the file under the top. */
  readTopLine(): SurfaceLine | null;
  isInView(place: SurfaceLine): boolean;
  /** Whether a line between the changes was unfolded. */
  isUnfolded(place: SurfaceLine): boolean;
};

/**
 * Lines that stand out, of one side of one file. 1-based and inclusive. With `from`, all from that line of the other
 * side on.
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

/** One thing to do with a hunk: its word where there is room, and its name where there is an icon alone. */
export type HunkAction = {
  label: string;
  name: string;
  icon: ReactElement;
  /** Set for what is on or off. */
  isPressed?: boolean;
  act: () => void;
};

/** The current hunk, what can be done with each, and those of which the old lines hold. */
export type HunkActions = {
  current: HunkTarget | null;
  old: ReadonlyMap<string, ReadonlySet<number>>;
  /** A bar below each of those says so and has its actions; without bars the drawn lines alone say it. */
  hasBars: boolean;
  list: (target: HunkTarget) => readonly HunkAction[];
};

/** A note rendered below a line; line 0 places it above the first line. `key` is unique among notes. */
export type LineNote = { id: string; side: DiffSide; line: number; key: string };
