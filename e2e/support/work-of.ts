import type { Locator, Page } from "@playwright/test";

/** The part beside the thread: a version, a run or the history. */
export function workOf(page: Page): Locator {
  return page.locator("#work");
}
