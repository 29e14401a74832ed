import type { Page } from "@playwright/test";

/**
 * Opens a page and returns the addresses of the code that it loads beyond its document's scripts. `isShown` waits for
 * what needs that code.
 */
export async function listLaterParts({
  page,
  url,
  isShown,
}: {
  page: Page;
  url: string;
  isShown: () => Promise<void>;
}): Promise<string[]> {
  const parts = new Set<string>();
  page.on("request", (request) => {
    if (request.resourceType() === "script") parts.add(request.url());
  });
  await page.goto(url);
  await isShown();
  const named = new Set(
    await page.evaluate(async () =>
      [...new DOMParser().parseFromString(await (await fetch(window.location.href)).text(), "text/html").scripts].map(
        ({ src }) => src,
      ),
    ),
  );
  return [...parts].filter((part) => !named.has(part));
}
