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
 * Unfolds the lines around notes and linked places outside hunks, once each, when their file is rendered. Calls `goTo`
 * for a place when its lines are there.
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
  // The library's object for a file holds the unfolded state, and is dropped when a filter hides the file.
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
  /** Called for a file on each render, and for one whose place is awaited. */
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
    // The texts have loaded, so the unfolded lines are rendered.
    if (target?.id !== id || instance.fileDiff?.isPartial !== false) return;
    awaited.current = null;
    afterPaint(() => goTo(target));
  };
  return {
    revealIn,
    /**
     * Unfolds a line. False if that is asynchronous; the surface then scrolls to the line afterwards. The file must be
     * visible.
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
