import { expectAccessible, expectContrast } from "../support/expect-accessible.ts";
import { expect, test, type ProjectApi } from "../support/fixtures.ts";
import { tabTo } from "../support/tab-to.ts";

/** v2 adds the text, v3 has more of it, v4 has none. */
async function makeHistory(api: ProjectApi) {
  const { projectId, generationId } = await api.importProject({ name: "With a past", files: { "a.ts": "one();\n" } });
  let parentGenerationId = generationId;
  for (const content of ["legacyCall();\n", "legacyCall();\nlegacyCall();\n", "two();\n"])
    ({ generationId: parentGenerationId } = await api.mutate<{ generationId: string }>("generation.edit", {
      parentGenerationId,
      changeSet: { operations: [{ type: "write", path: "a.ts", content }] },
    }));
  return { projectId, headId: parentGenerationId };
}

test("the history says when a text appeared and vanished, by mouse", async ({ page, api }) => {
  const { projectId } = await makeHistory(api);
  await page.goto(`/p/${projectId}/history`);
  await page.getByRole("link", { name: "Search all versions" }).click();
  await page.waitForURL("**/history/search**");
  await page.getByRole("searchbox", { name: "Text to look for" }).fill("legacyCall");
  const versions = page.getByRole("list", { name: "Versions" }).locator(":scope > li");
  await expect(versions).toHaveText([/^v4.*gone.*a\.ts.*2 to 0/, /^v3.*more.*1 to 2/, /^v2.*appeared.*0 to 1/]);
  await expect(page.getByText("3 versions changed it. All versions were searched.")).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/search-history.png" });
  await page.emulateMedia({ colorScheme: "dark" });
  await expectContrast(page);
  await page.getByRole("searchbox", { name: "Text to look for" }).fill("LEGACYCALL");
  await expect(page.getByText("No version changed it. All versions were searched.")).toBeVisible();
  await page.getByRole("checkbox", { name: "Match case" }).uncheck();
  await expect(versions).toHaveCount(3);
  await page.reload();
  await expect(page.getByRole("searchbox", { name: "Text to look for" })).toHaveValue("LEGACYCALL");
  await page.getByRole("checkbox", { name: "Match case" }).uncheck();
  await versions.nth(0).getByRole("link", { name: "a.ts" }).click();
  await page.waitForURL("**/review?file=a.ts");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("v4");
});

test("a search in the files continues through all versions, by keyboard", async ({ page, api }) => {
  const { projectId, headId } = await makeHistory(api);
  await page.goto(`/p/${projectId}/g/${headId}`);
  await page.keyboard.press("ControlOrMeta+Shift+f");
  await expect(page.getByPlaceholder("Search the contents of all files")).toBeFocused();
  await page.keyboard.type("legacyCall");
  await expect(page.getByText("No match in 1 files.")).toBeVisible();
  await tabTo({ page, target: page.getByRole("link", { name: "In all versions" }) });
  await page.keyboard.press("Enter");
  await page.waitForURL("**/history/search?q=legacyCall");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("list", { name: "Versions" }).locator(":scope > li")).toHaveCount(3);
});
