/** The number of distinguishable column colours; each has 3:1 contrast on both themes' surfaces. */
const colourCount = 6;

/** The colour of a column, and so of its branch. The same information is also given in words. */
export function laneColour(lane: number): string {
  return `var(--lane-${lane % colourCount})`;
}
