import type { Page } from "@playwright/test";
import { choose, expect, test, type ProjectApi } from "../support/fixtures.ts";
import { expectAccessible } from "../support/expect-accessible.ts";
import { listLaterParts } from "../support/later-parts.ts";
import { tabTo } from "../support/tab-to.ts";

// The diff at the width for pure reading.
test.use({ isThreadFolded: true });

const lines = Array.from({ length: 400 }, (_, index) => `line ${index + 1}`);
const text = (...changed: [number, string][]) =>
  `${lines.map((line, index) => changed.find(([number]) => number === index + 1)?.[1] ?? line).join("\n")}\n`;

async function prepare(api: ProjectApi) {
  const before = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [`src/file-${String(index).padStart(2, "0")}.txt`, text()]),
  );
  const { projectId, generationId } = await api.importProject({
    name: "Review",
    files: { ...before, "old.txt": "old\n" },
  });
  const { generationId: child } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: generationId,
    changeSet: {
      operations: [
        ...Object.keys(before).map((path, index) => ({
          type: "write",
          path,
          content: text([10, `ten of ${index}`], [200, `needle ${index} here`], [390, "the end"]),
        })),
        { type: "delete", path: "old.txt" },
        { type: "write", path: "new.txt", content: "fresh\n" },
      ],
    },
  });
  return { projectId, child };
}

test("find covers all lines, rendered or not, and the browser's own find is one press away", async ({ page, api }) => {
  const { projectId, child } = await prepare(api);
  await page.goto(`/p/${projectId}/g/${child}/review`);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await expect(surface).toContainText("ten of 0");
  await page.keyboard.press("/");
  const find = page.getByRole("search", { name: "Find in the differences" });
  await find.getByLabel("Find in all lines").fill("NEEDLE");
  await expect(find.getByRole("status")).toHaveText("1 of 12");
  for (let count = 0; count < 10; count += 1) await page.keyboard.press("Enter");
  await expect(find.getByRole("status")).toHaveText("11 of 12");
  await expect(surface).toContainText("needle 10 here");
  await expect(page).toHaveURL(/file=src%2Ffile-10\.txt|file=src\/file-10\.txt/);
  await find.getByRole("button", { name: "Match case" }).click();
  await expect(find.getByRole("status")).toHaveText("Not found");
  await find.getByRole("button", { name: "Match case" }).click();
  await find.getByRole("button", { name: "Regular expression" }).click();
  await find.getByLabel("Find in all lines").fill("ten of (3|4)$");
  await expect(find.getByRole("status")).toHaveText("1 of 2");
  await page.screenshot({ path: "e2e/screenshots/review-find.png" });
  await page.keyboard.press("Escape");
  await expect(find).toBeHidden();
  await expect(surface).toBeFocused();
});

test("matches are marked in the lines, and those hidden by a filter are counted", async ({ page, api }) => {
  const { projectId, child } = await prepare(api);
  await page.goto(`/p/${projectId}/g/${child}/review?status=added,deleted`);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await expect(surface).toContainText("fresh");
  const marked = () =>
    page.evaluate(() => {
      const textsOf = (name: string) => [...(CSS.highlights.get(name) ?? [])].map(String);
      return { all: textsOf("graft-found"), current: textsOf("graft-found-current") };
    });
  await page.keyboard.press("/");
  await page.keyboard.type("needle");
  const find = page.getByRole("search", { name: "Find in the differences" });
  await expect(find.getByText("12 in hidden files")).toBeVisible();
  await expect(find.getByRole("status")).toHaveText("Not found");
  await page.screenshot({ path: "e2e/screenshots/review-find-hidden.png" });
  await expectAccessible(page);
  await find.getByRole("button", { name: "Show all files" }).click();
  await expect(find.getByRole("status")).toHaveText("0 of 12");
  await expect(find.getByText("in hidden files")).toHaveCount(0);
  await find.getByRole("button", { name: "Next hit" }).click();
  await expect(surface.getByText("needle 0 here")).toBeInViewport();
  await expect.poll(marked).toMatchObject({ current: ["needle"] });
  await page.screenshot({ path: "e2e/screenshots/review-find-marked.png" });
  await find.getByLabel("Find in all lines").fill("line 20");
  await expect.poll(async () => (await marked()).all.length).toBeGreaterThan(0);
  await page.keyboard.press("Escape");
  await expect.poll(marked).toEqual({ all: [], current: [] });
});

test("a link leads to a line, and y copies it", async ({ page, api, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { projectId, child } = await prepare(api);
  await page.goto(`/p/${projectId}/g/${child}/review?file=src/file-07.txt&L=R200`);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await expect(surface.getByText("needle 7 here")).toBeInViewport();
  await page.keyboard.press("y");
  await expect(page.getByText("The link to this place is copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("L=R200");
});

test("F7 reads change by change, with words for additions and deletions, and leads to the line", async ({
  page,
  api,
}) => {
  const { projectId, child } = await prepare(api);
  await page.goto(`/p/${projectId}/g/${child}/review`);
  await expect(page.getByRole("region", { name: /Differences of v2/ })).toContainText("ten of 0");
  await page.keyboard.press("F7");
  const reader = page.getByRole("region", { name: "Change by change" });
  await expect(reader.getByRole("heading")).toContainText("Change 1 of 38: new.txt, line 1");
  await page.keyboard.press("F7");
  await expect(reader.getByRole("heading")).toContainText("old.txt");
  await page.keyboard.press("F7");
  await expect(reader.getByRole("heading")).toContainText("Change 3 of 38: src/file-00.txt");
  await expect(reader.getByRole("listitem").filter({ hasText: "added, line 10: ten of 0" })).toBeVisible();
  await expect(reader.getByRole("listitem").filter({ hasText: "deleted, line 10: line 10" })).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/review-reader.png" });
  await expectAccessible(page);

  // Tab focuses the list of lines, arrows move within it, Enter on a line goes to the surface.
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await tabTo({ page, target: reader.getByRole("button", { name: "Close the reader" }) });
  await page.keyboard.press("Tab");
  await page.keyboard.press("End");
  await expect(reader.getByRole("button").last()).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(reader.getByRole("button").last()).not.toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Home");
  for (let count = 0; count < 4; count += 1) await page.keyboard.press("ArrowDown");
  await expect(reader.getByRole("button", { name: "added, line 10: ten of 0" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/L=R10(&|$)/);
  await expect(surface).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(reader).toBeHidden();
  await expect(surface).toBeFocused();
});

test("files are filtered by status, and the list is a drawer on narrow windows", async ({ page, api }) => {
  const { projectId, child } = await prepare(api);
  await page.goto(`/p/${projectId}/g/${child}/review`);
  const list = page.getByRole("navigation", { name: "Files of this comparison" });
  // Below their folder, which collapses and expands them.
  const inList = list.getByRole("listitem").filter({ hasNot: page.locator("[aria-expanded]") });
  await expect(inList).toHaveCount(14);
  await list.getByRole("button", { name: /^src ,/ }).click();
  await page.screenshot({ path: "e2e/screenshots/review-folder-folded.png" });
  await expect(inList).toHaveCount(2);
  await list.getByRole("button", { name: /^src ,/ }).click();
  await list.getByTitle("Only deleted files").click();
  await list.getByTitle("Only added files").click();
  await expect(inList).toHaveCount(2);
  await expect(page).toHaveURL(/status=D,A/);
  await page.setViewportSize({ width: 360, height: 720 });
  await expect(list).toBeHidden();
  const files = page.getByRole("button", { name: "Files", exact: true });
  await files.click();
  const drawer = page.getByRole("dialog", { name: "Files" });
  await expect(drawer.getByRole("navigation", { name: "Files of this comparison" })).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/review-files-narrow.png" });
  await page.keyboard.press("Escape");
  await expect(drawer).toHaveCount(0);
  await expect(files).toBeFocused();
  await files.click();
  await drawer.getByRole("button", { name: /new\.txt/ }).click();
  await expect(drawer).toHaveCount(0);
  await page.screenshot({ path: "e2e/screenshots/review-narrow.png" });

  // By key it opens at its filter, which leads on to the surface.
  await page.keyboard.press("t");
  await expect(drawer.getByRole("textbox", { name: "Filter files" })).toBeFocused();
  await page.keyboard.type("old");
  await page.keyboard.press("Enter");
  await expect(drawer).toHaveCount(0);
  await expect(page.getByRole("region", { name: /Differences of v2/ })).toBeFocused();
  await expect(page).toHaveURL(/file=old\.txt/);
});

test("the lines between two changes are unfolded", async ({ page, api }) => {
  const { projectId, child } = await prepare(api);
  await page.goto(`/p/${projectId}/g/${child}/review`);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await expect(surface).toContainText("ten of 0");
  await expect(surface.getByText("line 2", { exact: true })).toHaveCount(0);
  await surface.getByRole("button", { name: /Show/ }).first().press("Enter");
  await expect(surface.getByText("line 2", { exact: true }).first()).toBeVisible();
});

test("one file at a time, by keyboard, and then all of them again at the same place", async ({ page, api }) => {
  const { projectId, child } = await prepare(api);
  await page.goto(`/p/${projectId}/g/${child}/review`);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  const titles = surface.getByRole("heading", { level: 2 });
  await expect(titles.nth(1)).toBeVisible();
  const [first, second] = await titles.allTextContents();
  await page.keyboard.press("s");
  await expect(titles).toHaveText([first ?? ""]);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(titles).toHaveText([second ?? ""]);
  await page.keyboard.press("p");
  await expect(titles).toHaveText([first ?? ""]);
  // The address follows a moment later, and a reload shows the same.
  await expect(page).toHaveURL(
    (url) => url.searchParams.get("one") === "true" && url.searchParams.get("file") === first,
  );
  await page.reload();
  await expect(titles).toHaveText([first ?? ""]);
  await page.getByRole("button", { name: "View", exact: true }).click();
  await page.getByRole("menuitemcheckbox", { name: "One file" }).click();
  await expect(titles.nth(1)).toBeVisible();
});

test("an address never goes back to an earlier place by itself", async ({ page, api }) => {
  const { projectId, child } = await prepare(api);
  await page.addInitScript(() => {
    const addresses: string[] = [];
    const write = window.history.replaceState;
    window.history.replaceState = function (state: unknown, title: string, url?: string | URL | null) {
      write.call(this, state, title, url);
      if (addresses.at(-1) !== window.location.href) addresses.push(window.location.href);
    };
    Object.assign(window, { addresses });
  });
  await page.goto(`/p/${projectId}/g/${child}/review`);
  await expect(page.getByRole("region", { name: /Differences of v2/ })).toContainText("ten of 0");
  // The delays of a slow machine only occur on one.
  const devTools = await page.context().newCDPSession(page);
  await devTools.send("Emulation.setCPUThrottlingRate", { rate: 6 });
  for (const key of ["s", "j", "j", "p"]) {
    await page.keyboard.press(key);
    await page.waitForTimeout(60);
  }
  await expect(page).toHaveURL(/file=new\.txt&L=R1$/);
  await page.waitForTimeout(500);
  const addresses = await page.evaluate(() => (window as unknown as { addresses: string[] }).addresses);
  const places = addresses
    .map((address) => new URL(address).search)
    .filter((place, position, all) => place !== all[position - 1]);
  expect(places).toEqual([...new Set(places)]);
});

const surfaceOf = (page: Page) => page.getByRole("region", { name: /Differences of v2/ });

test("lines are rendered in whichever order the code chunks arrive", async ({ page, api, context }) => {
  const { projectId, child } = await prepare(api);
  const review = `/p/${projectId}/g/${child}/review`;
  const parts = await listLaterParts({
    page,
    url: review,
    isShown: () => expect(surfaceOf(page)).toContainText("ten of 0"),
  });
  expect(parts.length).toBeGreaterThan(3);
  for (const last of parts) {
    const other = await context.newPage();
    await other.route(last, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue();
    });
    await other.goto(review);
    await expect(surfaceOf(other), `with ${last} as the last`).toContainText("ten of 0");
    await other.close();
  }
});

test("lines whose code fails to load offer a retry in place", async ({ page, api, context }) => {
  const { projectId, child } = await prepare(api);
  const review = `/p/${projectId}/g/${child}/review`;
  const parts = await listLaterParts({
    page,
    url: review,
    isShown: () => expect(surfaceOf(page)).toContainText("ten of 0"),
  });
  const other = await context.newPage();
  for (const part of parts) await other.route(part, (route) => route.abort());
  await other.goto(review);
  const missing = other.getByRole("alert").filter({ hasText: "Part of this page failed to load" });
  await expect(missing).toBeVisible();
  await expect(other.getByRole("navigation", { name: "Files of this comparison" })).toContainText("file-00.txt");
  await expectAccessible(other);
  await other.screenshot({ path: "e2e/screenshots/review-part-missing.png" });
  await missing.getByRole("button", { name: "Try again" }).click();
  await expect(missing).toHaveCount(0);
  await expect(missing).toBeVisible();
  for (const part of parts) await other.unroute(part);
  await missing.getByRole("button", { name: "Try again" }).click();
  await expect(surfaceOf(other)).toContainText("ten of 0");
});

test("sorting by importance works, and siblings are compared by their figures", async ({ page, api }) => {
  const { projectId, generationId: v1 } = await api.importProject({
    name: "Order",
    files: { "a.txt": "a\n", "package-lock.json": "{}\n", "src/b.ts": "b\n", "src/b.test.ts": "b\n" },
  });
  const edit = async (parentGenerationId: string, files: Record<string, string>) =>
    (
      await api.mutate<{ generationId: string }>("generation.edit", {
        parentGenerationId,
        changeSet: { operations: Object.entries(files).map(([path, content]) => ({ type: "write", path, content })) },
      })
    ).generationId;
  const v2 = await edit(v1, {
    "a.txt": "A\n",
    "package-lock.json": '{ "a": 1 }\n',
    "src/b.ts": "b\nc\nd\ne\n",
    "src/b.test.ts": "B\n",
  });
  const v3 = await edit(v1, { "a.txt": "AA\n" });
  await page.goto(`/p/${projectId}/g/${v2}/review`);
  const list = page.getByRole("navigation", { name: "Files of this comparison" }).getByRole("listitem");
  await expect(list).toContainText(["a.txt", "package-lock.json", "src/b.test.ts", "src/b.ts"]);
  await choose({ page, label: "Order of files", option: "By importance" });
  await expect(list).toContainText(["src/b.ts", "a.txt", "src/b.test.ts", "package-lock.json"]);
  await page.screenshot({ path: "e2e/screenshots/review-by-importance.png" });
  await page.getByRole("button", { name: "More for src/b.ts" }).click();
  await page.getByRole("menuitem", { name: "File history" }).click();
  await expect(page).toHaveURL(/files\/src\/b\.ts\?view=history/);

  await page.goto(`/p/${projectId}/compare/${v2}...${v3}`);
  await page.getByText("v2 and v3 were made from the same version").click();
  await expect(page.getByRole("row", { name: /Files/ })).toContainText("4 files: 4 modified");
  await expect(page.getByRole("row", { name: /Files/ })).toContainText("4 files: 3 kept, 1 modified");
  await page.screenshot({ path: "e2e/screenshots/review-siblings.png" });
  await page.getByRole("button", { name: "Base: v2, sibling" }).click();
  const versions = page.getByRole("dialog", { name: "Base version" });
  await versions.getByRole("group", { name: "Common ancestor" }).getByRole("option").click();
  await page.waitForURL(`**/compare/${v1}...${v3}**`);
});
