import { expect, finish, scriptedModel, test, writeFile } from "./fixtures.ts";

const long = `${Array.from({ length: 40 }, (_, index) => `def function_${index}():\n    return ${index}`).join("\n\n")}\n`;

test("a result that lost code is held, and a person decides on it", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Held", files: { "app/long.py": long, "app/main.py": "x = 1\n" } });
  model.play({ toolCalls: [writeFile("app/long.py", "def function_0():\n    return 0\n"), writeFile("app/new.py", "y = 2\n"), finish("Tidied.")] });
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", { parentGenerationId: generationId, prompt: "Tidy up", model: scriptedModel, mode: "classic" });
  await api.waitForRun(runId);
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await expect(page.getByRole("heading", { name: /Held for review/ })).toBeVisible();
  expect(await api.readHead(projectId)).toBe(generationId);
  await page.screenshot({ path: "e2e/screenshots/run-held.png" });
  await expect(page.getByRole("combobox", { name: "Decision on app/long.py" })).toContainText("Keep the parent's");
  await page.getByRole("button", { name: "Make the version" }).click();
  await page.waitForURL(/\/review/);
  await expect(page.getByText("3 files: 2 kept, 1 added").first()).toBeVisible();
  const head = (await api.readHead(projectId)) ?? "";
  expect((await api.query<{ kind: string }>("generation.get", { generationId: head })).kind).toBe("accept");
  expect((await api.query<{ content: string }>("generation.file", { generationId: head, path: "app/long.py" })).content).toBe(long);
});
