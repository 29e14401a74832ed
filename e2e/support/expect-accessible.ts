import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures.ts";

/** No violation of WCAG 2.2 AA that axe can find on what is shown now. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNoViolation({
    page,
    axe: new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]),
  });
}

/** For a screen whose names and structure were checked in another theme: the colours alone. */
export async function expectContrast(page: Page): Promise<void> {
  // A row that is skipped while it is out of view keeps the colours of the theme before, and axe reads it all the same.
  await page.addStyleTag({ content: "* { content-visibility: visible !important; }" });
  await expectNoViolation({ page, axe: new AxeBuilder({ page }).withRules(["color-contrast"]) });
}

async function expectNoViolation({ page, axe }: { page: Page; axe: AxeBuilder }): Promise<void> {
  await waitUntilStill(page);
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => `${page.url()}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
}

/** axe reads the colours of one frame: while an element fades in, its text is paler than it stays. */
async function waitUntilStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const isMoving = () =>
      document
        .getAnimations()
        .some(({ effect, playState }) => playState === "running" && effect?.getComputedTiming().endTime !== Infinity);
    // What was just added starts to move in a later frame, once its effects ran.
    for (let stillFrames = 0; stillFrames < 3; stillFrames = isMoving() ? 0 : stillFrames + 1)
      await new Promise(requestAnimationFrame);
  });
}
