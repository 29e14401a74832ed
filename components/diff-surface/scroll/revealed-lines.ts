import type { CodeViewHandle } from "@pierre/diffs/react";
import { useRef, type RefObject } from "react";
import type { DiffSide } from "#lib/contracts/comparisons/review-comment.ts";
import type { LineNote } from "../surface-types.ts";
import type { Hunk } from "../hunks/parse-hunks.ts";
import { planReveal } from "./plan-reveal.ts";
import type { Mark } from "../surface-annotations.ts";
import { afterPaint } from "./after-paint.ts";

type Target = { id: string; side: DiffSide; line: number };

/**
 * Unfolds the lines around notes and linked places that no hunk shows, once for each, as soon as their file is drawn.
 * `goTo` is called for a place when its lines are there.
 */
export function useRevealedLines({
  viewer,
  hunksOf,
  notes,
  goTo,
}: {
  viewer: RefObject<CodeViewHandle<Mark, undefined> | null>;
  hunksOf: (id: string) => readonly Hunk[];
  notes: readonly LineNote[];
  goTo: (target: Target) => void;
}) {
  // What is unfolded goes with the library's object for a file, which ends when a filter hides it.
  const revealed = useRef(new WeakMap<object, Set<string>>());
  const awaited = useRef<Target | null>(null);
  const planFor = ({ id, side, line }: Target) => planReveal({ hunks: hunksOf(id), side, line });
  const findDrawn = (id: string) => {
    const drawn = viewer.current
      ?.getInstance()
      ?.getRenderedItems()
      .find((each) => each.id === id);
    return drawn?.type === "diff" ? drawn.instance : null;
  };
  /** Called for a file each time that it was drawn, and for one whose place is awaited. */
  const revealIn = (id: string) => {
    const wanted = [
      ...notes.filter((note) => note.id === id),
      ...(awaited.current?.id === id ? [awaited.current] : []),
    ];
    const instance = wanted.length === 0 ? null : findDrawn(id);
    if (instance === null) return;
    const done = revealed.current.get(instance) ?? new Set();
    revealed.current.set(instance, done);
    for (const { side, line } of wanted) {
      const plan = done.has(`${side} ${line}`) ? null : planFor({ id, side, line });
      done.add(`${side} ${line}`);
      if (plan !== null) instance.expandHunk(plan.gap, plan.at === "start" ? "up" : "down", plan.count);
    }
    const target = awaited.current;
    // The texts came: what was unfolded is drawn.
    if (target?.id !== id || instance.fileDiff?.isPartial !== false) return;
    awaited.current = null;
    afterPaint(() => goTo(target));
  };
  return {
    revealIn,
    /**
     * Sees to it that a line is unfolded. False where that takes a moment, after which the line is gone to; its file
     * has to be in sight.
     */
    reveal: (target: Target): boolean => {
      const plan = planFor(target);
      awaited.current = plan === null ? null : target;
      if (plan === null) return true;
      revealIn(target.id);
      return awaited.current === null;
    },
  };
}
