import type { FilePath } from "#lib/contracts/ids.ts";
import type { Place } from "./review-changes.ts";

/** A file, perhaps with lines. Line 0 is the whole file. */
export type Goal = { path: FilePath; lines: Place | null };

type GoalPorts = {
  /** Whether the file is on the surface, or is added to it when visited. */
  isShown: (path: FilePath) => boolean;
  /** Shows a file that a filter hides, or an unlisted kept file. */
  show: (path: FilePath) => void;
  go: (goal: Goal) => void;
  /** Goes there repeatedly while the layout settles, until the user moves. Returns a cancel function. */
  settle: (go: () => void) => () => void;
};

/**
 * The single navigation goal: a note, a finding, or the place in the address. Its file is shown first if something
 * hides it. A later goal replaces an earlier one.
 */
export class PlaceGoal {
  #ports: GoalPorts = {
    isShown: () => true,
    show: () => undefined,
    go: () => undefined,
    settle: () => () => undefined,
  };
  #awaited: Goal | null = null;
  #end: () => void = () => undefined;

  setPorts(ports: GoalPorts): void {
    this.#ports = ports;
  }

  readonly seek = (place: Place): void => {
    this.stop();
    this.#lead({ path: place.path, lines: place });
  };

  /** As the page opens: its files are still being measured, which moves those below. */
  seekWhileSettling(goal: Goal): void {
    this.stop();
    this.#end = this.#ports.settle(() => this.#lead(goal));
  }

  /** The shown files changed: an awaited one may be among them, and its text loads later. */
  arrive(): void {
    const goal = this.#awaited;
    if (goal === null || !this.#ports.isShown(goal.path)) return;
    this.#awaited = null;
    this.#end();
    this.#end = this.#ports.settle(() => this.#ports.go(goal));
  }

  /** Clears the goal. */
  stop(): void {
    this.#awaited = null;
    this.#end();
    this.#end = () => undefined;
  }

  #lead(goal: Goal): void {
    if (this.#ports.isShown(goal.path)) return this.#ports.go(goal);
    if (this.#awaited?.path === goal.path) return;
    this.#awaited = goal;
    this.#ports.show(goal.path);
  }
}
