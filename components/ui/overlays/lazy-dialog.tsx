import { useEffect, type ComponentType } from "react";
import { startTypeAhead } from "../keys/type-ahead.ts";
import { lazyPart, type LazyPart } from "../states/lazy-part.tsx";

/**
 * A dialog, menu or drawer whose code is loaded when it first opens. Characters typed until then go to
 * its first field.
 */
export function lazyDialog<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyPart<Props> {
  return lazyPart(load, { whileLoading: <TypeAhead />, isInPlace: false });
}

function TypeAhead() {
  useEffect(() => startTypeAhead(), []);
  return null;
}
