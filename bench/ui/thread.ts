import type { Browser } from "@playwright/test";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { median } from "../measure.ts";
import { installProbe, readRecord, type PageRecord } from "./page-probe.ts";

type ThreadFigures = { firstEntryMs: number; elements: number; entries: number; record: PageRecord };

const rounds = 5;
const scrollPx = 20_000;

/**
 * Opens a project at its run list, which has the thread beside it, and scrolls up until `entryCount` entries are
 * loaded.
 */
export async function measureThread({
  browser,
  baseUrl,
  projectId,
  entryCount,
}: {
  browser: Browser;
  baseUrl: string;
  projectId: ProjectId;
  entryCount: number;
}): Promise<ThreadFigures> {
  const firstEntries: number[] = [];
  const records: PageRecord[] = [];
  let elements = 0;
  let entries = 0;
  for (let round = 0; round < rounds; round += 1) {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    await installProbe(page);
    await page.goto(`${baseUrl}/p/${projectId}/runs`, { waitUntil: "commit" });
    firstEntries.push(await page.evaluate(() => window.probe.painted("[data-entry]")));
    await page.waitForTimeout(500);
    records.push(await readRecord(page));
    // All entries are as high as the first: manual edits have one line each.
    const wantedPx = await page.evaluate(
      (count) => (document.querySelector<HTMLElement>("[data-entry]")?.offsetHeight ?? 0) * count,
      entryCount,
    );
    await page.waitForFunction(
      ({ wanted, step }) => {
        const list = document.querySelector<HTMLElement>("ol[aria-label='What happened']");
        const scroller = list?.parentElement;
        if (list == null || scroller == null) return false;
        scroller.scrollTop -= step;
        return list.offsetHeight >= wanted;
      },
      { wanted: wantedPx, step: scrollPx },
      { timeout: 60_000 },
    );
    elements = Math.max(elements, await page.evaluate(() => window.probe.countElements()));
    entries = Math.max(entries, await page.locator("[data-entry]").count());
    await page.context().close();
  }
  return {
    firstEntryMs: median(firstEntries),
    elements,
    entries,
    record: {
      longestTaskMs: Math.max(...records.map(({ longestTaskMs }) => longestTaskMs)),
      layoutShift: Math.max(...records.map(({ layoutShift }) => layoutShift)),
      firstPaintMs: median(records.map(({ firstPaintMs }) => firstPaintMs)),
    },
  };
}
