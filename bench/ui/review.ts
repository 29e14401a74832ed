import type { Browser, Page } from "@playwright/test";
import { median, percentile } from "../measure.ts";
import { countBlankFrames } from "./blank-frames.ts";
import { installProbe, readRecord, type PageRecord } from "./page-probe.ts";
import type { ReviewCase } from "./review-cases.ts";
import type { YardstickPages, YardstickLibrary } from "./yardstick-pages.ts";

/** Times in ms. A line counts once it is painted, an element also if it is in a shadow root. */
type SurfaceFigures = { coldMs: number; warmMs: number; elements: number; record: PageRecord; heapMb: number };
type ReviewFigures = SurfaceFigures & {
  firstViewMs: number;
  firstViewColourMs: number;
  colourMs: number;
  keyMs: { key: string; p95: number }[];
  frames: number;
  blankFrames: number;
};

const line = "[data-line], .diff-code";
const colouredLine = "[data-line] span[style]";
/** Code that the first lines do not need is loaded afterwards. */
const settleMs = 1_500;
const coldRounds = 5;
const warmRounds = 5;

export async function measureReview({
  browser,
  baseUrl,
  reviewCase,
}: {
  browser: Browser;
  baseUrl: string;
  reviewCase: ReviewCase;
}): Promise<ReviewFigures> {
  const { projectId, head } = reviewCase;
  const url = `${baseUrl}/p/${projectId}/g/${head}/review`;
  const { ms: firstViewMs, page: first } = await openCold({ browser, url });
  const firstViewColourMs = await awaitPainted({ page: first, selector: colouredLine });
  await first.context().close();
  const cold: number[] = [];
  const colours: number[] = [];
  const open = async () => {
    const { ms, page } = await openCold({ browser, url });
    cold.push(ms);
    colours.push(await awaitPainted({ page, selector: colouredLine }));
    return page;
  };
  for (let round = 1; round < coldRounds; round += 1) await (await open()).context().close();
  const page = await open();
  await page.waitForTimeout(settleMs);
  const record = await readRecord(page);
  const elements = await page.evaluate(() => window.probe.countElements());
  const warm: number[] = [];
  for (let round = 0; round < warmRounds; round += 1)
    warm.push(await reopen({ page, generationPath: `/p/${projectId}/g/${head}` }));
  await page.waitForTimeout(settleMs);
  const keyMs = [];
  for (const key of ["j", "n", "v", "u"]) keyMs.push({ key, p95: await measureKey({ page, key }) });
  const surface = await page.locator("[role=region]:has(diffs-container)").boundingBox();
  if (surface === null) throw new Error("The surface is not on the page.");
  const { frames, blank } = await countBlankFrames({ page, surface });
  await scrollThrough({ page, x: surface.x + surface.width / 2, y: surface.y + surface.height / 2 });
  const heapMb = await readHeap(page);
  await page.context().close();
  return {
    firstViewMs,
    firstViewColourMs,
    coldMs: median(cold),
    colourMs: median(colours),
    warmMs: median(warm),
    elements,
    record,
    keyMs,
    frames,
    blankFrames: blank,
    heapMb,
  };
}

/** The same for a page with only a surface, without a surrounding product. */
export async function measureYardstick({
  browser,
  pages,
  library,
  caseIndex,
}: {
  browser: Browser;
  pages: YardstickPages;
  library: YardstickLibrary;
  caseIndex: number;
}): Promise<SurfaceFigures> {
  const { ms: coldMs, page } = await openCold({ browser, url: pages.url({ library, caseIndex }) });
  await page.waitForTimeout(settleMs);
  const record = await readRecord(page);
  const elements = await page.evaluate(() => window.probe.countElements());
  const warmMs = await page.evaluate(async (selector) => {
    const { surface } = window as unknown as { surface: { mount(): void; unmount(): void } };
    surface.unmount();
    await new Promise(requestAnimationFrame);
    const startedAt = performance.now();
    surface.mount();
    return (await window.probe.painted(selector)) - startedAt;
  }, line);
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  const heapMb = await readHeap(page);
  await page.context().close();
  return { coldMs, warmMs, elements, record, heapMb };
}

/** For a new browser: from navigation to the first painted line. */
async function openCold({ browser, url }: { browser: Browser; url: string }): Promise<{ ms: number; page: Page }> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  page.setDefaultTimeout(180_000);
  await installProbe(page);
  await page.goto(url, { waitUntil: "commit" });
  return { ms: await awaitPainted({ page, selector: line }), page };
}

function awaitPainted({ page, selector }: { page: Page; selector: string }): Promise<number> {
  return page.evaluate((wanted) => window.probe.painted(wanted), selector);
}

/** From a click on the version page's link to the first painted line, in a tab that has opened this review before. */
async function reopen({ page, generationPath }: { page: Page; generationPath: string }): Promise<number> {
  await page.locator(`a[href="${generationPath}"]`).first().click();
  const link = page.locator(`main a[href="${generationPath}/review"]`).first();
  await link.waitFor();
  await page.waitForTimeout(300);
  return link.evaluate(async (element: HTMLElement, selector) => {
    const startedAt = performance.now();
    element.click();
    return (await window.probe.painted(selector)) - startedAt;
  }, line);
}

/** From a key press to the next paint, by the browser's Event Timing; omitted events took less than 16 ms. */
async function measureKey({ page, key }: { page: Page; key: string }): Promise<number> {
  const presses = 30;
  await page.evaluate(() => void (window.probe.keys = []));
  for (let press = 0; press < presses; press += 1) {
    await page.keyboard.press(key);
    await page.waitForTimeout(150);
  }
  const reported = await page.evaluate(() => window.probe.keys);
  return percentile({
    values: [...reported, ...Array.from({ length: Math.max(0, presses - reported.length) }, () => 16)],
    share: 0.95,
  });
}

async function scrollThrough({ page, x, y }: { page: Page; x: number; y: number }): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const height = await page.locator("[role=region]:has(diffs-container)").evaluate(({ scrollHeight }) => scrollHeight);
  for (let at = 0; at < height; at += 50_000)
    await session.send("Input.synthesizeScrollGesture", {
      x,
      y,
      yDistance: -50_000,
      speed: 50_000,
      gestureSourceType: "mouse",
      preventFling: true,
    });
  await session.detach();
}

async function readHeap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize / 1_000_000;
}
