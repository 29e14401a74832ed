import type { DiffView } from "./surface-types.ts";

/** Below this width, two columns of code are too narrow. */
const splitFitsFromPx = 640;

/** From this width each column shows most lines completely, so two columns are the default. */
const splitReadsWellFromPx = 800;

/** One column or two, by the surface's own width: the user's choice if it fits, else the default. */
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
