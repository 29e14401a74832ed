import { expectAccessible } from "./expect-accessible.ts";
import { expect, test } from "./fixtures.ts";
import type { ProjectApi } from "./fixtures.ts";
import { tabTo } from "./tab-to.ts";

const files = { "src/price.ts": "// The price\nexport const price = 1;\nexport const unit = 2;\n", "src/order/orderItems.ts": "export const items = [];\n", "README.md": "# Read me\n" };

async function makeVersions({ api, name }: { api: ProjectApi; name: string }) {
  const { projectId, generationId: v1 } = await api.importProject({ name, files });
  const edit = async (parentGenerationId: string, operations: unknown[]) => (await api.mutate<{ generationId: string }>("generation.edit", { parentGenerationId, changeSet: { operations } })).generationId;
  const v2 = await edit(v1, [{ type: "edit", path: "src/price.ts", edits: [{ oldText: "price = 1", newText: "price = 10" }] }]);
  const v3 = await edit(v2, [{ type: "move", source: "src/price.ts", destination: "src/cost.ts" }]);
  return { projectId, v1, v2, v3 };
}

test("find a file, see which version each line is from, and go to the difference that made it, by mouse", async ({ page, api }) => {
  const { projectId, v1, v2, v3 } = await makeVersions({ api, name: "Files by mouse" });
  await page.goto(`/p/${projectId}/g/${v3}/files`);
  await page.getByRole("textbox", { name: "Find a file" }).fill("cost");
  await page.getByRole("link", { name: "src/cost.ts" }).click();
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

  // An old version: the file can be taken from it.
  await page.goto(`/p/${projectId}/g/${v1}/files/src/price.ts`);
  await expect(page.getByText("You are viewing v1. Active is v3.")).toBeVisible();
  await page.getByRole("button", { name: "Restore this file" }).click();
  await expect(page.getByRole("dialog").getByRole("checkbox", { name: "src/price.ts" })).toBeChecked();
  await page.getByRole("dialog").getByRole("button", { name: "Restore 1 file" }).click();
  await expect(page.getByText("Restored src/price.ts from v1, as v4.")).toBeVisible();
  expect((await api.readFiles((await api.readHead(projectId)) ?? "")).map(({ path }) => path)).toEqual(["README.md", "src/cost.ts", "src/order/orderItems.ts", "src/price.ts"]);
});

test("open a file by a few letters, its blame and its history, with the keyboard alone", async ({ page, api }) => {
  const { projectId, v3 } = await makeVersions({ api, name: "Files by keyboard" });
  await page.goto(`/p/${projectId}/history`);
  await expect(page.getByRole("link", { name: "v3", exact: true })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+p");
  await expect(page.getByRole("dialog")).toContainText("README.md");
  await page.keyboard.type("srcoi");
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
  await tabTo({ page, target: page.getByRole("button", { name: "Files" }) });
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: "Files of v3" });
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/files-drawer.png" });
  await tabTo({ page, target: drawer.getByRole("link", { name: "README.md" }) });
  await page.keyboard.press("Enter");
  await page.waitForURL("**/files/README.md");
  await expect(drawer).toHaveCount(0);
});
