import { expect, test, type ProjectApi } from "../support/fixtures.ts";
import { expectAccessible } from "../support/expect-accessible.ts";
import { damagedAnswer, replaceAnswer } from "../support/replace-answer.ts";

// The diff at the width for pure reading.
test.use({ isThreadFolded: true });

const text = (...changed: [number, string][]) =>
  Array.from(
    { length: 120 },
    (_, index) => `${changed.find(([number]) => number === index + 1)?.[1] ?? `line ${index + 1}`}\n`,
  ).join("");

async function write({
  api,
  parent,
  files,
}: {
  api: ProjectApi;
  parent: string;
  files: Record<string, string>;
}): Promise<string> {
  const operations = Object.entries(files).map(([path, content]) => ({ type: "write", path, content }));
  return (
    await api.mutate<{ generationId: string }>("generation.edit", {
      parentGenerationId: parent,
      changeSet: { operations },
    })
  ).generationId;
}

test("viewed files stay viewed in another browser and in other comparisons, and say when they changed since", async ({
  page,
  api,
  browser,
}) => {
  const { projectId, generationId: v1 } = await api.importProject({
    name: "Viewed",
    files: { "a.txt": text(), "b.txt": text(), "c.txt": text() },
  });
  const v2 = await write({ api, parent: v1, files: { "a.txt": text([5, "five"]), "b.txt": text([6, "six"]) } });
  await page.goto(`/p/${projectId}/g/${v2}/review`);
  await expect(page.getByText("0/2 viewed")).toBeVisible();
  await expect(page.getByRole("region", { name: /Differences of v2/ })).toContainText("five");
  await page.keyboard.press("j");
  await page.keyboard.press("v");
  await expect(page.getByText("1/2 viewed")).toBeVisible();
  await expect(page).toHaveURL(/file=b\.txt/);
  await expect(page.getByRole("button", { name: "Unfold a.txt" })).toBeVisible();
  const listed = page.getByRole("navigation", { name: "Files of this comparison" }).getByRole("listitem");
  await page.getByRole("button", { name: "1 unviewed" }).click();
  await expect(listed).toHaveCount(1);
  await expect(page).toHaveURL(/viewed=0/);
  await page.getByRole("button", { name: "1 unviewed" }).click();
  await expect(listed).toHaveCount(2);

  const other = await (await browser.newContext()).newPage();
  await other.goto(`/p/${projectId}/g/${v2}/review`);
  await expect(other.getByText("1/2 viewed")).toBeVisible();
  await expect(other.getByRole("button", { name: "Unfold a.txt" })).toBeVisible();
  // The mark appears a moment after the click.
  await other.getByRole("checkbox", { name: "Viewed" }).last().click();
  await expect(other.getByText("2/2 viewed")).toBeVisible();
  await other.reload();
  await expect(other.getByText("2/2 viewed")).toBeVisible();
  await other.context().close();

  const v3 = await write({ api, parent: v2, files: { "a.txt": text([5, "five"], [60, "sixty"]) } });
  await page.goto(`/p/${projectId}/compare/${v1}...${v3}`);
  await expect(page.getByText("1/2 viewed")).toBeVisible();
  // The list says so too.
  await expect(listed.filter({ hasText: "a.txt" }).getByLabel("changed since you viewed it")).toBeVisible();
  await expect(listed.filter({ hasText: "b.txt" }).getByLabel("changed since you viewed it")).toHaveCount(0);
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/review-changed-since.png" });
  await page.getByRole("link", { name: "Changed since you viewed it" }).click();
  await expect(page).toHaveURL(new RegExp(`compare/${v2}\\.\\.\\.${v3}`));
  const surface = page.getByRole("region", { name: /Differences of v3 against v2/ });
  await expect(surface).toContainText("sixty");
  await expect(surface).not.toContainText("five");

  await page.goto(`/p/${projectId}/g/${v2}/review`);
  await expect(page.getByText("v3 is active, and newer than v2.")).toBeVisible();
  await page.getByRole("link", { name: "Compare", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`compare/${v2}\\.\\.\\.${v3}`));
});

test("by keyboard into the lines, a range of them commented, and surrounding lines shown", async ({ page, api }) => {
  const { projectId, generationId } = await api.importProject({
    name: "Lines",
    files: { "a.txt": text(), "b.txt": text() },
  });
  const head = await write({
    api,
    parent: generationId,
    files: { "a.txt": text([20, "twenty"], [21, "and one"], [90, "ninety"]), "b.txt": text([50, "fifty"]) },
  });
  await page.goto(`/p/${projectId}/g/${head}/review`);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await expect(surface).toContainText("twenty");
  await page.keyboard.press("n");
  await page.keyboard.press("Enter");
  await expect(page.getByText("back to the files")).toBeVisible();
  await expect(page).toHaveURL(/L=R20(&|$)/);
  await page.keyboard.press("k");
  await expect(page).toHaveURL(/L=L21(&|$)/);
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page).toHaveURL(/L=R20-21/);
  await page.screenshot({ path: "e2e/screenshots/review-lines.png" });
  await page.keyboard.press("c");
  await page.getByLabel("Comment on a.txt, line 21").fill("Write them as numbers.");
  await page.keyboard.press("Control+Enter");
  await expect(surface.getByText("Lines 20 to 21")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("back to the files")).toBeHidden();

  await page.keyboard.press("j");
  await expect(page).toHaveURL(/file=b\.txt/);
  await page.keyboard.press("Shift+P");
  await expect(page).toHaveURL(/file=a\.txt/);

  await expect(surface.getByText("line 12", { exact: true })).toHaveCount(0);
  await page.keyboard.press("x");
  await expect(surface.getByText("line 12", { exact: true }).first()).toBeAttached();
  await page.keyboard.press("Shift+E");
  await expect(page.getByRole("button", { name: "Unfold a.txt" })).toBeVisible();
  await expectAccessible(page);
});

test("an image is shown before and after, and patches that fail to load leave the others usable", async ({
  page,
  api,
}) => {
  const png = (colour: string) =>
    Buffer.from(`iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk${colour}AAAAABJRU5ErkJggg==`, "base64");
  const { projectId, generationId } = await api.importProject({
    name: "Images",
    files: {
      "logo.png": png("+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg".slice(0, 20)),
      ...Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`src/f${index + 10}.txt`, text()])),
    },
  });
  const { generationId: head } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: generationId,
    changeSet: {
      operations: [
        {
          type: "write",
          path: "logo.png",
          encoding: "base64",
          content: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
        },
        ...Array.from({ length: 12 }, (_, index) => ({
          type: "write",
          path: `src/f${index + 10}.txt`,
          content: text([3, "three"]),
        })),
      ],
    },
  });
  // The second page of patches fails until it is requested again; other calls in the same batch succeed.
  let isBroken = true;
  await replaceAnswer({
    page,
    procedure: "generation.fileDiffs",
    inputHas: "afterPath",
    answer: damagedAnswer,
    isOn: () => isBroken,
  });
  await page.goto(`/p/${projectId}/g/${head}/review`);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await expect(surface.getByRole("img", { name: "logo.png, before" })).toBeVisible();
  await expect(surface.getByRole("img", { name: "logo.png, after" })).toBeVisible();
  await expect(surface).toContainText("three");
  const alert = page.getByRole("alert").filter({ hasText: "STORED_CONTENT_DAMAGED" });
  await expect(alert).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/review-patch-failed.png" });
  isBroken = false;
  await alert.getByRole("button", { name: "Retry" }).click();
  await expect(alert).toBeHidden();
  await expect(surface.getByText("Could not be loaded")).toHaveCount(0);
  await page.keyboard.press("[");
  await expect(surface.getByRole("heading", { name: "src/f21.txt" })).toBeVisible();
});
