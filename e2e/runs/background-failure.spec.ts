import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.ts";
import { damagedAnswer, replaceAnswer } from "../support/replace-answer.ts";

const files = { "a.ts": "export const a = 1;\n", "b.ts": "export const b = 2;\n" };

/** Longer than the stale time of server data. */
const untilStaleMs = 6_000;

/** Simulates a user who switches windows and returns: the page refetches stale data. */
async function comeBack(page: Page): Promise<void> {
  const asked = page.waitForResponse((response) => response.url().includes("generation.summary"));
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  await asked;
}

test("the screen's content stays when Graft fails in the background", async ({ page, api }) => {
  const { projectId, generationId: v1 } = await api.importProject({ name: "Failing behind", files });
  const { generationId: v2 } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: v1,
    changeSet: { operations: [{ type: "write", path: "a.ts", content: "export const a = 10;\n" }] },
  });
  await page.clock.install();
  let isFailing = false;
  await replaceAnswer({ page, procedure: "generation.summary", answer: damagedAnswer, isOn: () => isFailing });
  const failBehind = async () => {
    await page.clock.fastForward(untilStaleMs);
    isFailing = true;
    await comeBack(page);
  };

  await page.goto(`/p/${projectId}/g/${v2}/review`);
  const surface = page.getByRole("region", { name: /^Differences of/ });
  await expect(surface).toContainText("a = 10");
  await page.keyboard.press("n");
  await page.keyboard.press("r");
  await failBehind();
  await expect(surface).toContainText("a = 10");
  await expect(page.getByRole("region", { name: "Kept old" })).toContainText("1 file kept old");
  await expect(page.locator("main").getByRole("alert")).toHaveCount(0);

  isFailing = false;
  await page.goto(`/p/${projectId}/g/${v2}/edit/b.ts`);
  const editor = page.getByRole("textbox", { name: /^Text of/ });
  await expect(editor).toBeFocused();
  await page.keyboard.type("// Not saved yet ");
  await failBehind();
  await expect(editor).toContainText("// Not saved yet");
  await expect(editor).toBeFocused();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(editor).not.toContainText("// Not saved yet");

  isFailing = false;
  await page.goto(`/p/${projectId}/g/${v2}/files/b.ts`);
  await expect(page.getByRole("region", { name: "Text of b.ts" })).toContainText("b = 2");
  await failBehind();
  await expect(page.getByRole("region", { name: "Text of b.ts" })).toContainText("b = 2");
  await expect(page.locator("main").getByRole("alert")).toHaveCount(0);
});

test("a computer without a network still reads and writes, because Graft runs on it", async ({ page, api }) => {
  const { projectId, generationId } = await api.importProject({ name: "Without a network", files });
  await page.goto(`/p/${projectId}/g/${generationId}/files`);
  await page.evaluate(() => window.dispatchEvent(new Event("offline")));
  await page.getByRole("link", { name: "a.ts" }).click();
  await expect(page.getByRole("region", { name: "Text of a.ts" })).toContainText("a = 1");
  await page.keyboard.press("e");
  await expect(page.getByRole("textbox", { name: /^Text of/ })).toBeFocused();
  await page.keyboard.type("// Written without a network\n");
  await page.keyboard.press("ControlOrMeta+s");
  await page.getByRole("dialog").getByRole("button", { name: "Save version" }).click();
  await expect(page.getByText("Saved as v2.")).toBeVisible();
});

test("a page opened while the server is unreachable loads when it is back", async ({ page, api }) => {
  const { projectId, generationId } = await api.importProject({ name: "Away and back", files });
  await page.goto(`/p/${projectId}/g/${generationId}`);
  await page.evaluate(() => Object.assign(window, { isSameDocument: true }));
  await page.route("**/*", (route) => route.abort());
  await page.getByRole("link", { name: "History" }).first().click();
  await expect(page.getByText("No connection to Graft. Your runs continue; this page will update.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "v1" })).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/server-away.png" });
  await page.unroute("**/*");
  await expect(page.getByRole("heading", { level: 1, name: "History" })).toBeVisible();
  await expect(page.getByText(/No connection to Graft/)).toHaveCount(0);
  expect(await page.evaluate(() => "isSameDocument" in window)).toBe(true);
});
