import type { Page } from "@playwright/test";
import { expectAccessible, expectContrast } from "../support/expect-accessible.ts";
import { createGate, expect, finish, scriptedModel, test, writeFile, type ProjectApi } from "../support/fixtures.ts";
import { tabTo } from "../support/tab-to.ts";

const files = {
  "app/models.py": "class Task:\n    title: str\n",
  "app/routes.py": "routes = []\n",
  "README.md": "# Tasks\n",
};
const answer = [
  "## Tasks",
  "",
  "A **task** is a class in [the models](app/models.py#L2), used by `app/routes.py`.",
  "",
  "| Field | Type |",
  "| - | - |",
  "| title | `str` |",
  "",
  "<img src=x onerror=alert(1)> ![logo](https://example.com/logo.png)",
  "",
  "```py",
  "class Task: ...",
  "```",
].join("\n");

test.beforeEach(async ({ page }) => {
  // The model chosen last stays selected.
  await page.addInitScript((model) => localStorage.setItem("graft.model", model), scriptedModel);
});

async function importTasks(api: ProjectApi) {
  return api.importProject({ name: "Talked about", files });
}

/** In both themes: names and structure in one, the colours in the other. */
async function expectFineInBothThemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectContrast(page);
  await page.emulateMedia({ colorScheme: null });
}

async function choose({ page, what }: { page: Page; what: string }): Promise<void> {
  await page.getByRole("group", { name: "What to do" }).getByText(what, { exact: true }).click();
}

test("a question is answered in the thread, its links lead to lines, and it can become a change", async ({
  page,
  api,
  model,
}, testInfo) => {
  const { projectId, generationId } = await importTasks(api);
  model.play({ toolCalls: [{ name: "read_file", arguments: { path: "app/models.py" } }] }, { text: answer });
  await page.goto(`/p/${projectId}/g/${generationId}?iterate=1`);
  await choose({ page, what: "Ask" });
  await page.getByRole("textbox", { name: "Your question" }).fill("What is a task?");
  await page.getByLabel("Model").first().selectOption(scriptedModel);
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await page.waitForURL(/\/runs\//);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Question about v1");
  const region = page.getByRole("region", { name: "Answer", exact: true });
  await expect(region.getByRole("heading", { name: "Tasks" })).toBeVisible();
  // None of it becomes HTML, and nothing is fetched from its addresses.
  await expect(region.getByText("<img src=x onerror=alert(1)>")).toBeVisible();
  await expect(region.locator("img")).toHaveCount(0);
  await expect(page.getByRole("list", { name: "What happened" }).getByRole("listitem").last()).toContainText(
    "Answered",
  );
  await expectFineInBothThemes(page);
  await page.screenshot({ path: testInfo.outputPath("answer.png"), fullPage: true });

  await region.getByRole("link", { name: "app/routes.py" }).click();
  await page.waitForURL("**/files/app/routes.py");
  await page.goBack();
  await region.getByRole("link", { name: "the models" }).click();
  await page.waitForURL("**/files/app/models.py?L=2");
  await page.goBack();
  await region.getByRole("link", { name: "Make this change" }).click();
  await expect(page.getByRole("textbox", { name: "What should change" })).toHaveValue(
    /^Make the change that this answer describes\.\n\nQuestion: What is a task\?/,
  );
  expect(await api.readHead(projectId)).toBe(generationId);
});

test("a question is asked by keyboard alone", async ({ page, api, model }) => {
  const { projectId, generationId } = await importTasks(api);
  model.play({ text: "It is a class." });
  await page.goto(`/p/${projectId}/g/${generationId}`);
  await tabTo({ page, target: page.getByRole("radio", { name: "Change" }) });
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: "Ask" })).toBeChecked();
  const model_ = page.getByLabel("Model").first();
  await model_.selectOption(scriptedModel);
  await page.getByRole("radio", { name: "Ask" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.type("What is a task?");
  await page.keyboard.press("ControlOrMeta+Enter");
  await page.waitForURL(/\/runs\//);
  await expect(page.getByRole("region", { name: "Answer", exact: true })).toContainText("It is a class.");
});

test("prompts queue behind the running run: reordered, withdrawn, visible in another tab and after a reload", async ({
  page,
  api,
  model,
  context,
}, testInfo) => {
  const { projectId, generationId } = await importTasks(api);
  const go = Promise.withResolvers<void>();
  model.answer(async ({ messages }) => {
    const name = /file (\w+)\.py/.exec(messages.at(-1)?.text ?? "")?.[1] ?? "none";
    if (name === "first") await go.promise;
    return { toolCalls: [writeFile(`app/${name}.py`, `${name} = 1\n`), finish(`Added ${name}.`)] };
  });
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId: generationId,
    prompt: "Add the file first.py",
    model: scriptedModel,
    mode: "classic",
  });
  await page.goto(`/p/${projectId}/g/${generationId}?iterate=1`);
  await page.getByLabel("Model").first().selectOption(scriptedModel);
  const prompt = page.getByRole("textbox", { name: "What should change" });
  const queue = page.getByRole("region", { name: "Queue" });
  for (const name of ["second", "third", "fourth"]) {
    await expect(page.getByRole("button", { name: "Queue", exact: true })).toBeVisible();
    await prompt.fill(`Add the file ${name}.py`);
    await page.getByRole("button", { name: "Queue", exact: true }).click();
    await expect(queue.getByRole("link", { name: `Add the file ${name}.py`, exact: true })).toBeVisible();
    await expect(prompt).toHaveValue("");
  }
  await expectFineInBothThemes(page);
  await page.screenshot({ path: testInfo.outputPath("queue.png"), fullPage: true });

  const other = await context.newPage();
  await other.goto(`/p/${projectId}/g/${generationId}`);
  const rows = (of: Page) => of.getByRole("region", { name: "Queue" }).getByRole("listitem");
  await expect(rows(other)).toHaveText([/second/, /third/, /fourth/]);
  await queue.getByRole("button", { name: "Move up: Add the file third.py" }).click();
  await expect(rows(other)).toHaveText([/third/, /second/, /fourth/]);
  await queue.getByRole("button", { name: "Withdraw: Add the file second.py" }).press("Enter");
  await expect(rows(other)).toHaveText([/third/, /fourth/]);
  await page.reload();
  await expect(rows(page)).toHaveText([/third/, /fourth/]);

  // The page of a waiting prompt, whose text can still be edited.
  await queue.getByRole("link", { name: "Edit or start: Add the file fourth.py" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Queued prompt");
  await page.getByRole("textbox", { name: "Prompt", exact: true }).fill("Add the file last.py");
  await page.getByRole("button", { name: "Save prompt" }).click();
  await expect(rows(other)).toHaveText([/third/, /last/]);
  await expectFineInBothThemes(page);
  await page.screenshot({ path: testInfo.outputPath("queued-run.png"), fullPage: true });

  go.resolve();
  const head = async () => {
    const id = await api.readHead(projectId);
    return id === null ? [] : (await api.readFiles(id)).map(({ path }) => path);
  };
  await expect.poll(head, { timeout: 30_000 }).toContain("app/last.py");
  expect(await head()).toEqual(expect.arrayContaining(["app/first.py", "app/third.py", "app/last.py"]));
  expect(await head()).not.toContain("app/second.py");
  await expect(rows(other)).toHaveCount(0);
  expect((await api.waitForRun(runId)).status).toBe("SUCCEEDED");
  await expect(page.getByText(/is stored and active/).first()).toBeVisible();
});

test("a stopped queue says so, and continues with the version that the user chooses", async ({
  page,
  api,
  model,
}, testInfo) => {
  const { projectId, generationId } = await importTasks(api);
  const go = Promise.withResolvers<void>();
  model.answer(async ({ messages }) => {
    const text = messages.at(-1)?.text ?? "";
    if (!text.includes("fails")) return { toolCalls: [writeFile("app/next.py", "next = 1\n"), finish("Added next.")] };
    await go.promise;
    return { text: "I cannot do that." };
  });
  await api.mutate("generation.iterate", {
    parentGenerationId: generationId,
    prompt: "This one fails",
    model: scriptedModel,
    mode: "classic",
  });
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId: generationId,
    prompt: "Add next",
    model: scriptedModel,
    mode: "classic",
    queue: true,
  });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await expect(page.getByRole("heading", { name: "Waits in the queue" })).toBeVisible();
  go.resolve();
  await expect(page.getByRole("heading", { name: "The queue has stopped" })).toBeVisible();
  await expect(page.getByText(/the run before failed/)).toBeVisible();
  await expectFineInBothThemes(page);
  await page.screenshot({ path: testInfo.outputPath("stopped.png"), fullPage: true });
  const start = page.getByRole("button", { name: "Start on this version" });
  await tabTo({ page, target: start });
  await page.keyboard.press("Enter");
  expect((await api.waitForRun(runId)).status).toBe("SUCCEEDED");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Iteration on v1");
  await expect(page.getByText(/v2 is stored and active/).first()).toBeVisible();
});

test("a plan streams, is edited and accepted, and only its files change", async ({ page, api, model }, testInfo) => {
  const { projectId, generationId } = await importTasks(api);
  const plan =
    "1. `app/models.py`: add a due date\n2. `app/due.py`: new, with the rule\n3. `README.md`: say that there are dates\n";
  const gate = createGate();
  model.answer(({ toolNames }) =>
    toolNames.length === 0
      ? { text: plan, chunkSize: 6, secondHalf: gate.opened }
      : {
          toolCalls: [writeFile("app/due.py", "due = 1\n"), writeFile("app/extra.py", "x = 1\n"), finish("Added due.")],
        },
  );
  await page.goto(`/p/${projectId}/g/${generationId}?iterate=1`);
  await choose({ page, what: "Plan first" });
  await page.getByLabel("Model").first().selectOption(scriptedModel);
  await page.getByRole("textbox", { name: "What should change" }).fill("Tasks have a due date");
  await page.getByRole("button", { name: "Plan", exact: true }).click();
  await page.waitForURL(/\/runs\//);
  // The first step is visible while the last one is still streaming.
  await expect(page.getByRole("region", { name: "The plan, as it comes" })).toContainText("app/models.py");
  gate.open();
  const editor = page.getByRole("region", { name: "Accept this plan" });
  await expect(editor.getByRole("textbox")).toHaveCount(3);
  await expect(page.getByRole("list", { name: "What happened" }).getByRole("listitem").last()).toContainText(
    "3 steps to accept",
  );
  await expectFineInBothThemes(page);
  await page.screenshot({ path: testInfo.outputPath("plan.png"), fullPage: true });

  const step = (index: number) => editor.getByRole("textbox", { name: `Step ${index}` });
  await editor.getByRole("button", { name: "Cut step 3" }).click();
  await step(2).fill("`app/due.py`: new, with the rule and a test");
  await step(2).press("Alt+ArrowUp");
  await expect(step(1)).toHaveValue("`app/due.py`: new, with the rule and a test");
  await expect(step(1)).toBeFocused();
  await page.reload();
  await expect(step(1)).toHaveValue("`app/due.py`: new, with the rule and a test");
  await expect(editor.getByText("May change: app/due.py, app/models.py")).toBeVisible();
  await tabTo({ page, target: editor.getByRole("button", { name: "Accept and start" }) });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Iteration on v1");
  await expect(page.getByText(/v2 is stored and active/).first()).toBeVisible();
  const head = (await api.readHead(projectId)) ?? "";
  expect((await api.readFiles(head)).map(({ path }) => path).toSorted()).toEqual(
    [...Object.keys(files), "app/due.py"].toSorted(),
  );
  await expect(page.getByText("app/extra.py").first()).toBeVisible();
});

test("a prompt is sent while the first version is being made, and starts on it", async ({
  page,
  api,
  model,
}, testInfo) => {
  const go = Promise.withResolvers<void>();
  model.answer(async ({ messages }) => {
    const name = /file (\w+)\.py/.exec(messages.at(-1)?.text ?? "")?.[1] ?? "none";
    if (name === "first") await go.promise;
    return { toolCalls: [writeFile(`app/${name}.py`, `${name} = 1\n`), finish(`Added ${name}.`)] };
  });
  const { projectId, runId } = await api.mutate<{ projectId: string; runId: string }>("generation.create", {
    prompt: "A project with the file first.py",
    model: scriptedModel,
    mode: "classic",
  });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  const prompt = page.getByRole("textbox", { name: "What should change" });
  await prompt.fill("Add the file second.py");
  await prompt.press("ControlOrMeta+Enter");
  const queue = page.getByRole("region", { name: "Queue" });
  await expect(queue.getByRole("link", { name: "Add the file second.py", exact: true })).toBeVisible();
  await expect(prompt).toHaveValue("");
  await prompt.fill("Add the file third.py");
  await page.getByRole("button", { name: "Queue", exact: true }).click();
  await expect(queue.getByRole("listitem")).toHaveText([/second/, /third/]);
  await expectFineInBothThemes(page);
  await page.screenshot({ path: testInfo.outputPath("behind-first.png"), fullPage: true });
  go.resolve();
  await expect.poll(() => api.countVersions(projectId), { timeout: 30_000 }).toBe(3);
  const head = (await api.readHead(projectId)) ?? "";
  const paths = (await api.readFiles(head)).map(({ path }) => path);
  expect(paths).toEqual(["app/first.py", "app/second.py", "app/third.py"]);
  await expect(queue).toHaveCount(0);
});

test("a prompt that is submitted while models and queue still load is sent then, to the chosen model and into the queue", async ({
  page,
  api,
  model,
}) => {
  const [firstRun, lists] = [createGate(), createGate()];
  model.answer(async ({ messages }) => {
    const name = /file (\w+)\.py/.exec(messages.at(-1)?.text ?? "")?.[1] ?? "none";
    if (name === "first") await firstRun.opened;
    return { toolCalls: [writeFile(`app/${name}.py`, `${name} = 1\n`), finish(`Added ${name}.`)] };
  });
  const { projectId, generationId } = await importTasks(api);
  await page.goto("/");
  await api.mutate("generation.iterate", {
    parentGenerationId: generationId,
    prompt: "Add the file first.py",
    model: scriptedModel,
  });
  await page.route(/run\.list|model\.list/, async (route) => {
    await lists.opened;
    await route.continue();
  });
  await page.getByRole("table", { name: "Projects" }).getByRole("link", { name: "Talked about" }).first().click();
  const prompt = page.getByRole("textbox", { name: "What should change" });
  await prompt.fill("Add the file second.py");
  await prompt.press("ControlOrMeta+Enter");
  const waiting = page.getByText("Sent as soon as everything is loaded.");
  await expect(waiting).toBeAttached();
  await prompt.press("End");
  await prompt.pressSequentially(" now");
  await expect(waiting).toHaveCount(0);
  await prompt.press("ControlOrMeta+Enter");
  await expect(waiting).toBeAttached();
  await expectAccessible(page);
  lists.open();
  const queue = page.getByRole("region", { name: "Queue" });
  await expect(queue.getByRole("link", { name: "Add the file second.py now", exact: true })).toBeVisible();
  await expect(prompt).toHaveValue("");
  firstRun.open();
  await expect.poll(() => api.countVersions(projectId), { timeout: 30_000 }).toBe(3);
  const head = (await api.readHead(projectId)) ?? "";
  expect((await api.readFiles(head)).map(({ path }) => path)).toEqual(
    expect.arrayContaining(["app/first.py", "app/second.py"]),
  );
});

test("undone planned steps are requested with one press", async ({ page, api, model }, testInfo) => {
  const { projectId, generationId } = await importTasks(api);
  const plan = "1. `app/models.py`: add a due date\n2. `app/routes.py`: a route for it\n3. `README.md`: name it\n";
  const done: (keyof typeof files)[] = ["app/models.py"];
  let asked = "";
  model.answer(({ toolNames, messages }) => {
    if (toolNames.length === 0) return { text: plan };
    asked = messages.at(-1)?.text ?? "";
    const paths = done.splice(0);
    const written = paths.map((path) => writeFile(path, `${files[path]}# ${path}\n`));
    return { toolCalls: [...written, finish("Did what I could.")] };
  });
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId: generationId,
    prompt: "Tasks have a due date",
    model: scriptedModel,
    plan: "always",
  });
  await api.waitForRun(runId);
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await page.getByRole("button", { name: "Accept and start" }).click();
  await expect(page.getByText(/v2 is stored and active/).first()).toBeVisible();
  await expect(page.getByRole("list", { name: "What happened" })).toContainText("plan 1/3");
  const goOn = page.getByRole("link", { name: "Continue these" }).first();
  await expectFineInBothThemes(page);
  await page.screenshot({ path: testInfo.outputPath("undone-steps.png"), fullPage: true });
  await tabTo({ page, target: goOn });
  await page.keyboard.press("Enter");
  const prompt = page.getByRole("textbox", { name: "What should change" });
  await expect(prompt).toHaveValue(
    /^Do the planned steps that were not done:\n1\. .*app\/routes\.py.*\n2\. .*README\.md/,
  );
  done.push("app/routes.py", "README.md");
  await prompt.press("ControlOrMeta+Enter");
  await expect(page.getByText(/v3 is stored and active/).first()).toBeVisible();
  expect(asked).toContain("Do the planned steps that were not done:");
  const head = (await api.readHead(projectId)) ?? "";
  expect(await api.readHead(projectId)).not.toBe(generationId);
  expect((await api.readFiles(head)).length).toBe(3);
});
