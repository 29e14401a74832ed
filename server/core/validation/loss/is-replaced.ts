import type { Declaration } from "../declarations/list-declarations.ts";
import type { FileSide } from "./analyze-losses.ts";
import { isSamePlace } from "./compare-shapes.ts";

/**
 * True where something of the same kind was written in the place of what is gone. Nothing calls a test, so its place is
 * all that tells one that was written again from one that was forgotten.
 */
export function isReplaced({ declaration, side }: { declaration: Declaration; side: FileSide }): boolean {
  return side.fresh.some((next) => next.kind === declaration.kind && isSamePlace({ old: declaration, next, side }));
}
