import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/expect-accessible.ts";
import { expect, test, type ProjectApi } from "../support/fixtures.ts";
import { tabTo } from "../support/tab-to.ts";
import { workOf } from "../support/work-of.ts";

const files = {
  "src/price.ts": "// The price\nexport const price = 1;\nexport const unit = 2;\n",
  "src/order/orderItems.ts": "export const items = [];\n",
  "README.md": "# Read me\n",
};

async function makeVersions({ api, name }: { api: ProjectApi; name: string }) {
  const { projectId, generationId: v1 } = await api.importProject({ name, files });
  const edit = async (parentGenerationId: string, operations: unknown[]) =>
    (await api.mutate<{ generationId: string }>("generation.edit", { parentGenerationId, changeSet: { operations } }))
      .generationId;
  const v2 = await edit(v1, [
    { type: "edit", path: "src/price.ts", edits: [{ oldText: "price = 1", newText: "price = 10" }] },
  ]);
  const v3 = await edit(v2, [{ type: "move", source: "src/price.ts", destination: "src/cost.ts" }]);
  return { projectId, v1, v2, v3 };
}

test("find a file, see each line's version, and go to its diff, by mouse", async ({ page, api }) => {
  const { projectId, v1, v2, v3 } = await makeVersions({ api, name: "Files by mouse" });
  await page.goto(`/p/${projectId}/g/${v3}/files`);
  await page.getByRole("textbox", { name: "Find a file" }).fill("cost");
  await workOf(page).getByRole("link", { name: "src/cost.ts" }).click();
  await page.getByRole("button", { name: "Blame" }).click();
  const blame = page.getByRole("region", { name: "Blame of src/cost.ts" });
  await expect(blame.getByRole("listitem")).toHaveCount(3);
  await expect(blame.getByRole("listitem").nth(1)).toContainText("v2");
  await expect(blame.getByRole("listitem").nth(1)).toContainText("Edited src/price.ts");
  await expect(blame.getByRole("listitem").nth(0)).toContainText("v1");
  await page.screenshot({ path: "e2e/screenshots/file-blame.png" });
  await page.getByRole("button", { name: "History" }).click();
  const revisions = page.getByRole("list", { name: "Versions of this file" }).getByRole("listitem");
  await expect(revisions).toHaveCount(3);
  await expect(revisions.first()).toContainText("was src/price.ts");
  await page.screenshot({ path: "e2e/screenshots/file-history.png" });
  await revisions.nth(1).getByRole("link", { name: "Difference" }).click();
  await page.waitForURL(`**/g/${v2}/review?file=src%2Fprice.ts**`);

  // An old version, from which the file can be restored.
  await page.goto(`/p/${projectId}/g/${v1}/files/src/price.ts`);
  await expect(page.getByText("You are viewing v1. Active is v3.")).toBeVisible();
  await page.getByRole("button", { name: "Restore this file" }).click();
  await expect(page.getByRole("dialog").getByRole("checkbox", { name: "src/price.ts" })).toBeChecked();
  await page.getByRole("dialog").getByRole("button", { name: "Restore 1 file" }).click();
  await expect(page.getByText("Restored src/price.ts from v1, as v4.")).toBeVisible();
  expect((await api.readFiles((await api.readHead(projectId)) ?? "")).map(({ path }) => path)).toEqual([
    "README.md",
    "src/cost.ts",
    "src/order/orderItems.ts",
    "src/price.ts",
  ]);
});

test("a pressed line is chosen although it is rendered again before the release", async ({ page, api }) => {
  const { projectId, v2 } = await makeVersions({ api, name: "Rendered during a press" });
  await page.goto(`/p/${projectId}/g/${v2}/files/src/price.ts`);
  const line = page.getByRole("region", { name: "Text of src/price.ts" }).locator("[data-line]", { hasText: "unit" });
  await line.hover();
  await page.mouse.down();
  // As when the colours of a file arrive.
  await line.evaluate((element) => element.replaceWith(element.cloneNode(true)));
  await page.mouse.up();
  await expect(page).toHaveURL(/[?&]L=3/);
});

test("open a file by a few letters, its blame and its history, with the keyboard alone", async ({ page, api }) => {
  const { projectId, v3 } = await makeVersions({ api, name: "Files by keyboard" });
  await page.goto(`/p/${projectId}/history`);
  await expect(page.getByRole("link", { name: "v3", exact: true })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+p");
  await expect(page.getByRole("dialog")).toContainText("README.md");
  await page.keyboard.type("srcoi");
  await expect(page.getByRole("dialog").getByRole("option", { selected: true })).toContainText("orderItems.ts");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/g/${v3}/files/src/order/orderItems.ts`);
  await expect(page.getByRole("heading", { name: "src/order/orderItems.ts" })).toBeVisible();
  await page.keyboard.press("t");
  await expect(page.getByRole("dialog")).toContainText("README.md");
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/open-file.png" });
  await page.keyboard.type("nothing like it");
  await expect(page.getByText("No file fits.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("b");
  await expect(page.getByRole("region", { name: "Blame of src/order/orderItems.ts" })).toBeVisible();
  await page.keyboard.press("l");
  await expect(page.getByRole("list", { name: "Versions of this file" })).toBeVisible();
});

test("on narrow windows the tree is a drawer, and choosing a file closes it", async ({ page, api }) => {
  const { projectId, v3 } = await makeVersions({ api, name: "Files, narrow" });
  await page.setViewportSize({ width: 900, height: 700 });
  await page.goto(`/p/${projectId}/g/${v3}/files/src/cost.ts`);
  await expect(page.getByRole("heading", { name: "src/cost.ts" })).toBeVisible();
  await tabTo({ page, target: page.getByRole("button", { name: "Files", exact: true }) });
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: "Files of v3" });
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/files-drawer.png" });
  await tabTo({ page, target: drawer.getByRole("link", { name: "README.md" }) });
  await page.keyboard.press("Enter");
  await page.waitForURL("**/files/README.md");
  await expect(drawer).toHaveCount(0);
});

const longFile = Array.from({ length: 2_000 }, (_, index) =>
  index === 1_799 || index === 1_899
    ? `export const Needle_${index + 1} = (x);`
    : `export const line_${index + 1} = ${index + 1};`,
).join("\n");

const chosenLines = (page: Page, path: string) =>
  page.getByRole("region", { name: `Text of ${path}` }).locator("[data-line][data-selected-line]");

test("lines are selected by mouse and stored in the address, and the link opens at them", async ({
  page,
  api,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { projectId, generationId } = await api.importProject({
    name: "Lines by mouse",
    files: { "long.ts": longFile },
  });
  await page.goto(`/p/${projectId}/g/${generationId}/files/long.ts`);
  const text = page.getByRole("region", { name: "Text of long.ts" });
  await text.getByText("line_3 ", { exact: false }).first().click();
  await expect(page).toHaveURL(/long\.ts\?L=3$/);
  await text
    .getByText("line_6 ", { exact: false })
    .first()
    .click({ modifiers: ["Shift"] });
  await expect(page).toHaveURL(/long\.ts\?L=3-6$/);
  await expect(chosenLines(page, "long.ts")).toHaveCount(4);
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/file-lines.png" });
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByText("The link to this place is copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/\/files\/long\.ts\?L=3-6$/);
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(page).toHaveURL(/long\.ts$/);

  await page.goto(`/p/${projectId}/g/${generationId}/files/long.ts?L=1500-1502`);
  await expect(chosenLines(page, "long.ts")).toHaveCount(3);
  await expect(chosenLines(page, "long.ts").first()).toBeInViewport();
  await expect(chosenLines(page, "long.ts").first()).toContainText("line_1500");
});

test("lines are selected and found with the keyboard alone, including unrendered ones", async ({ page, api }) => {
  const { projectId, generationId } = await api.importProject({
    name: "Lines by keyboard",
    files: { "long.ts": longFile },
  });
  await page.goto(`/p/${projectId}/g/${generationId}/files/long.ts`);
  const text = page.getByRole("region", { name: "Text of long.ts" });
  await expect(text).toContainText("line_1 ");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowUp");
  await expect(page).toHaveURL(/\?L=3-4$/);
  await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("Shift+ArrowUp");
  await expect(page).toHaveURL(/\?L=2-3$/);
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("k");
  await expect(page).toHaveURL(/\?L=2$/);
  await expect(page.getByText("Line 2: export const line_2 = 2;")).toBeAttached();
  await page.keyboard.press("y");
  await expect(page.getByText(/The link to this place is copied|The link is in the address bar/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/long\.ts$/);

  await page.keyboard.press("ControlOrMeta+f");
  const find = page.getByRole("search", { name: "Find in this file" });
  await expect(find.getByRole("textbox")).toBeFocused();
  await page.keyboard.type("needle");
  await expect(find).toContainText("1 of 2");
  await expect(chosenLines(page, "long.ts")).toContainText("Needle_1800");
  await expect(chosenLines(page, "long.ts")).toBeInViewport();
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/file-find.png" });
  await page.keyboard.press("Enter");
  await expect(find).toContainText("2 of 2");
  await expect(chosenLines(page, "long.ts")).toContainText("Needle_1900");
  await page.keyboard.press("Enter");
  await expect(find).toContainText("1 of 2");
  await page.keyboard.press("Shift+Enter");
  await expect(find).toContainText("2 of 2");
  await tabTo({ page, target: find.getByRole("button", { name: "Match case" }) });
  await page.keyboard.press("Space");
  await expect(find).toContainText("Not found");
  await page.keyboard.press("Space");
  await expect(find).toContainText("1 of 2");
  await tabTo({ page, target: find.getByRole("button", { name: "Regular expression" }) });
  await page.keyboard.press("Space");
  await tabTo({ page, target: find.getByRole("textbox"), key: "Shift+Tab" });
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("= 19\\d\\d;$");
  await expect(find).toContainText("1 of 99");
  await page.keyboard.press("Escape");
  await expect(find).toHaveCount(0);
  await expect(text).toBeFocused();
  await page.keyboard.press("/");
  await expect(find.getByRole("textbox")).toBeFocused();
});

test("on a window as narrow as a phone's, a link opens at its lines and find scrolls to a match", async ({
  page,
  api,
}) => {
  const { projectId, generationId } = await api.importProject({
    name: "Lines, narrow",
    files: { "long.ts": longFile },
  });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/p/${projectId}/g/${generationId}/files/long.ts?L=1500-1502`);
  await expect(chosenLines(page, "long.ts")).toHaveCount(3);
  await expect(chosenLines(page, "long.ts").first()).toBeInViewport();
  await expect(page.getByRole("button", { name: "Copy link" })).toBeInViewport();
  expect(await page.locator("[data-line]").count()).toBeLessThan(400);
  await page.keyboard.press("/");
  await page.keyboard.type("needle");
  await expect(chosenLines(page, "long.ts")).toContainText("Needle_1800");
  await expect(chosenLines(page, "long.ts")).toBeInViewport();
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/file-narrow.png" });
});

test("text typed right after the key for a field goes to the field, and triggers no shortcut", async ({
  page,
  api,
}) => {
  const { projectId, generationId } = await api.importProject({ name: "Typed ahead", files: { "long.ts": longFile } });
  await page.goto(`/p/${projectId}/g/${generationId}/files/long.ts`);
  await expect(page.getByRole("region", { name: "Text of long.ts" })).toContainText("line_1 ");
  // In one task, like keys pressed while the page was busy.
  await page.evaluate(() => {
    for (const key of "/ejg")
      (document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent("keydown", {
          key,
          code: key === "/" ? "Slash" : `Key${key.toUpperCase()}`,
          bubbles: true,
          cancelable: true,
        }),
      );
  });
  await expect(page.getByRole("search", { name: "Find in this file" }).getByRole("textbox")).toBeFocused();
  await page.keyboard.press("Escape");

  // While the palette's code is loading, typed characters go to its field and not to the page.
  await page.route("**/_next/static/chunks/**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    await route.continue();
  });
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("edit b");
  const field = page.getByPlaceholder("Go to a project or page");
  await expect(field).toBeFocused();
  await page.keyboard.type("lam");
  await expect(field).toHaveValue("edit blam");
  await expect(page).toHaveURL(/files\/long\.ts/);
});

test("a file that a version does not have links to where it is", async ({ page, api }) => {
  const { projectId, v1, v2, v3 } = await makeVersions({ api, name: "Gone files" });
  const { generationId: v4 } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: v3,
    changeSet: { operations: [{ type: "delete", path: "README.md" }] },
  });
  await page.goto(`/p/${projectId}/g/${v4}/files/README.md?L=1`);
  await expect(page.getByText("v4 does not have this file")).toBeVisible();
  await expect(page.getByText("v4 deleted it.", { exact: false })).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/file-missing.png" });
  await expect(page.getByRole("link", { name: "History of the file" })).toHaveAttribute(
    "href",
    `/p/${projectId}/g/${v3}/files/README.md?view=history`,
  );
  await expect(page.getByRole("link", { name: "Changes of v4" })).toHaveAttribute(
    "href",
    `/p/${projectId}/g/${v4}/review?file=README.md`,
  );
  await page.getByRole("link", { name: "Open in v3" }).click();
  await page.waitForURL(`**/g/${v3}/files/README.md`);
  await expect(page.getByRole("region", { name: "Text of README.md" })).toContainText("# Read me");

  await page.goto(`/p/${projectId}/g/${v4}/files/src/price.ts`);
  await expect(page.getByText("v3 moved it to src/cost.ts.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Open in v2" })).toHaveAttribute(
    "href",
    `/p/${projectId}/g/${v2}/files/src/price.ts`,
  );
  await page.getByRole("link", { name: "Open where it is now" }).click();
  await page.waitForURL(`**/g/${v4}/files/src/cost.ts`);

  await page.goto(`/p/${projectId}/g/${v1}/files/src/cost.ts`);
  await expect(page.getByText("No version on the way to v1 had it. v3 does.")).toBeVisible();
  await page.goto(`/p/${projectId}/g/${v1}/files/never.ts`);
  await expect(page.getByText("No version of this project has a file at this path.")).toBeVisible();
});

test("chosen files are restored from an old version with the keyboard alone", async ({ page, api }) => {
  const { projectId, generationId: v1 } = await api.importProject({ name: "Restored by keyboard", files });
  await api.mutate("generation.edit", {
    parentGenerationId: v1,
    changeSet: {
      operations: [
        { type: "write", path: "src/price.ts", content: "export const price = 2;\n" },
        { type: "write", path: "src/order/orderItems.ts", content: "export const items = [1];\n" },
        { type: "delete", path: "README.md" },
      ],
    },
  });
  await page.goto(`/p/${projectId}/g/${v1}/files`);
  await tabTo({ page, target: page.getByRole("button", { name: "Restore files" }) });
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Restore files from v1" });
  for (const path of ["README.md", "src/price.ts"]) {
    await tabTo({ page, target: dialog.getByRole("checkbox", { name: path }) });
    await page.keyboard.press("Space");
  }
  await tabTo({ page, target: dialog.getByRole("button", { name: "Restore 2 files" }) });
  await page.keyboard.press("Enter");
  await expect(page.getByText("Restored 2 files from v1, as v3.")).toBeVisible();
  const [head, old] = await Promise.all([api.readFiles((await api.readHead(projectId)) ?? ""), api.readFiles(v1)]);
  const hashOf = (items: typeof old, path: string) => items.find((item) => item.path === path)?.contentHash;
  for (const path of ["README.md", "src/price.ts"]) expect(hashOf(head, path)).toBe(hashOf(old, path));
  expect(hashOf(head, "src/order/orderItems.ts")).not.toBe(hashOf(old, "src/order/orderItems.ts"));
});
