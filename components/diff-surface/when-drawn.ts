/** Acts behind the frame that draws what is being changed now. */
export function whenDrawn(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act));
}
