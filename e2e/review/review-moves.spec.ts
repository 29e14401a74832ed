import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/expect-accessible.ts";
import { expect, test, type ProjectApi } from "../support/fixtures.ts";
import { waitUntilScrolled } from "../support/wait-until-scrolled.ts";

// The diff at the width for pure reading.
test.use({ isThreadFolded: true });

const text = (...changed: [number, string][]) =>
  Array.from(
    { length: 200 },
    (_, index) => `${changed.find(([number]) => number === index + 1)?.[1] ?? `line ${index + 1}`}\n`,
  ).join("");
const paths = Array.from({ length: 12 }, (_, index) => `src/file-${String(index).padStart(2, "0")}.txt`);

async function prepare(api: ProjectApi) {
  const { projectId, generationId } = await api.importProject({
    name: "Moves",
    files: { ...Object.fromEntries(paths.map((path) => [path, text()])), "package-lock.json": "{}\n" },
  });
  const { generationId: child } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: generationId,
    changeSet: {
      operations: [
        ...paths.map((path, index) => ({
          type: "write",
          path,
          content: text(
            [20, `twenty of ${index}`],
            [60, `sixty of ${index}`],
            [100, `a hundred of ${index}`],
            [150, `more of ${index}`],
          ),
        })),
        { type: "write", path: "package-lock.json", content: '{ "a": 1 }\n' },
        { type: "write", path: "zzz-new.txt", content: "new\n" },
      ],
    },
  });
  return { projectId, child, review: `/p/${projectId}/g/${child}/review` };
}

const surfaceOf = (page: Page) => page.getByRole("region", { name: /Differences of v2/ });
const surfaceTitle = (page: Page) =>
  page.getByRole("region", { name: /^Differences of/ }).getByRole("heading", { level: 2 });
const currentOf = (page: Page) =>
  page.getByRole("navigation", { name: "Files of this comparison" }).locator("[aria-current=true]");
const fileOf = (page: Page) => new URL(page.url()).searchParams.get("file");

/** Whether a file's header is at the top of the surface, as after a jump to it. */
async function expectAtTop({ surface, path }: { surface: Locator; path: string }): Promise<void> {
  const heading = surface.getByRole("heading", { level: 2, name: path });
  await expect(async () => {
    const [box, frame] = await Promise.all([heading.boundingBox(), surface.boundingBox()]);
    expect((box?.y ?? 0) - (frame?.y ?? 0)).toBeLessThan(48);
    expect((box?.y ?? 0) - (frame?.y ?? 0)).toBeGreaterThanOrEqual(0);
  }).toPass();
}

/** Turns the wheel over the surface until a file is the current one. */
async function wheelTo({ page, path }: { page: Page; path: string }): Promise<void> {
  await surfaceOf(page).hover();
  await expect(async () => {
    await page.mouse.wheel(0, 400);
    await waitUntilScrolled(page);
    await expect(currentOf(page)).toContainText(path, { timeout: 200 });
  }).toPass();
}

test("the current file follows the wheel, and keys act on what is visible", async ({ page, api }) => {
  const { review } = await prepare(api);
  await page.goto(review);
  const surface = surfaceOf(page);
  await expect(surface).toContainText("twenty of 0");
  const visits = await page.evaluate(() => history.length);
  await wheelTo({ page, path: "src/file-03.txt" });
  await expect(page).toHaveURL(/file=src%2Ffile-03\.txt|file=src\/file-03\.txt/);
  expect(await page.evaluate(() => history.length)).toBe(visits);

  await page.keyboard.press("v");
  await expect(page.getByText("1/14 viewed")).toBeVisible();
  await expect(surface.getByRole("button", { name: "Unfold src/file-03.txt" })).toBeAttached();
  await expect(currentOf(page)).toContainText("src/file-04.txt");
  await expectAtTop({ surface, path: "src/file-04.txt" });

  // From there on by key, even if the wheel was used in between.
  await page.keyboard.press("j");
  await expect(currentOf(page)).toContainText("src/file-05.txt");
  await wheelTo({ page, path: "src/file-07.txt" });
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/file-07\.txt&L=R/);
  await page.keyboard.press("c");
  await expect(page.getByRole("textbox", { name: /^Comment on src\/file-07\.txt/ })).toBeFocused();
});

test("a link to a file scrolls to it, and so does a reload", async ({ page, api }) => {
  const { review } = await prepare(api);
  await page.goto(`${review}?file=src/file-08.txt`);
  const surface = surfaceOf(page);
  await expectAtTop({ surface, path: "src/file-08.txt" });
  await page.reload();
  await expectAtTop({ surface, path: "src/file-08.txt" });
});

test("a file that is visited before all differences are loaded stays in place when they arrive", async ({
  page,
  api,
}) => {
  const { review } = await prepare(api);
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/generation\.fileDiffs/, async (route) => {
    if (decodeURIComponent(route.request().url()).includes("afterPath")) await held;
    await route.continue();
  });
  await page.goto(review);
  const surface = surfaceOf(page);
  await expect(surface).toContainText("twenty of 0");
  await page
    .getByRole("navigation", { name: "Files of this comparison" })
    .getByRole("button", { name: /file-11/ })
    .click();
  await expect(surface.getByRole("heading", { level: 2, name: "src/file-11.txt" })).toBeInViewport();
  release();
  await expect(surface).toContainText("twenty of 11");
  await expectAtTop({ surface, path: "src/file-11.txt" });
});

test("the files of the overview link to their place in the review", async ({ page, api }) => {
  const { projectId, child } = await prepare(api);
  await page.goto(`/p/${projectId}/g/${child}`);
  await page
    .getByRole("link", { name: /src\/file-09\.txt/ })
    .first()
    .click();
  await page.waitForURL(/\/review\?file=/);
  await expectAtTop({ surface: surfaceOf(page), path: "src/file-09.txt" });
});

test("a click on a file adds a history entry, steps do not", async ({ page, api }) => {
  const { review } = await prepare(api);
  await page.goto(`${review}?file=src/file-01.txt`);
  const surface = surfaceOf(page);
  await expectAtTop({ surface, path: "src/file-01.txt" });
  await page.keyboard.press("j");
  await expect(page).toHaveURL(/file-02/);
  await page
    .getByRole("navigation", { name: "Files of this comparison" })
    .getByRole("button", { name: /file-09/ })
    .click();
  await expectAtTop({ surface, path: "src/file-09.txt" });
  await expect(page).toHaveURL(/file-09/);
  await page.goBack();
  await expect(page).toHaveURL(/file-02/);
  await expectAtTop({ surface, path: "src/file-02.txt" });
  await page.goForward();
  await expectAtTop({ surface, path: "src/file-09.txt" });
});

test("steps stay within what is shown: filters, folded files, removed marks", async ({ page, api }) => {
  const { review } = await prepare(api);
  await page.goto(`${review}?status=A`);
  const surface = surfaceOf(page);
  const list = page.getByRole("navigation", { name: "Files of this comparison" });
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await page.keyboard.press("]");
  await expect(page).toHaveURL(/file=zzz-new\.txt/);
  await page.keyboard.press("v");
  await expect(page.getByText("1/14 viewed")).toBeVisible();
  await expect(page).toHaveURL(/file=zzz-new\.txt/);
  await page.keyboard.press("v");
  await expect(page.getByText("0/14 viewed")).toBeVisible();
  await expect(page).toHaveURL(/file=zzz-new\.txt/);
  await list.getByTitle("Only added files").click();
  await list.getByTitle("Only deleted files").click();
  await expect(surface.getByRole("heading", { level: 2 })).toHaveCount(0);
  await page.screenshot({ path: "e2e/screenshots/review-no-file-fits.png" });
  await page.getByRole("button", { name: "Clear filter" }).click();
  await expect(list.getByRole("listitem").filter({ hasNot: page.locator("[aria-expanded]") })).toHaveCount(14);

  // The lock file is folded, and so is a viewed file.
  await list.getByRole("button", { name: /zzz-new/ }).click();
  await page.keyboard.press("v");
  await expect(page).toHaveURL(/file-00\.txt(&|$)/);
  await list.getByRole("button", { name: /package-lock/ }).click();
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/file-00\.txt&L=R20/);
  await page.keyboard.press("p");
  await expect(page.getByRole("status", { name: "Where you are" })).toHaveText("No earlier change in expanded files");
  await expect(page).toHaveURL(/file-00\.txt&L=R20/);
  await expect(surface.getByRole("button", { name: "Unfold package-lock.json" })).toBeAttached();
});

test("a line right after a jump by key receives a click", async ({ page, api }) => {
  const { review } = await prepare(api);
  await page.goto(`${review}?file=src/file-01.txt`);
  const surface = surfaceOf(page);
  await expectAtTop({ surface, path: "src/file-01.txt" });
  const line = await surface.getByText("twenty of 1", { exact: true }).boundingBox();
  await page.mouse.move((line?.x ?? 0) + 5, (line?.y ?? 0) + 5);
  // Any key means navigation by keyboard.
  await page.keyboard.press("Shift");
  // As after a jump whose last files have just been rendered: the surface still moves.
  await surface.evaluate((element) => {
    element.scrollTop += 1;
    return new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
  });
  await page.mouse.down();
  await page.mouse.up();
  await expect(page).toHaveURL(/file-01\.txt&L=R20/);
});

test("the filter leads to its first match, and back", async ({ page, api }) => {
  const { review } = await prepare(api);
  await page.goto(review);
  const surface = surfaceOf(page);
  await expect(surface).toContainText("twenty of 0");
  await page.keyboard.press("t");
  const filter = page.getByRole("textbox", { name: "Filter files" });
  await expect(filter).toBeFocused();
  await page.keyboard.type("file-06");
  await page.keyboard.press("Enter");
  await expect(surface).toBeFocused();
  await expectAtTop({ surface, path: "src/file-06.txt" });
  await page.keyboard.press("t");
  await page.keyboard.press("Escape");
  await expect(filter).toHaveValue("");
  await expect(filter).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(surface).toBeFocused();

  // When the list is hidden, the surface uses its width, also after a reload; the filter key shows it again.
  const before = (await surface.boundingBox())?.width ?? 0;
  await page.keyboard.press("f");
  await expect(filter).toBeHidden();
  expect(((await surface.boundingBox())?.width ?? 0) - before).toBeGreaterThan(200);
  await page.reload();
  await expect(surface).toBeVisible();
  await expect(filter).toBeHidden();
  await page.keyboard.press("t");
  await expect(filter).toBeFocused();
});

test("within the lines across files, a range in both directions from its anchor, and each move is announced", async ({
  page,
  api,
}) => {
  const { review } = await prepare(api);
  // The last file, whose lines are only loaded with all others, so that changes are counted.
  await page.goto(`${review}?file=src/file-11.txt`);
  const surface = surfaceOf(page);
  const told = page.getByRole("status", { name: "Where you are" });
  await expect(surface.getByText("twenty of 11")).toBeInViewport();
  for (let count = 0; count < 11; count += 1) await page.keyboard.press("k");
  await expect(told).toHaveText("File 3 of 14: src/file-00.txt, modified");
  await page.keyboard.press("n");
  await expect(told).toHaveText("Change 2 of 49, line 20");
  await page.keyboard.press("Enter");
  await page.keyboard.press("j");
  await expect(told).toHaveText("Line 21 unchanged: line 21");
  await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("Shift+ArrowUp");
  await expect(page).toHaveURL(/L=R19-21/);
  await expect(told).toHaveText("Lines 19 to 21 chosen");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page).toHaveURL(/L=R21-22/);

  // The last shown line of one file leads to the first of the next.
  await surface.getByRole("button", { name: "Fold src/file-00.txt" }).click();
  await page
    .getByRole("navigation", { name: "Files of this comparison" })
    .getByRole("button", { name: /file-02/ })
    .click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await page.keyboard.press("Enter");
  await expect(told).toHaveText("In the lines. Line 20 added: twenty of 2");
  for (let count = 0; count < 5; count += 1) await page.keyboard.press("k");
  await expect(page).toHaveURL(/file-01\.txt&L=R153/);
  await expect(told).toHaveText("Line 153 unchanged, src/file-01.txt: line 153");
  expect(fileOf(page)).toBe("src/file-01.txt");
});

test("lines across sides are marked, and a link keeps both ends", async ({ page, api }) => {
  const { review } = await prepare(api);
  await page.goto(`${review}?file=src/file-00.txt`);
  const surface = surfaceOf(page);
  await surface.getByText("line 20", { exact: true }).first().click();
  await expect(page).toHaveURL(/L=L20(&|$)/);
  await surface
    .getByText("line 22", { exact: true })
    .nth(1)
    .click({ modifiers: ["Shift"] });
  await expect(page).toHaveURL(/L=L20-R22/);
  await page.reload();
  await expect(surface.locator("[data-line][data-selected-line]", { hasText: "line 20" })).toBeInViewport();
  await expect(surface.locator("[data-line][data-selected-line]", { hasText: "line 22" }).last()).toBeInViewport();
  await expect(surface.locator("[data-line][data-selected-line]", { hasText: "line 23" })).toHaveCount(0);
  await expect(page).toHaveURL(/L=L20-R22/);
  await page.screenshot({ path: "e2e/screenshots/review-both-sides.png" });
});

test("the surface has two columns if there is room, and the toolbar is one row", async ({ page, api }) => {
  const { review } = await prepare(api);
  await page.goto(review);
  const surface = surfaceOf(page);
  await expect(surface.getByText("line 20", { exact: true }).first()).toBeVisible();
  const isSplit = () => expect(page.getByRole("button", { name: "Unified" })).toBeVisible();
  await isSplit();
  const top = (await surface.boundingBox())?.y ?? 0;
  const toolbar = (await page.getByRole("button", { name: "View", exact: true }).boundingBox())?.y ?? 0;
  const brief = (await page.getByRole("region", { name: "In brief" }).boundingBox())?.height ?? 0;
  expect(brief).toBeLessThan(40);
  expect(top - toolbar - brief).toBeLessThan(48);
  await page.screenshot({ path: "e2e/screenshots/review-1280.png" });
  await page.setViewportSize({ width: 1024, height: 800 });
  await expect(page.getByRole("button", { name: "Unified" })).toBeHidden();
  await page.screenshot({ path: "e2e/screenshots/review-1024.png" });
  await page.keyboard.press("f");
  await isSplit();
  await page.screenshot({ path: "e2e/screenshots/review-1024-no-list.png" });
  await page.keyboard.press("f");
  await page.setViewportSize({ width: 768, height: 800 });
  await expect(page.getByRole("button", { name: "Files", exact: true })).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/review-768.png" });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.screenshot({ path: "e2e/screenshots/review-360.png" });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("button", { name: "View", exact: true }).click();
  await page.getByRole("menuitemcheckbox", { name: "Wrap" }).click();
  await expect(page).toHaveURL(/wrap=true/);
  await expect(page.getByRole("menuitemcheckbox", { name: "Wrap" })).toHaveAttribute("aria-checked", "true");
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/review-view-menu.png" });
});

test("base..head shows what the head has since the common ancestor, and identical versions say why", async ({
  page,
  api,
}) => {
  const { projectId, generationId: v1 } = await api.importProject({ name: "Parted", files: { "a.txt": "a\n" } });
  const edit = async (parentGenerationId: string, path: string) =>
    (
      await api.mutate<{ generationId: string }>("generation.edit", {
        parentGenerationId,
        changeSet: { operations: [{ type: "write", path, content: `${path}\n` }] },
      })
    ).generationId;
  const v2 = await edit(v1, "ours.txt");
  const v3 = await edit(v1, "theirs.txt");
  await page.goto(`/p/${projectId}/compare/${v2}..${v3}?view=unified`);
  await page.waitForURL(`**/compare/${v1}...${v3}?view=unified`);
  await expect(surfaceTitle(page)).toHaveText("theirs.txt");
  const { generationId: v4 } = await api.mutate<{ generationId: string }>("generation.rollback", {
    projectId,
    toGenerationId: v1,
  });
  await page.goto(`/p/${projectId}/compare/${v1}...${v4}`);
  await expect(page.getByText("v4 was made by rolling back to v1, so it has the same files.")).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/review-identical.png" });
  await page.getByRole("button", { name: "Show the file" }).click();
  await expect(surfaceTitle(page)).toHaveText("a.txt");
});

test("of very many files each is loaded when it is chosen", async ({ page, api }) => {
  test.setTimeout(120_000);
  const names = Array.from({ length: 3_001 }, (_, index) => `f/${String(index).padStart(4, "0")}.txt`);
  const { projectId, generationId } = await api.importProject({
    name: "Very many",
    files: Object.fromEntries(names.map((name) => [name, `${name}\n`])),
  });
  const { generationId: head } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: generationId,
    changeSet: { operations: names.map((path) => ({ type: "write", path, content: `${path} changed\n` })) },
  });
  await page.goto(`/p/${projectId}/g/${head}/review`);
  await expect(page.getByText("3,001 files differ, so each is read when you choose it.")).toBeVisible();
  const surface = surfaceOf(page);
  await expect(surface.getByRole("heading", { level: 2 })).toHaveCount(0);
  await page.keyboard.press("t");
  await page.keyboard.type("2999");
  await page.keyboard.press("Enter");
  await expect(surface.getByText("f/2999.txt changed")).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/review-very-many.png" });
  // A key acts on the review once the focus has left the field.
  await expect(page.getByLabel("Filter files")).not.toBeFocused();
  await page.keyboard.press("v");
  await expect(page.getByText("1/3001 viewed")).toBeVisible();
});
