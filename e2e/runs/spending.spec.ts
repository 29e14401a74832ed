import { expectAccessible } from "../support/expect-accessible.ts";
import { choose, expect, finish, pricedModel, test, writeFile } from "../support/fixtures.ts";

/** A call of the model with a price costs $0.30. */
const usage = { inputTokens: 100_000, outputTokens: 10_000 };

test.afterEach(({ api }) => api.mutate("model.setSpending", { runUsd: null, dayUsd: null }));

test("a limit is set; a run stops at it, keeps what it has, and continues after its answered calls when the limit is raised", async ({
  page,
  api,
  model,
}) => {
  const readSpentUsd = async () => (await api.query<{ spentUsd: number }>("model.spending", undefined)).spentUsd;
  const spentBeforeUsd = await readSpentUsd();
  await page.goto("/settings");
  const limit = page.getByRole("textbox", { name: "Limit for a run" });
  await limit.fill("much");
  await page.getByRole("button", { name: "Save limits" }).click();
  await expect(page.getByText("Type an amount above 0, such as 0.50, or leave it empty.")).toBeVisible();
  await limit.fill("0.50");
  await page.getByRole("button", { name: "Save limits" }).click();
  await expect(page.getByText("Limits saved.")).toBeVisible();
  await page.reload();
  await expect(limit).toHaveValue("0.5");
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/settings-limits.png", fullPage: true });

  const { projectId, generationId } = await api.importProject({ name: "Paid", files: { "a.py": "x = 1\n" } });
  model.play(
    { toolCalls: [writeFile("one.py", "one = 1\n")], usage },
    { toolCalls: [writeFile("two.py", "two = 2\n")], usage },
  );
  const { runId, status } = await api.iterate({
    parentGenerationId: generationId,
    prompt: "Add files",
    model: pricedModel,
  });
  expect(status).toBe("FAILED");
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await expect(page.getByRole("heading", { name: "Stopped at your limit of $0.50." })).toBeVisible();
  await expect(page.getByText("one.py").first()).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/run-limit.png", fullPage: true });

  let callCount = 0;
  model.answer((request) => {
    // A run of an earlier journey, with the model without a price, may still be running.
    if (request.model === pricedModel.slice("openai:".length)) callCount += 1;
    return { toolCalls: [writeFile("three.py", "three = 3\n"), finish()], usage };
  });
  await page.getByRole("button", { name: "Raise limit and continue" }).click();
  const dialog = page.getByRole("dialog", { name: "Raise the limit and continue" });
  const raised = dialog.getByRole("textbox", { name: "Limit for a run" });
  await expect(raised).toBeFocused();
  await raised.fill("0.55");
  await expect(dialog.getByText("This run has cost $0.60. It needs a higher limit to continue.")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(dialog).toBeVisible();
  await raised.fill("2");
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/run-limit-raise.png" });
  await page.keyboard.press("Enter");
  await expect(page.getByText("4 files: 1 kept, 3 added").first()).toBeVisible();
  expect(callCount).toBe(1);
  await page.goto("/settings");
  await expect(limit).toHaveValue("2");
  // Answered calls are paid once, though two runs have them.
  expect((await readSpentUsd()) - spentBeforeUsd).toBeCloseTo(0.9, 5);
  await expect(page.getByText(`The last 24 hours cost $${(spentBeforeUsd + 0.9).toFixed(2)}.`)).toBeVisible();
});

test("no run begins once the daily limit is reached, and the prompt is kept", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "A day", files: { "a.py": "x = 1\n" } });
  model.play({ toolCalls: [writeFile("one.py", "one = 1\n"), finish()], usage });
  await api.iterate({ parentGenerationId: generationId, prompt: "Add one", model: pricedModel });
  await api.mutate("model.setSpending", { dayUsd: 0.1 });
  await page.goto(`/p/${projectId}/g/${generationId}?iterate=1`);
  const prompt = page.getByRole("textbox", { name: "What should change" });
  await prompt.fill("Add two");
  await choose({ page, label: "Model", option: /GPT-6\.1 Sol/ });
  await prompt.press("ControlOrMeta+Enter");
  await expect(
    page.getByText(/have cost \$\d+\.\d\d of \$0\.10\. Nothing was started, and your prompt is kept\./),
  ).toBeVisible();
  await expect(prompt).toHaveValue("Add two");
});
