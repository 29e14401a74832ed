import { expectAccessible } from "../support/expect-accessible.ts";
import { expect, finish, scriptedModel, test, writeFile } from "../support/fixtures.ts";
import { makeWorld } from "../support/screens.ts";

test("the thread is beside every page of a project, and its draft stays", async ({ page, api, model }) => {
  const { projectId, v2, v3, runs } = await makeWorld({ api, model });
  await page.goto(`/p/${projectId}/g/${v3}/review`);
  const thread = page.getByRole("region", { name: "Thread" });
  const entries = thread.getByRole("list", { name: "What happened" }).getByRole("listitem");
  await expect(entries).toHaveText([/^v1/, /^v2/, /^v3/, /^v4/, /^Failed/, /^Needs your decision/]);
  await expect(entries.nth(2).getByRole("link")).toHaveAttribute("aria-current", "true");
  await expect(entries.nth(5)).toContainText("Tidy up the router");
  await page.evaluate(() => Object.assign(window, { isSameDocument: true }));

  // The prompt accepts text while the diff stays visible.
  await page.keyboard.press("i");
  const prompt = thread.getByRole("textbox", { name: "What should change" });
  await expect(prompt).toBeFocused();
  await page.keyboard.type("Rename the routes");
  await expect(page.getByRole("region", { name: "Differences of v3 against v2" })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe(`/p/${projectId}/g/${v3}/review`);

  await entries.nth(1).getByRole("link").click();
  await page.waitForURL(`**/g/${v2}/review`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Review of v2 against v1");
  await expect(thread.getByText("From v2, not the active v3.")).toBeVisible();
  await entries.nth(5).getByRole("link").click();
  await page.waitForURL(`**/runs/${runs.held}`);
  await expect(entries.nth(5).getByRole("link")).toHaveAttribute("aria-current", "true");
  await page.getByRole("link", { name: "Schema" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Schema/);
  await expect(prompt).toHaveValue("Rename the routes");
  expect(await page.evaluate(() => "isSameDocument" in window)).toBe(true);

  // It stays folded for the next visit.
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("\\");
  await expect(thread).toBeHidden();
  await page.reload();
  await expect(thread).toBeHidden();
  await page.getByRole("button", { name: "Show thread" }).click();
  await expect(thread).toBeVisible();
});

test("the user moves through the thread by keyboard, and it is one of two views on a narrow window", async ({
  page,
  api,
  model,
}) => {
  const { projectId, v3 } = await makeWorld({ api, model });
  await page.goto(`/p/${projectId}/g/${v3}/review`);
  const thread = page.getByRole("region", { name: "Thread" });
  await expect(thread.getByRole("link", { name: /^v3:/ })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await expect(thread.getByRole("link", { name: /^v3:/ })).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(thread.getByRole("link", { name: /^v2:/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Review of v2 against v1");
  await expect(thread.getByRole("link", { name: /^v2:/ })).toBeFocused();

  await page.setViewportSize({ width: 390, height: 844 });
  await expect(thread).toBeHidden();
  await page.getByRole("button", { name: "Show thread" }).click();
  await expect(thread).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeHidden();
  await thread.getByRole("link", { name: /^v3:/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Review of v3 against v2");
  await expect(thread).toBeHidden();
  await page.keyboard.press("i");
  await expect(thread.getByRole("textbox", { name: "What should change" })).toBeFocused();
});

test("a run is visible in the thread on every page of the project", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Followed", files: { "a.ts": "export {};\n" } });
  let answer: (() => void) | undefined;
  model.answer(
    () =>
      new Promise((resolve) => {
        answer = () =>
          resolve({ text: "I add b.", toolCalls: [writeFile("b.ts", "export const b = 1;\n"), finish("Added b.ts.")] });
      }),
  );
  await page.goto(`/p/${projectId}/g/${generationId}/files`);
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId: generationId,
    prompt: "Add b.ts",
    model: scriptedModel,
    mode: "classic",
  });
  await page.goto(`/p/${projectId}/g/${generationId}/files`);
  const thread = page.getByRole("region", { name: "Thread" });
  await expect(thread.getByText("Waiting for the model")).toBeVisible();
  await expect(() => expect(answer).toBeDefined()).toPass();
  answer?.();
  await api.waitForRun(runId);
  const entry = thread.getByRole("listitem").last();
  await expect(entry).toHaveText(/^v2.*Added b\.ts\..*2 files: 1 kept, 1 added/);
  await expect(thread.getByText("From v1, not the active v2.")).toBeVisible();
});

test("the user limits a prompt to files from the list, from a file and from the tree", async ({ page, api }) => {
  const { projectId, generationId } = await api.importProject({
    name: "Limited",
    files: { "app/a.ts": "a\n", "app/b.ts": "b\n", "docs/c.md": "c\n", "d.ts": "d\n" },
  });
  const { generationId: head } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: generationId,
    changeSet: {
      operations: ["app/a.ts", "docs/c.md", "d.ts"].map((path) => ({ type: "write", path, content: "x\n" })),
    },
  });
  await page.goto(`/p/${projectId}/g/${head}/review`);
  const chips = page.getByRole("region", { name: "Thread" }).getByRole("list", { name: "Limited to" });
  await page
    .getByRole("navigation", { name: "Files of this comparison" })
    .getByRole("button", { name: /^app\b.*1 file/ })
    .hover();
  await page.getByTitle("Limit the prompt to app/**").click();
  await expect(chips.getByRole("listitem")).toHaveText([/^app\/\*\*2 files/]);
  // With the key at a file, and from the file's menu.
  await page.getByRole("region", { name: /^Differences of/ }).focus();
  // The first step leads to the file of the root, and further ones from folder to folder.
  for (const key of ["j", "j", "j", "l"]) await page.keyboard.press(key);
  await expect(chips.getByRole("listitem")).toHaveText([/^app/, /^docs\/c\.md1 file/]);
  await page.getByRole("button", { name: "More for d.ts" }).click();
  await page.getByRole("menuitem", { name: "Limit the prompt to this file" }).click();
  await expect(chips.getByRole("listitem")).toHaveCount(3);
  await page.getByRole("button", { name: "Do not limit to d.ts" }).click();
  await expect(chips.getByRole("listitem")).toHaveCount(2);
  await page.getByRole("navigation", { name: "Project" }).getByRole("link", { name: "Files" }).click();
  await page.getByRole("navigation", { name: "Files" }).getByRole("link", { name: "d.ts" }).hover();
  await page.getByTitle("Limit the prompt to d.ts", { exact: true }).click();
  await expect(chips.getByRole("listitem")).toHaveText([/^app/, /^docs/, /^d\.ts1 file/]);
  await page.screenshot({ path: "e2e/screenshots/prompt-limited.png" });
  await expectAccessible(page);
});

test("locks that another tab added during an edit are kept until the user has seen them", async ({ page, api }) => {
  const { projectId, generationId } = await api.importProject({ name: "Locked twice", files: { "a.ts": "a\n" } });
  const readLocks = async () => (await api.query<{ lockedPaths: string[] }>("project.get", { projectId })).lockedPaths;
  await page.goto(`/p/${projectId}/g/${generationId}?iterate=1`);
  await page.getByText("Lock files").click();
  const field = page.getByLabel("Locked paths or globs");
  await field.fill("mine.ts");
  await api.mutate("project.setLockedPaths", { projectId, lockedPaths: ["theirs.ts"] });
  const save = page.getByRole("button", { name: "Save locks" });
  await save.click();
  const alert = page.getByRole("region", { name: "Thread" }).getByRole("alert");
  await expect(alert).toContainText("are now: theirs.ts. Nothing was saved.");
  await expect(field).toHaveValue("mine.ts");
  expect(await readLocks()).toEqual(["theirs.ts"]);
  await page.screenshot({ path: "e2e/screenshots/locks-changed.png" });
  await field.fill("mine.ts, theirs.ts");
  await save.click();
  await expect(page.getByText("Lock files (2)")).toBeVisible();
  await expect(alert).toHaveCount(0);
  expect(await readLocks()).toEqual(["mine.ts", "theirs.ts"]);
});
