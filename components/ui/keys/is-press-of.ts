/**
 * Whether `event` is a press on `trigger`, which closes its own popup: if the popup were closed before, the press would
 * open it again.
 */
export function isPressOf(trigger: HTMLElement | null, { target, type }: Event): boolean {
  return type !== "keydown" && target instanceof Node && trigger?.contains(target) === true;
}
