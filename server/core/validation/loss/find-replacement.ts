import type { Declaration } from "../declarations/list-declarations.ts";
import type { FileSide } from "./analyze-losses.ts";
import { isSamePlace } from "./compare-shapes.ts";

/**
 * What was written in the place of something that is gone, of the same kind; null where there is none. Its place is all
 * that tells what was written again from what was forgotten, where nothing uses it.
 */
export function findReplacement({
  declaration: old,
  side,
  taken,
}: {
  declaration: Declaration;
  side: FileSide;
  taken: ReadonlySet<Declaration>;
}): Declaration | null {
  return (
    side.fresh.find((next) => next.kind === old.kind && !taken.has(next) && isSamePlace({ old, next, side })) ?? null
  );
}
