import { expect, test, type ProjectApi } from "../support/fixtures.ts";
import { expectAccessible } from "../support/expect-accessible.ts";
import { tabTo } from "../support/tab-to.ts";

// The diff at the width for pure reading.
test.use({ isThreadFolded: true });

const lines = Array.from({ length: 120 }, (_, index) => `line ${index + 1}`);
const text = (...changed: [number, string][]) =>
  `${lines.map((line, index) => changed.find(([number]) => number === index + 1)?.[1] ?? line).join("\n")}\n`;

async function prepare(api: ProjectApi) {
  const { projectId, generationId } = await api.importProject({
    name: "Hunks",
    files: { "a.txt": text(), "short.txt": "one\ntwo\n" },
  });
  const { generationId: head } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: generationId,
    changeSet: {
      operations: [
        { type: "write", path: "a.txt", content: text([30, "thirty"], [90, "ninety"]) },
        { type: "write", path: "short.txt", content: "one\nTwo\n" },
      ],
    },
  });
  return `/p/${projectId}/g/${head}/review`;
}

test("a hovered change is commented on, linked, kept old and unfolded, without a click before", async ({
  page,
  api,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  // A toast that fades in does not have its final colours yet.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(await prepare(api));
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  const offer = page.getByRole("group", { name: "The change under the pointer" });
  await expect(surface).toContainText("thirty");
  // After scrolling, the pointer counts from its next move on.
  const pointAt = (line: string) =>
    expect(async () => {
      await page.mouse.move(2, 2);
      await surface.getByText(line).hover();
      await expect(offer).toBeVisible({ timeout: 300 });
    }).toPass();
  await pointAt("thirty");
  await page.screenshot({ path: "e2e/screenshots/review-hunk-hover.png" });
  await expectAccessible(page);

  await offer.getByRole("button", { name: "Show more lines above this change" }).click();
  await expect(surface.getByText("line 10", { exact: true }).first()).toBeVisible();
  await pointAt("thirty");
  await offer.getByRole("button", { name: "Copy the link to this change" }).click();
  await expect(page).toHaveURL(/file=a\.txt&L=R30/);
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("L=R30");

  // The current change has its actions below it.
  await pointAt("ninety");
  await offer.getByRole("button", { name: "Keep old: these lines" }).click();
  await expect(page.getByRole("region", { name: "Kept old" })).toContainText("1 change kept old");
  await expect(surface.locator("[data-kept=gone]")).toHaveText("ninety");
  await expect(surface.locator("[data-kept=back]")).toHaveText("line 90");
  await page.screenshot({ path: "e2e/screenshots/review-hunk-kept.png" });
  await expectAccessible(page);
  await surface.getByRole("button", { name: "Take new: these lines" }).click();
  await expect(surface.locator("[data-kept]")).toHaveCount(0);

  await pointAt("ninety");
  await offer.getByRole("button", { name: "Comment on this change" }).click();
  await expect(surface.getByLabel("Comment on a.txt, line 90")).toBeFocused();

  // It is hidden by the first scroll step.
  await page.keyboard.press("Escape");
  await pointAt("ninety");
  await page.mouse.wheel(0, -200);
  await expect(offer).toHaveCount(0);
});

test("the actions of the current change are one Tab before the surface", async ({ page, api }) => {
  await page.goto(await prepare(api));
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await expect(surface).toContainText("thirty");
  await page.keyboard.press("n");
  const bar = page.getByRole("group", { name: "This change" });
  await expect(bar).toBeVisible();
  await page.keyboard.press("Shift+Tab");
  await expect(bar.getByRole("button", { name: "Show more lines below this change" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(surface.getByText("line 40", { exact: true }).first()).toBeVisible();
  await tabTo({ page, target: bar.getByRole("button", { name: "Comment on this change" }), key: "Shift+Tab" });
  await page.keyboard.press("Enter");
  await expect(surface.getByLabel("Comment on a.txt, line 30")).toBeFocused();
});

test("a file whose changes show all of it offers no more lines, and a header shows what it truncates", async ({
  page,
  api,
}) => {
  const folder = "a-very-long-folder-name/with-another-one-inside-of-it/and-one-more-for-good-measure";
  const { projectId, generationId } = await api.importProject({
    name: "Headers",
    files: {
      [`${folder}/the-name-of-the-file.txt`]: text(),
      "short.txt": "one\ntwo\n",
      "logo.bin": new Uint8Array([0, 1]),
    },
  });
  const { generationId: head } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: generationId,
    changeSet: {
      operations: [
        {
          type: "move",
          source: `${folder}/the-name-of-the-file.txt`,
          destination: `${folder}/moved/the-new-name-of-the-file.txt`,
        },
        { type: "write", path: "short.txt", content: "one\nTwo\n" },
        { type: "write", path: "logo.bin", encoding: "base64", content: "AAEC" },
      ],
    },
  });
  await page.goto(`/p/${projectId}/g/${head}/review`);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await expect(surface).toContainText("Two");
  await expect(surface.getByText("Show more lines", { exact: true })).toHaveCount(0);
  const name = surface.getByRole("heading", { level: 2 }).getByText("the-new-name-of-the-file.txt", { exact: true });
  const isWhole = () =>
    name.evaluate((element) => element.scrollWidth <= element.clientWidth && element.getBoundingClientRect().width > 0);
  expect(await isWhole()).toBe(true);
  // A file without lines cannot be folded.
  await expect(surface.getByRole("button", { name: /^(Unf|F)old logo\.bin/ })).toHaveCount(0);
  await expect(surface.getByRole("button", { name: /^(Unf|F)old .*the-new-name/ })).toHaveCount(0);
  await expect(surface.getByRole("button", { name: "Fold short.txt" })).toHaveCount(1);
  await page.screenshot({ path: "e2e/screenshots/review-headers.png" });
  await page.setViewportSize({ width: 360, height: 720 });
  await expect.poll(isWhole).toBe(true);
  await page.screenshot({ path: "e2e/screenshots/review-headers-narrow.png" });
});
