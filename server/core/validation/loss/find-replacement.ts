import type { Declaration } from "../declarations/list-declarations.ts";
import type { FileSide } from "./analyze-losses.ts";
import { isSamePlace } from "./compare-shapes.ts";

/**
 * What was written at the position of a lost declaration of the same kind; null if there is none. If nothing uses it,
 * only its position distinguishes a rewritten declaration from a forgotten one.
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
