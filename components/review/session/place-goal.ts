import type { FilePath } from "#lib/contracts/ids.ts";
import type { Place } from "./review-changes.ts";

/** A file, and in it perhaps lines. Line 0 is the file as a whole. */
export type Goal = { path: FilePath; lines: Place | null };

export type GoalPorts = {
  /** Whether the file is on the surface, or comes to it when it is gone to. */
  isShown: (path: FilePath) => boolean;
  /** Brings back a file that a filter hides, or that is not listed for being kept. */
  show: (path: FilePath) => void;
  go: (goal: Goal) => void;
  /** Goes there now and again while the surface settles, until a person moves. Gives what ends it. */
  settle: (go: () => void) => () => void;
};

/**
 * The one place that a person is led to: a note, a finding, or what an address names. Its file is shown first where
 * something hides it, and a later goal takes the place of an earlier one.
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

  /** As a page opens: its files still get their heights, which moves what is below them. */
  seekWhileSettling(goal: Goal): void {
    this.stop();
    this.#end = this.#ports.settle(() => this.#lead(goal));
  }

  /** Other files are shown: one that was waited for may be among them, and its text comes behind it. */
  arrive(): void {
    const goal = this.#awaited;
    if (goal === null || !this.#ports.isShown(goal.path)) return;
    this.#awaited = null;
    this.#end();
    this.#end = this.#ports.settle(() => this.#ports.go(goal));
  }

  /** Nothing is sought any more. */
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
