import type { LineColours } from "#lib/contracts/comparisons/line-colours.ts";
import type { DiffSurfaceItem, WholeTexts } from "../surface-types.ts";
import { ColouredPool } from "./coloured-pool.ts";
import { paintPatch, paintText, paintTexts } from "./painted-highlighter.ts";

/** One per tab, so that re-rendered items have their colours at once. */
export const surfacePool = new ColouredPool();

/** Gives the pool the colours of an item before it is rendered. */
export function tellPaint(item: DiffSurfaceItem): void {
  const { cacheKey, colours } = item;
  if (colours === undefined || colours === null || !hasColours(colours)) return;
  surfacePool.setPaint({
    cacheKey,
    paint: () => (item.type === "patch" ? paintPatch({ hunks: item.hunks, colours }) : paintText(colours)),
  });
}

/** Gives the pool the colours of the lines that are unfolded between an item's changes. */
export function tellTextPaint({ item, texts: { colours } }: { item: DiffSurfaceItem; texts: WholeTexts }): void {
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
