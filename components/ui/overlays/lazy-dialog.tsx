import { useEffect, type ComponentType } from "react";
import { holdKeys } from "../keys/held-keys.ts";
import { lazyPart, type LazyPart } from "../states/lazy-part.tsx";

/** A dialog, menu or drawer whose code is loaded when it first opens. Until then, keys are ignored as by `holdKeys`. */
export function lazyDialog<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyPart<Props> {
  return lazyPart(load, { whileLoading: <HeldKeys />, isInPlace: false });
}

function HeldKeys() {
  useEffect(holdKeys, []);
  return null;
}
