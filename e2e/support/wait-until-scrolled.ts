import type { Page } from "@playwright/test";

/**
 * Resolves 200 ms after the last scroll event. On a busy machine the page scrolls, or corrects its position, after the
 * call returned: a following click then hits what has moved under the pointer.
 */
export async function waitUntilScrolled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const end = () => {
          document.removeEventListener("scroll", restart, true);
          resolve();
        };
        let timer = setTimeout(end, 200);
        const restart = () => {
          clearTimeout(timer);
          timer = setTimeout(end, 200);
        };
        document.addEventListener("scroll", restart, true);
      }),
  );
}
