import { expectAccessible } from "../support/expect-accessible.ts";
import { expect, test, type ProjectApi } from "../support/fixtures.ts";
import { tabTo } from "../support/tab-to.ts";

/** `count` versions in a row, the second one with a label; ids by number. */
async function makeVersions({ api, name, count }: { api: ProjectApi; name: string; count: number }) {
  const { projectId, generationId } = await api.importProject({ name, files: { "a.txt": "1\n" } });
  const ids = ["", generationId];
  for (let version = 2; version <= count; version += 1) {
    const operations = [{ type: "write", path: version % 2 === 0 ? "a.txt" : "b.txt", content: `${version}\n` }];
    ids.push(
      (
        await api.mutate<{ generationId: string }>("generation.edit", {
          parentGenerationId: ids.at(-1),
          changeSet: { operations },
        })
      ).generationId,
    );
  }
  await api.mutate("generation.mark", { generationId: ids[2], label: "First release", isBookmarked: false });
  return { projectId, ids };
}

test("any of many versions is found for a comparison, and nothing opens before one is chosen, with the keyboard alone", async ({
  page,
  api,
}) => {
  const { projectId, ids } = await makeVersions({ api, name: "Many to compare", count: 56 });
  await page.goto(`/p/${projectId}/g/${ids[56]}/review`);
  const base = page.getByRole("button", { name: "Base: v55, parent" });
  await tabTo({ page, target: base });
  await page.keyboard.press("Enter");
  const popup = page.getByRole("dialog", { name: "Base version" });
  await expect(popup.getByRole("combobox")).toBeFocused();
  await expect(popup.getByRole("group", { name: "Parent of v56" })).toContainText("v55");
  await expect(popup.getByRole("group", { name: "Active" })).toContainText("v56");
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/version-picker.png" });
  const before = page.url();
  for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.type("nothing like it");
  await expect(popup.getByText("No version fits.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(popup).toHaveCount(0);
  await expect(base).toBeFocused();
  expect(page.url()).toBe(before);

  // The second of 56 is on no first page: the server finds it by its label.
  await page.keyboard.press("Enter");
  await page.keyboard.type("release first");
  await expect(popup.getByRole("option")).toHaveCount(1);
  await expect(popup.getByRole("option")).toContainText("v2");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/compare/${ids[2]}...${ids[56]}**`);

  await tabTo({ page, target: page.getByRole("button", { name: "Head: v56, active" }) });
  await page.keyboard.press("Enter");
  await page.keyboard.type("v7");
  await expect(page.getByRole("dialog", { name: "Head version" }).getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/compare/${ids[2]}...${ids[7]}**`);
});

test("older versions are listed on request, and a press outside closes the list, by mouse", async ({ page, api }) => {
  const { projectId, ids } = await makeVersions({ api, name: "Older to compare", count: 53 });
  await page.goto(`/p/${projectId}/compare/${ids[52]}...${ids[53]}`);
  await page.getByRole("button", { name: "Base: v52, parent" }).click();
  const popup = page.getByRole("dialog", { name: "Base version" });
  const all = popup.getByRole("group", { name: "All versions" }).getByRole("option");
  await expect(all).toHaveCount(51);
  await page.locator("main h1").click({ force: true });
  await expect(popup).toHaveCount(0);
  await page.getByRole("button", { name: "Base: v52, parent" }).click();
  await popup.getByText("Show older versions").click();
  await expect(all).toHaveCount(53);
  await all.last().click();
  await page.waitForURL(`**/compare/${ids[1]}...${ids[53]}**`);
});
