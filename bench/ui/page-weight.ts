import { gzipSync } from "node:zlib";
import type { Browser } from "@playwright/test";
import { installProbe, readRecord, type PageRecord } from "./page-probe.ts";

/** `kB` is the JavaScript of a first visit until loading ends, including workers, with each script gzipped. */
type WeightFigures = { kB: number; scripts: number; record: PageRecord };

export async function measureWeight({ browser, url }: { browser: Browser; url: string }): Promise<WeightFigures> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await installProbe(page);
  const bodies: Promise<number>[] = [];
  page.on("response", (response) => {
    if (/\.js(\?|$)/.test(response.url())) bodies.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto(url);
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(1_000);
  const sizes = await Promise.all(bodies);
  const record = await readRecord(page);
  await page.context().close();
  return { kB: sizes.reduce((sum, size) => sum + size, 0) / 1_000, scripts: sizes.length, record };
}
