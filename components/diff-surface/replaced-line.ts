import { useEffect, useEffectEvent, useRef, type RefObject } from "react";
import type { HoveredLine, SurfaceLine } from "./surface-view.ts";

/** A pointer that moves further than this between press and release drags. */
const maxMoveCssPx = 4;

/**
 * A line may be rendered again between press and release, as when its colours arrive. The browser then sends no click,
 * and the press would have no effect: this calls `onClick` instead. Returns a function to call for each line that the
 * pointer enters, which is how a pressed line is known.
 */
export function useReplacedLine({
  container,
  onClick,
}: {
  container: RefObject<HTMLElement | null>;
  onClick: (line: SurfaceLine & { event: PointerEvent }) => void;
}): (entered: HoveredLine) => void {
  const hovered = useRef<HoveredLine | null>(null);
  const click = useEffectEvent(onClick);
  useEffect(() => {
    const surface = container.current;
    if (surface === null) return;
    let pressed: { line: HoveredLine; x: number; y: number } | null = null;
    const onDown = (event: PointerEvent) => {
      const line = hovered.current;
      pressed = line !== null && isPressed({ event, line }) ? { line, x: event.clientX, y: event.clientY } : null;
    };
    const onUp = (event: PointerEvent) => {
      const start = pressed;
      pressed = null;
      if (start === null || start.line.element.isConnected) return;
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > maxMoveCssPx) return;
      const { id, side, line } = start.line;
      click({ id, side, line, event });
    };
    surface.addEventListener("pointerdown", onDown);
    surface.addEventListener("pointerup", onUp);
    return () => {
      surface.removeEventListener("pointerdown", onDown);
      surface.removeEventListener("pointerup", onUp);
    };
  }, [container]);
  return (entered) => void (hovered.current = entered);
}

/** Whether the main button presses the line itself, not a button in it. */
function isPressed({ event, line }: { event: PointerEvent; line: HoveredLine }): boolean {
  const path = event.composedPath();
  const inLine = path.slice(0, path.indexOf(line.element) + 1);
  return event.button === 0 && inLine.length > 0 && !inLine.some((node) => node instanceof HTMLButtonElement);
}
