import type { Locator, Page } from "@playwright/test";

/** What stands beside the thread: a version, a run or the history. */
export function workOf(page: Page): Locator {
  return page.locator("#work");
}
