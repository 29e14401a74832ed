import { expectAccessible } from "../support/expect-accessible.ts";
import { expect, test } from "../support/fixtures.ts";

const files = {
  "src/price.ts": "export const price = 1;\n\nexport function readPrice(): number {\n  return price;\n}\n",
  "src/other.ts": "export const other = 2;\n",
  "docs/prices.md": "# Prices\n\nEvery price is in cents.\n",
};

test("search the contents of a version with the keyboard, and open a file at the line", async ({ page, api }) => {
  const { projectId, generationId } = await api.importProject({ name: "Searched by keyboard", files });
  await page.goto(`/p/${projectId}/g/${generationId}`);
  await expect(page.getByRole("navigation", { name: "Project" }).getByRole("link", { name: "Files" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+Shift+F");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Type what to look for.");
  await expect(page.getByRole("combobox", { name: "Search in files" })).toBeFocused();
  await page.keyboard.type("price");
  await expect(dialog).toContainText("5 matches in 2 files.");
  await expect(dialog.getByRole("group", { name: "docs/prices.md" }).getByRole("option")).toHaveCount(2);
  // The lines have the colours of their files.
  const coloured = dialog.getByRole("option", { name: /export function/ }).locator("[style*='--diffs-token-light']");
  await expect(coloured.first()).toContainText("export");
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/search.png" });
  for (let step = 0; step < 4; step += 1) await page.keyboard.press("ArrowDown");
  await expect(dialog.getByRole("option", { selected: true })).toContainText("return price;");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/g/${generationId}/files/src/price.ts?L=4`);
  await expect(dialog).toHaveCount(0);

  // The search is restored.
  await page.keyboard.press("ControlOrMeta+Shift+F");
  await expect(page.getByRole("combobox", { name: "Search in files" })).toHaveValue("price");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});

test("limit a search by case, expression and files, from the palette, in a narrow dark window", async ({
  page,
  api,
}) => {
  await page.setViewportSize({ width: 400, height: 800 });
  await page.emulateMedia({ colorScheme: "dark" });
  const { projectId, generationId } = await api.importProject({ name: "Searched by mouse", files });
  await page.goto(`/p/${projectId}/g/${generationId}`);
  await page.getByRole("button", { name: "Search and commands" }).click();
  await expect(page.getByRole("dialog", { name: "Search and commands" })).toBeVisible();
  await page.keyboard.type("Search in files");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Search in files" });
  const query = dialog.getByRole("combobox", { name: "Search in files" });
  await query.fill("Price");
  await dialog.getByRole("button", { name: "Match case" }).click();
  await expect(dialog).toContainText("2 matches in 2 files.");
  await dialog.getByRole("textbox", { name: "Only in files" }).fill("*.ts");
  await expect(dialog).toContainText("1 match in 1 file.");
  await dialog.getByRole("button", { name: "Regular expression" }).click();
  await query.fill("read[A-Z]\\w+\\(");
  await expect(dialog.getByRole("option")).toHaveCount(1);
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/search-narrow-dark.png" });
  await query.fill("read(");
  await expect(dialog).toContainText("This is not a regular expression");
  await query.fill("nothing like it");
  await expect(dialog).toContainText("No match in 2 files.");
  await query.fill("return");
  await dialog.getByRole("option").click();
  await page.waitForURL(`**/g/${generationId}/files/src/price.ts?L=4`);
});

test("find a file by its name in the palette", async ({ page, api }) => {
  const { projectId, generationId } = await api.importProject({ name: "Named files", files });
  await page.goto(`/p/${projectId}/g/${generationId}`);
  await expect(page.getByRole("navigation", { name: "Project" }).getByRole("link", { name: "Files" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.type("prices");
  await page.getByRole("option", { name: "docs/prices.md" }).click();
  await page.waitForURL(`**/g/${generationId}/files/docs/prices.md`);
});
