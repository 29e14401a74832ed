import { expectAccessible, expectContrast } from "../support/expect-accessible.ts";
import { expect, finish, scriptedModel, test, writeFile } from "../support/fixtures.ts";

/** Three tests of node:test, of which these fail. */
const sums = (...failing: number[]) =>
  `import { test } from "node:test"; import assert from "node:assert";
${[0, 1, 2].map((index) => `test("sum ${index}", () => assert.equal(${failing.includes(index) ? 1 : 2}, 2));`).join("\n")}\n`;

test("a new failure is returned to the model, what still fails is held with its log, and is accepted anyway", async ({
  page,
  api,
  model,
}) => {
  // Five runs of a test runner in the one slot of the checks.
  test.setTimeout(150_000);
  const { projectId, generationId: v1 } = await api.importProject({
    name: "Held by its checks",
    files: { "package.json": JSON.stringify({ scripts: { test: "node --test" } }), "sums.test.mjs": sums() },
  });
  const { sandbox } = await api.query<{ sandbox: { isAvailable: boolean } }>("check.list", { projectId });
  test.skip(!sandbox.isAvailable, "There is no sandbox on this machine.");

  await page.goto(`/p/${projectId}/g/${v1}/checks`);
  await page.getByRole("button", { name: "Edit first" }).click();
  const dialog = page.getByRole("dialog", { name: "Checks of this project" });
  await dialog.getByRole("radio", { name: /^Mark the version/ }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(dialog.getByRole("radio", { name: /^Give it back to the model/ })).toBeChecked();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Confirm and run" }).click();
  await expect(page.getByRole("list", { name: "Checks" })).toContainText("passed", { timeout: 50_000 });

  model.play(
    { toolCalls: [writeFile("sums.test.mjs", sums(1)), finish("Changed the sums.")] },
    { toolCalls: [writeFile("sums.test.mjs", `${sums(1)}// once more\n`), finish("Changed them again.")] },
  );
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId: v1,
    prompt: "Change how the sums are tested",
    model: scriptedModel,
    mode: "classic",
  });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await expect(page.getByRole("list", { name: "Stages" })).toContainText("Project checks", { timeout: 50_000 });
  await expect(page.getByRole("heading", { name: /a check fails that passed before/ })).toBeVisible({
    timeout: 50_000,
  });
  await expect(page.getByRole("list", { name: "Project checks" })).toContainText("new failure");
  await expect(page.getByRole("list", { name: "New failures of tests" })).toContainText("sum 1");
  await expect(page.getByText(/^Round 1: fixed no check/)).toBeVisible();
  await page.getByRole("button", { name: "Log of tests" }).click();
  await expect(page.getByRole("region", { name: "What tests printed" })).toContainText("sum 1");
  await expect(page.getByText("Check “tests” fails: sum 1").first()).toBeVisible();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectContrast(page);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await api.readHead(projectId)).toBe(v1);

  await page.getByRole("button", { name: "Take anyway" }).click();
  await expect.poll(() => api.readHead(projectId), { timeout: 20_000 }).not.toBe(v1);
  const v2 = (await api.readHead(projectId)) ?? "";
  await page.goto(`/p/${projectId}/g/${v2}/checks`);
  await expect(page.getByRole("list", { name: "Checks" })).toContainText("new failure");
  await expect(page.getByRole("list", { name: "New failures" })).toContainText("sum 1");
});

test("the settings say whether the sandbox works on this host", async ({ page }) => {
  await page.goto("/settings");
  const section = page.getByRole("region", { name: "Sandbox" });
  await expect(section).toContainText(/The sandbox (works|does not work) on this machine/);
});
