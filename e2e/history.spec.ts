import type { Page } from "@playwright/test";
import { expectAccessible } from "./expect-accessible.ts";
import { choose, expect, test } from "./fixtures.ts";
import type { ProjectApi } from "./fixtures.ts";
import { tabTo } from "./tab-to.ts";

const files = { "a.txt": "one\n", "b.txt": "b\n", "c.txt": "c\n" };

/** v1 to v3 in a row, v4 a branch from v2 that has a branch of its own, v5. Active is v3. */
async function makeTree({ api, name }: { api: ProjectApi; name: string }) {
  const { projectId, generationId: v1 } = await api.importProject({ name, files });
  const edit = async (parentGenerationId: string, path: string, content: string) =>
    (await api.mutate<{ generationId: string }>("generation.edit", { parentGenerationId, changeSet: { operations: [{ type: "write", path, content }] } })).generationId;
  const v2 = await edit(v1, "a.txt", "two\n");
  const v3 = await edit(v2, "b.txt", "B\n");
  const v4 = await edit(v2, "c.txt", "C\n");
  const v5 = await edit(v4, "c.txt", "CC\n");
  return { projectId, v1, v2, v3, v4, v5 };
}

const rows = (page: Page) => page.getByRole("list", { name: "Versions" }).getByRole("listitem");

test("find, bookmark, label and restore by mouse", async ({ page, api }) => {
  const { projectId, v1, v3 } = await makeTree({ api, name: "History by mouse" });
  await page.goto(`/p/${projectId}/history`);
  await expect(rows(page)).toHaveCount(5);
  await page.getByRole("button", { name: "Bookmark v2" }).click();
  await expect(page.getByRole("button", { name: "Bookmark v2" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Actions for v4" }).click();
  await page.getByRole("menuitem", { name: "Label" }).click();
  await page.getByRole("textbox", { name: "Label" }).fill("Other way");
  await page.getByRole("button", { name: "Save label" }).click();
  await expect(rows(page).filter({ hasText: "Other way" })).toHaveCount(1);

  // Both are the server's: another visit has them too.
  await page.reload();
  await page.getByRole("searchbox", { name: "Filter versions" }).fill("other");
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByText("1 of 5 versions")).toBeVisible();
  await page.getByRole("searchbox", { name: "Filter versions" }).fill("");
  await page.getByRole("switch", { name: "Bookmarked" }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText("v2");
  await page.getByRole("switch", { name: "Bookmarked" }).click();
  await choose({ page, label: "Kind", option: "import" });
  await expect(rows(page)).toHaveCount(1);
  await choose({ page, label: "Kind", option: "Any kind" });
  await page.getByRole("switch", { name: "Only path to active" }).click();
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).filter({ hasText: "+2 in branches" })).toContainText("v2");
  await page.screenshot({ path: "e2e/screenshots/history-path.png" });
  await page.getByRole("switch", { name: "Only path to active" }).click();
  await page.screenshot({ path: "e2e/screenshots/history-tree.png" });

  await page.getByRole("button", { name: "Actions for v1" }).click();
  await page.getByRole("menuitem", { name: "Restore files" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("checkbox", { name: "a.txt" })).toBeVisible();
  await expect(dialog.getByRole("checkbox", { name: "c.txt" })).toHaveCount(0);
  await expectAccessible(page);
  await dialog.getByRole("checkbox", { name: "a.txt" }).click();
  await page.screenshot({ path: "e2e/screenshots/restore-files.png" });
  await dialog.getByRole("button", { name: "Restore 1 file" }).click();
  await expect(page.getByText("Restored a.txt from v1, as v6.")).toBeVisible();
  const hashes = async (id: string) => new Map((await api.readFiles(id)).map(({ path, contentHash }) => [path, contentHash]));
  const [first, third, head] = await Promise.all([hashes(v1), hashes(v3), hashes((await api.readHead(projectId)) ?? "")]);
  expect(head).toEqual(new Map(third).set("a.txt", first.get("a.txt") ?? ""));

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("v3 is active again, as v7.")).toBeVisible();
  expect(await hashes((await api.readHead(projectId)) ?? "")).toEqual(third);
});

test("move, bookmark, compare and roll back with the keyboard alone", async ({ page, api }) => {
  const { projectId, v2, v5 } = await makeTree({ api, name: "History by keyboard" });
  await page.goto(`/p/${projectId}/history`);
  await expect(rows(page)).toHaveCount(5);
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("b");
  await expect(page.getByRole("button", { name: "Bookmark v2" })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("x");
  await page.keyboard.press("c");
  await page.waitForURL(`**/compare/${v2}...${v5}**`);

  await page.goBack();
  await expect(rows(page)).toHaveCount(5);
  await page.keyboard.press("/");
  await page.keyboard.type("v1 import");
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Shift+R");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("This makes v6, a copy of v1. No version is changed or deleted");
  await expect(dialog).toContainText("Compared with the active v3: 2 changed, 1 the same.");
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/roll-back-consequences.png" });
  await tabTo({ page, target: dialog.getByRole("button", { name: "Roll back to v1" }) });
  await page.keyboard.press("Enter");
  await expect(page.getByText("Rolled back to v1 as v6.")).toBeVisible();
});

test("label, restore and bookmark from menus with the keyboard alone", async ({ page, api }) => {
  const { projectId, v1, v3 } = await makeTree({ api, name: "Menus by keyboard" });
  await page.goto(`/p/${projectId}/history`);
  await tabTo({ page, target: page.getByRole("button", { name: "Actions for v1" }) });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Open" })).toBeFocused();
  await page.keyboard.press("l");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Label" })).toBeFocused();
  await page.keyboard.type("Where it began");
  await page.keyboard.press("Enter");
  await expect(rows(page).filter({ hasText: "Where it began" })).toHaveCount(1);
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.goto(`/p/${projectId}/g/${v1}`);
  await tabTo({ page, target: page.getByRole("button", { name: "More for v1" }) });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Bookmark" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("bookmarked", { exact: true })).toBeVisible();
  await tabTo({ page, target: page.getByRole("button", { name: "More for v1" }) });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Remove bookmark" })).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Restore files" })).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await tabTo({ page, target: dialog.getByRole("checkbox", { name: "b.txt" }) });
  await page.keyboard.press("Space");
  await tabTo({ page, target: dialog.getByRole("button", { name: "Restore 1 file" }) });
  await page.keyboard.press("Enter");
  await expect(page.getByText("Restored b.txt from v1, as v6.")).toBeVisible();
  const head = await api.readFiles((await api.readHead(projectId)) ?? "");
  const [first, third] = await Promise.all([api.readFiles(v1), api.readFiles(v3)]);
  expect(head.find(({ path }) => path === "b.txt")).toEqual(first.find(({ path }) => path === "b.txt"));
  expect(head.find(({ path }) => path === "a.txt")).toEqual(third.find(({ path }) => path === "a.txt"));
});

test("the selected version stands beside the list on wide windows, and in the address", async ({ page, api }) => {
  const { projectId, v4 } = await makeTree({ api, name: "History with a preview" });
  await page.setViewportSize({ width: 1600, height: 900 });
  await page.goto(`/p/${projectId}/history`);
  await expect(page.getByRole("complementary", { name: "v5" })).toContainText("c.txt");
  await page.keyboard.press("j");
  const preview = page.getByRole("complementary", { name: "v4" });
  await expect(preview.getByRole("list", { name: "Files that v4 changed" })).toContainText("c.txt");
  await expect(page).toHaveURL(new RegExp(`sel=${v4}`));
  await page.reload();
  await expect(preview).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/history-preview.png" });
  await rows(page).filter({ hasText: "child of v1" }).click({ position: { x: 300, y: 50 } });
  await expect(page.getByRole("complementary", { name: "v2" })).toContainText("a.txt");
  await preview.waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Review changes" }).click();
  await page.waitForURL(/\/review/);
});
