import type { Page } from "@playwright/test";
import { expectAccessible, expectContrast } from "../support/expect-accessible.ts";
import { expect, test, type ProjectApi } from "../support/fixtures.ts";

/** Three tests of node:test, of which these fail. */
const sums = (...failing: number[]) =>
  `import { test } from "node:test"; import assert from "node:assert";
${[0, 1, 2].map((index) => `test("sum ${index}", () => assert.equal(${failing.includes(index) ? 1 : 2}, 2));`).join("\n")}\n`;

const importSums = (api: ProjectApi) =>
  api.importProject({
    name: "Sums",
    files: { "package.json": JSON.stringify({ scripts: { test: "node --test" } }), "sums.test.mjs": sums() },
  });

async function edit({ api, parent, content }: { api: ProjectApi; parent: string; content: string }): Promise<string> {
  const { generationId } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: parent,
    changeSet: { operations: [{ type: "write", path: "sums.test.mjs", content }] },
  });
  return generationId;
}

/** Whether this host has a sandbox; without one, journeys that run checks are skipped. */
async function hasSandbox({ api, projectId }: { api: ProjectApi; projectId: string }): Promise<boolean> {
  const { sandbox } = await api.query<{ sandbox: { isAvailable: boolean } }>("check.list", { projectId });
  return sandbox.isAvailable;
}

const row = (page: Page, name: string) =>
  page.getByRole("list", { name: "Checks" }).getByRole("listitem").filter({ hasText: name }).first();

test("found checks are confirmed once; a new failure is shown at its file; the last passing version is one roll back away", async ({
  page,
  api,
}) => {
  const { projectId, generationId: v1 } = await importSums(api);
  test.skip(!(await hasSandbox({ api, projectId })), "There is no sandbox on this machine.");
  await page.goto(`/p/${projectId}/g/${v1}/checks`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Checks of v1");
  await expect(page.getByRole("list", { name: "Found checks" })).toHaveText("testsnpm test");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Confirm and run" }).click();
  await expect(row(page, "tests")).toContainText("passed", { timeout: 50_000 });
  await expect(row(page, "tests")).toContainText("3 passed");

  const v2 = await edit({ api, parent: v1, content: sums(1) });
  await page.goto(`/p/${projectId}/g/${v2}/checks`);
  await expect(row(page, "tests")).toContainText("new failure", { timeout: 50_000 });
  const failures = page.getByRole("list", { name: "New failures" }).getByRole("listitem");
  await expect(failures).toHaveCount(1);
  await expect(failures).toContainText("sum 1");
  await page.getByRole("button", { name: "Log of tests" }).click();
  await expect(page.getByRole("region", { name: "What tests printed" })).toContainText("sum 1");
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectContrast(page);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.goto(`/p/${projectId}/g/${v2}/review`);
  await expect(page.getByRole("link", { name: "Checks tests newly failing" })).toBeVisible();
  await expect(
    page.getByRole("button", { name: "1 finding in sums.test.mjs: Check “tests” newly fails: sum 1" }),
  ).toBeVisible();
  await page.keyboard.press("F8");
  await expect(page.getByRole("status", { name: "Where you are" })).toHaveText(
    "Finding 1 of 1: Check “tests” newly fails: sum 1",
  );
  await expect(page.getByRole("note", { name: "Finding: Check “tests” newly fails: sum 1" })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/p/${projectId}/compare/${v2}...${v1}`);
  await page.getByRole("link", { name: "Checks tests fixed" }).press("Enter");
  await expect(page).toHaveURL(new RegExp(`/g/${v1}/checks\\?against=${v2}$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Checks of v1 against v2");
  await expect(row(page, "tests")).toContainText("fixed");
  await page.goto(`/p/${projectId}/g/${v2}/checks`);

  await page.getByRole("button", { name: "Roll back to the last green (v1)" }).click();
  await page.getByRole("dialog", { name: "Make v1 active?" }).getByRole("button", { name: "Roll back to v1" }).click();
  await expect.poll(() => api.readHead(projectId)).not.toBe(v2);
  const head = await api.readHead(projectId);
  await page.goto(`/p/${projectId}/g/${head ?? ""}/checks`);
  await expect(row(page, "tests")).toContainText("fixed");
  await page.goto(`/p/${projectId}/history`);
  await expect(page.locator(`[data-version="${v2}"]`)).toContainText("tests newly failing");
  await expect(page.locator(`[data-version="${head ?? ""}"]`)).toContainText("green, fixed");

  await page.goto(`/p/${projectId}/g/${v2}/checks`);
  await failures.getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`/g/${v2}/files/sums.test.mjs`));
});

test("a check is entered by hand, watched and cancelled", async ({ page, api }) => {
  const { projectId, generationId } = await api.importProject({ name: "Slow", files: { "a.txt": "a\n" } });
  test.skip(!(await hasSandbox({ api, projectId })), "There is no sandbox on this machine.");
  await page.goto(`/p/${projectId}/g/${generationId}/checks`);
  await page.getByRole("button", { name: "Add checks" }).click();
  const dialog = page.getByRole("dialog", { name: "Checks of this project" });
  await dialog.getByRole("button", { name: "Add a check" }).click();
  await expect(dialog.getByText("Give each check a name.")).toBeVisible();
  // The new row has the focus.
  await expect(dialog.getByRole("textbox", { name: "Name of check 1" })).toBeFocused();
  await page.keyboard.type("slow");
  await dialog.getByRole("textbox", { name: "Command of check 1" }).fill("echo begun; sleep 300");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Confirm and run" }).click();
  await expect(dialog).toBeHidden();
  await expect(row(page, "slow")).toContainText("running", { timeout: 50_000 });
  await page.getByRole("button", { name: "Log of slow" }).click();
  await expect(page.getByRole("region", { name: "What slow printed" })).toContainText("begun");
  await page.getByRole("button", { name: "Cancel checks" }).click();
  await expect(row(page, "slow")).toContainText("cancelled", { timeout: 20_000 });
  await expect(page.getByRole("button", { name: "Run again" })).toBeVisible();
});
