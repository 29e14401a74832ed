import type { Locator, Page } from "@playwright/test";
import { expect } from "./fixtures.ts";

/** Presses Tab until the element has the focus, like a user without a mouse. */
export async function tabTo({
  page,
  target,
  key = "Tab",
}: {
  page: Page;
  target: Locator;
  key?: "Tab" | "Shift+Tab";
}): Promise<void> {
  await expect(target).toBeVisible();
  const trail: string[] = [];
  for (let presses = 0; presses < 150; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
    trail.push(
      await page.evaluate(
        () =>
          document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent?.slice(0, 40) ?? "",
      ),
    );
  }
  expect(trail, "Tab never reached it").toBe("");
}
