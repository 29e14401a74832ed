import { createGate, expect, finish, never, scriptedModel, test, writeFile } from "../support/fixtures.ts";

const files = { "app/main.py": "def main():\n    return 1\n", "app/other.py": "x = 1\n" };
const longText = Array.from({ length: 60 }, (_, index) => `line_${index} = ${index}`).join("\n");

test("a run continues while its page is closed, and a reload shows its progress", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Reloaded", files });
  const gate = createGate();
  model.play({
    secondHalf: gate.opened,
    toolCalls: [writeFile("app/long.py", `${longText}\n`), finish("Added a long file.")],
  });
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId: generationId,
    prompt: "Add a long file",
    model: scriptedModel,
    mode: "classic",
  });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await expect(page.getByText("app/long.py").first()).toBeVisible();
  await expect(page.getByRole("button", { name: /^(Cancel|Stop)/ })).toBeVisible();
  await page.reload();
  await expect(page.getByText("app/long.py").first()).toBeVisible();
  gate.open();
  await expect(page.getByText("3 files: 2 kept, 1 added").first()).toBeVisible({ timeout: 30_000 });
});

test("keys lead to the version of a run also if the run's snapshot is older than its end", async ({
  page,
  api,
  model,
}) => {
  const { projectId, generationId } = await api.importProject({ name: "Late snapshot", files });
  const [ended, asked] = [createGate(), createGate()];
  await page.route(/trpc\/[^?]*run\.get[,?]/, async (route) => {
    const response = await route.fetch();
    asked.open();
    await ended.opened;
    await route.fulfill({ response });
  });
  model.play({ secondHalf: asked.opened, toolCalls: [writeFile("app/new.py", "y = 2\n"), finish("Added y.")] });
  await page.goto(`/p/${projectId}/g/${generationId}/files`);
  await page.getByRole("textbox", { name: "What should change" }).fill("Add y");
  await page.getByRole("button", { name: "Iterate", exact: true }).click();
  await expect(page).toHaveURL(/\/runs\//);
  await api.waitForRun(new URL(page.url()).pathname.split("/").at(-1) ?? "");
  ended.open();
  await expect(page.getByRole("region", { name: "v2 is stored and active" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  await expect(page.getByRole("heading", { level: 1, name: "Review of v2 against v1" })).toBeAttached();
});

test("a cancelled run ends at once, and the parent stays active", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Cancelled", files });
  model.play({ secondHalf: never, toolCalls: [writeFile("app/long.py", `${longText}\n`), finish()] });
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId: generationId,
    prompt: "Add a very long file",
    model: scriptedModel,
    mode: "classic",
  });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await expect(page.getByText("app/long.py").first()).toBeVisible();
  await page.getByRole("button", { name: /^(Cancel|Stop)/ }).click();
  await expect(page.getByText(/cancelled/i).first()).toBeVisible();
  expect((await api.waitForRun(runId)).status).toBe("CANCELLED");
  expect(await api.readHead(projectId)).toBe(generationId);
});

test("a failed run says what happened, what was kept and what to do", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Failed", files });
  model.play({ text: "I cannot see what you mean." });
  const { runId } = await api.iterate({ parentGenerationId: generationId, prompt: "Do it" });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await expect(page.getByText(/I cannot see what you mean/).first()).toBeVisible();
  await expect(page.getByText(/v1 is unchanged|parent is unchanged/i).first()).toBeVisible();
  await expect(page.getByRole("button", { name: /Retry/ })).toBeVisible();
});

test("a finished file is counted and shown as a difference while another one is being written", async ({
  page,
  api,
  model,
}) => {
  const { projectId, generationId } = await api.importProject({ name: "Edited live", files });
  model.play({
    secondHalf: never,
    toolCalls: [
      {
        name: "edit_file",
        arguments: {
          path: "app/main.py",
          edits: [
            { oldText: "def main():\n    return 1\n", newText: "def main():\n    total = 1\n    return total\n" },
          ],
        },
      },
      writeFile("app/long.py", `${longText}\n`.repeat(4)),
      finish("Named the result."),
    ],
  });
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId: generationId,
    prompt: "Name the result",
    model: scriptedModel,
    mode: "classic",
  });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  const edited = page.getByRole("button", { name: /app\/main\.py.*edit, written, not applied yet/ });
  await expect(edited).toContainText("2 lines added 1 line deleted");
  await edited.click();
  const lines = page.getByRole("region", { name: "Differences of app/main.py" });
  await expect(lines).toContainText("def main():");
  await expect(lines.locator("[data-line][data-line-type=change-deletion]")).toHaveText("    return 1");
  await expect(lines.locator("[data-line][data-line-type=change-addition]").last()).toHaveText("    return total");
  await expect(page.getByText(/about [\d,]+ out/)).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/run-live-difference.png" });
  await page.getByRole("button", { name: "Follow" }).click();
  await expect(page.getByRole("region", { name: "Text written for app/long.py" })).toBeVisible();
  await page.getByRole("button", { name: "Cancel run" }).click();
  await api.waitForRun(runId);
});
