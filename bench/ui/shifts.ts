import type { Browser } from "@playwright/test";
import { installProbe, readRecord } from "./page-probe.ts";

type ShiftFigures = {
  screen: string;
  widthPx: number;
  layoutShift: number;
  /** The element that moved furthest, to help fix the shift. */
  mover: string;
};

const widthsPx = [390, 1280, 1920];
const heightPx = 900;
/** A page has loaded everything that needs no user input by then. */
const loadedMs = 1_500;

/** Opens each screen cold at each width and sums the layout shifts without user input. */
export async function measureShifts({
  browser,
  baseUrl,
  screens,
}: {
  browser: Browser;
  baseUrl: string;
  screens: readonly (readonly [name: string, path: string])[];
}): Promise<ShiftFigures[]> {
  const figures: ShiftFigures[] = [];
  for (const [screen, path] of screens) {
    for (const widthPx of widthsPx) {
      const context = await browser.newContext({ viewport: { width: widthPx, height: heightPx } });
      const page = await context.newPage();
      await installProbe(page);
      await page.addInitScript(() => {
        const moved: { value: number; text: string }[] = [];
        Object.assign(window, { moved });
        type Shift = PerformanceEntry & { value: number; sources: { node: Node | null }[] };
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as Shift[]) {
            const node = entry.sources[0]?.node;
            const element = node instanceof Element ? node : (node?.parentElement ?? null);
            moved.push({
              value: entry.value,
              text:
                element === null
                  ? ""
                  : `${element.localName}.${element.className} ${element.textContent?.slice(0, 40)}`,
            });
          }
        }).observe({ type: "layout-shift", buffered: true });
      });
      await page.goto(`${baseUrl}${path}`);
      await page.waitForLoadState("networkidle");
      await page.waitForTimeout(loadedMs);
      const { layoutShift } = await readRecord(page);
      const mover = await page.evaluate(
        () =>
          (window as unknown as { moved: { value: number; text: string }[] }).moved.toSorted(
            (one, other) => other.value - one.value,
          )[0]?.text ?? "",
      );
      figures.push({ screen, widthPx, layoutShift, mover });
      await context.close();
    }
  }
  return figures;
}
