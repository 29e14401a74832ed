import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Asserts that axe finds no violation of WCAG 2.2 AA in the current state. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNoViolation(page, { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] });
}

/** For a screen whose names and structure were checked in the other theme: only the colours. */
export async function expectContrast(page: Page): Promise<void> {
  // A row skipped by content-visibility keeps the previous theme's colours, and axe reads it all the same.
  await page.addStyleTag({ content: "* { content-visibility: visible !important; }" });
  await expectNoViolation(page, { type: "rule", values: ["color-contrast"] });
}

async function expectNoViolation(page: Page, runOnly: NonNullable<RunOptions["runOnly"]>): Promise<void> {
  // A toast may come at any time, also while axe reads.
  await page.addStyleTag({ content: "[data-sonner-toast] { transition: none !important; }" });
  await waitUntilStill(page);
  // Frames hold the pages of previewed projects. Describing each element that passes takes longer than the rules do.
  const options: RunOptions = { runOnly, iframes: false, resultTypes: ["violations"] };
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  expect(violations.map(({ id, nodes }) => `${page.url()}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
}

/** axe reads the colours of one frame: while an element fades in, its text is paler than its final colour. */
async function waitUntilStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const isMoving = () =>
      document
        .getAnimations()
        .some(({ effect, playState }) => playState === "running" && effect?.getComputedTiming().endTime !== Infinity);
    // A new element starts to move in a later frame, after its effects have run.
    for (let stillFrames = 0; stillFrames < 3; stillFrames = isMoving() ? 0 : stillFrames + 1)
      await new Promise(requestAnimationFrame);
  });
}
