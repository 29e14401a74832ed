import type { Page } from "@playwright/test";
import { expectAccessible, expectContrast } from "../support/expect-accessible.ts";
import { choose, expect, finish, pricedModel, scriptedModel, test, writeFile } from "../support/fixtures.ts";
import { tabTo } from "../support/tab-to.ts";

const files = { "src/greeting.ts": "export const greeting = 'Hello';\n", "README.md": "# Greeting\n" };

/** Each model answers with its own file; the third call is refused. */
function answerByModel(request: { model: string; messages: { text: string }[] }, calls: { count: number }) {
  calls.count += 1;
  if (calls.count === 3) return { status: 400, body: { error: { message: "flagged by moderation" } } };
  const name = request.model.includes("sol") ? "sol" : "scripted";
  return {
    toolCalls: [
      writeFile(`src/${name}.ts`, `export const from = '${name}, ${calls.count}';\n`.repeat(name === "sol" ? 3 : 1)),
      finish(`Added ${name}.`),
    ],
  };
}

const board = (page: Page) => page.getByRole("region", { name: "Candidates" });

test("three models answer one prompt: the answers are sorted, compared, and one is chosen, by mouse", async ({
  page,
  api,
  model,
}) => {
  const { projectId, generationId } = await api.importProject({ name: "Asked of several", files });
  const calls = { count: 0 };
  model.answer((request) => answerByModel(request, calls));
  await page.goto(`/p/${projectId}/g/${generationId}`);
  await choose({ page, label: "Model", option: /scripted/ });
  await page.getByRole("textbox", { name: "What should change" }).fill("Add a file that says who you are");
  await page.getByText("Several answers").click();
  await page.getByRole("button", { name: "Ask several models" }).click();
  await choose({ page, label: "Candidate 1", option: /scripted/ });
  await choose({ page, label: "Candidate 2", option: /Sol/ });
  await page.getByRole("button", { name: "Add candidate" }).click();
  await choose({ page, label: "Candidate 3", option: /scripted/ });
  await expect(page.getByText(/Sending all 3: .*not known/)).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/candidates-composer.png" });
  await page.getByRole("button", { name: "Ask 3" }).click();
  await page.waitForURL("**/candidates/**");
  await expect(page.getByText("v1 stays active until you choose one.")).toBeVisible();
  const rows = board(page).getByRole("row");
  await expect(rows).toHaveCount(4);
  await expect(rows.filter({ hasText: "Failed" })).toHaveCount(1);
  await expect(board(page).getByRole("button", { name: /^Choose candidate/ })).toHaveCount(2);
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/candidates.png" });

  await board(page).getByRole("button", { name: "Lines" }).click();
  await board(page).getByRole("button", { name: "Lines" }).click();
  await expect(board(page).getByRole("columnheader", { name: "Lines" })).toHaveAttribute("aria-sort", "descending");
  await expect(rows.nth(3)).toContainText("Failed");
  const boxes = board(page).getByRole("checkbox");
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole("link", { name: "Compare the two" }).click();
  await page.waitForURL("**/compare/**");
  await expect(page.getByRole("region", { name: /^Differences of v\d against v\d/ })).toBeVisible();
  await page.goBack();
  await board(page)
    .getByRole("row")
    .filter({ hasNotText: "Failed" })
    .getByRole("button", { name: /^Choose candidate/ })
    .first()
    .click();
  await expect(board(page).getByText("chosen")).toBeVisible();
  await expect(board(page).getByRole("button", { name: /^Choose candidate/ })).toHaveCount(0);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectContrast(page);
  await page.screenshot({ path: "e2e/screenshots/candidates-chosen-dark.png" });
  const { headVersion, generationCount } = await api.query<{ headVersion: number; generationCount: number }>(
    "project.get",
    { projectId },
  );
  expect([2, 3]).toContain(headVersion);
  expect(generationCount).toBe(3);
});

test("candidates are requested and chosen by keyboard, and a late choice says so", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Asked by keys", files });
  const calls = { count: 10 };
  model.answer((request) => answerByModel(request, calls));
  await page.goto(`/p/${projectId}/g/${generationId}`);
  await choose({ page, label: "Model", option: /scripted/ });
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("i");
  await page.keyboard.type("Add a file");
  await tabTo({ page, target: page.getByText("Several answers") });
  await page.keyboard.press("Enter");
  await tabTo({ page, target: page.getByRole("button", { name: "Ask several models" }) });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Candidate 2" })).toBeVisible();
  await page.getByRole("textbox", { name: "What should change" }).press("ControlOrMeta+Enter");
  await page.waitForURL("**/candidates/**");
  await expect(board(page).getByRole("button", { name: /^Choose candidate/ })).toHaveCount(2);

  // Another client activates another version.
  await api.mutate("generation.edit", {
    parentGenerationId: generationId,
    changeSet: { operations: [{ type: "write", path: "README.md", content: "# Changed\n" }] },
  });
  await tabTo({ page, target: board(page).getByRole("button", { name: "Choose candidate 1" }) });
  await page.keyboard.press("Enter");
  await expect(
    page.getByRole("alert").filter({ hasText: "Another version became the active one in the meantime." }),
  ).toBeVisible();
  await expect(page.getByText(/became active, so none can be chosen/)).toBeVisible();
  await expect(board(page).getByRole("button", { name: /^Choose candidate/ })).toHaveCount(0);
});

test("the board fits a phone, and a run's page links back to it", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Asked on a phone", files });
  const calls = { count: 10 };
  model.answer((request) => answerByModel(request, calls));
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId: generationId,
    prompt: "Add a file",
    candidates: [{ model: scriptedModel }, { model: pricedModel }],
  });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await page.getByRole("link", { name: "Compare the candidates" }).click();
  await page.waitForURL("**/candidates/**");
  await expect(board(page).getByRole("button", { name: /^Choose candidate/ })).toHaveCount(2);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/candidates-phone.png" });
});
