import type { DiffView } from "./surface-types.ts";

/** Narrower than this, two columns of code leave no room for either. */
const splitFitsFromPx = 640;

/** From here on each column shows most lines as a whole, so that nobody has to ask for two. */
const splitReadsWellFromPx = 800;

/** One column or two, by the surface's own width: what a person chose where it fits, else what reads well. */
export function chooseView({ widthPx, chosen }: { widthPx: number; chosen: DiffView | null }): {
  view: DiffView;
  isSplitPossible: boolean;
} {
  const isSplitPossible = widthPx >= splitFitsFromPx;
  return {
    view: isSplitPossible ? (chosen ?? (widthPx >= splitReadsWellFromPx ? "split" : "unified")) : "unified",
    isSplitPossible,
  };
}
