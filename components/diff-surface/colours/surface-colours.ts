import type { LineColours } from "#lib/contracts/comparisons/line-colours.ts";
import type { DiffSurfaceItem, WholeTexts } from "../surface-types.ts";
import { ColouredPool } from "./coloured-pool.ts";
import { paintPatch, paintText, paintTexts } from "./painted-highlighter.ts";

/** One per tab, so that re-rendered items have their colours at once. */
export const surfacePool = new ColouredPool();

/** Registers the colours of an item with the pool. Must be called before the item is rendered. */
export function registerColours(item: DiffSurfaceItem): void {
  const { cacheKey, colours } = item;
  if (colours === undefined || colours === null || !hasColours(colours)) return;
  surfacePool.setPaint({
    cacheKey,
    paint: () => (item.type === "patch" ? paintPatch({ hunks: item.hunks, colours }) : paintText(colours)),
  });
}

/** Registers the colours of an item's whole texts, whose unchanged lines the user can unfold. */
export function registerTextColours({ item, texts: { colours } }: { item: DiffSurfaceItem; texts: WholeTexts }): void {
  if (colours !== null && hasColours(colours.before, colours.after))
    surfacePool.setPaint({ cacheKey: wholeTextsKey(item.cacheKey), paint: () => paintTexts(colours) });
}

/** The key of a patch for which the library loaded the whole texts. */
function wholeTextsKey(cacheKey: string): string {
  return `${cacheKey}:hydrated`;
}

/** False for text in a language without highlighting. */
function hasColours(...sides: readonly LineColours[]): boolean {
  return sides.some(({ lines }) => lines.length > 0);
}
