import { expect, finish, test, type ProjectApi } from "../support/fixtures.ts";

const model = (fields: string) => `model Task {\n  id String @id\n  title String\n${fields}}\n`;
const files = {
  "prisma/schema.prisma": model("  dueDate DateTime?\n"),
  "src/tasks.ts": "export const openTasks = { where: { done: false } };\n",
};
const edit = (path: string, oldText: string, newText: string) => ({
  name: "edit_file",
  arguments: { path, edits: [{ oldText, newText }] },
});

async function readPrismaFile({ api, projectId }: { api: ProjectApi; projectId: string }): Promise<string> {
  const generationId = (await api.readHead(projectId)) ?? "";
  const file = await api.query<{ content: string }>("generation.file", { generationId, path: "prisma/schema.prisma" });
  return file.content;
}

test("a column that vanishes without a request waits in review, and is kept", async ({ page, api, model: script }) => {
  const { projectId, generationId } = await api.importProject({ name: "Dropped column", files });
  script.play({
    toolCalls: [
      edit("prisma/schema.prisma", "  dueDate DateTime?\n", ""),
      edit("src/tasks.ts", "false", "true"),
      finish("List the done ones."),
    ],
  });
  const run = await api.iterate({ parentGenerationId: generationId, prompt: "List the tasks that are done" });
  expect(await api.readHead(projectId)).toBe(generationId);
  await page.goto(`/p/${projectId}/runs/${run.runId}`);
  await expect(page.getByRole("heading", { name: /code may have been lost/ })).toBeVisible();
  await expect(page.getByText(/dueDate is gone, and you did not ask for it\./).first()).toBeVisible();
  const decision = page.getByRole("group", { name: "Decision on prisma/schema.prisma" });
  await expect(decision.getByRole("radio", { name: "Keep old" })).toBeChecked();
  await page.getByRole("button", { name: "Save as v2" }).click();
  await page.waitForURL(/\/review/);
  expect(await readPrismaFile({ api, projectId })).toBe(files["prisma/schema.prisma"]);
});

test("a renamed column is not a loss, and the picture shows the rename", async ({ page, api, model: script }) => {
  const { projectId, generationId } = await api.importProject({ name: "Renamed column", files });
  script.play({
    toolCalls: [edit("prisma/schema.prisma", "dueDate", "deadline"), finish("Renamed.")],
  });
  const run = await api.iterate({ parentGenerationId: generationId, prompt: "Call the due date of a task deadline" });
  expect(run.status).toBe("SUCCEEDED");
  const head = (await api.readHead(projectId)) ?? "";
  expect(head).not.toBe(generationId);
  expect(await readPrismaFile({ api, projectId })).toContain("deadline DateTime?");
  await page.goto(`/p/${projectId}/g/${head}/schema`);
  await page.getByRole("button", { name: /^Task; .*changed: deadline/ }).click();
  await expect(page.getByRole("region", { name: "Chosen: Task" })).toContainText("was Task.dueDate");
});
