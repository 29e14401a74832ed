import type { Page } from "@playwright/test";

/**
 * Opens a page and gives the addresses of the code that it asks for by itself, behind the scripts that its document
 * names. `isShown` waits for what needs them.
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
