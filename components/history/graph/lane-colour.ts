/** As many columns of a graph are told apart; the colours have 3:1 against both themes' surfaces. */
const colourCount = 6;

/** The colour of a column: that of the branch that runs in it. What it tells is said in words beside it too. */
export function laneColour(lane: number): string {
  return `var(--lane-${lane % colourCount})`;
}
