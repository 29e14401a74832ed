import { expect, finish, scriptedModel, test, writeFile, type ProjectApi } from "../support/fixtures.ts";
import { expectAccessible } from "../support/expect-accessible.ts";

const long = `${Array.from({ length: 40 }, (_, index) => `def function_${index}():\n    return ${index}`).join("\n\n")}\n`;
const files = { "app/long.py": long, "app/main.py": "x = 1\n" };
const editFile = (path: string, oldText: string, newText: string) => ({
  name: "edit_file",
  arguments: { path, edits: [{ oldText, newText }] },
});

async function iterate({
  api,
  generationId,
  prompt,
  scope,
}: {
  api: ProjectApi;
  generationId: string;
  prompt: string;
  scope?: { include: string[] };
}): Promise<string> {
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId: generationId,
    prompt,
    model: scriptedModel,
    mode: "classic",
    ...(scope === undefined ? {} : { scope }),
  });
  await api.waitForRun(runId);
  return runId;
}

const readFile = async ({
  api,
  projectId,
  path,
}: {
  api: ProjectApi;
  projectId: string;
  path: string;
}): Promise<string> =>
  (
    await api.query<{ content: string }>("generation.file", {
      generationId: (await api.readHead(projectId)) ?? "",
      path,
    })
  ).content;

test("a result that lost code is held, and the parent's file is kept", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Held", files });
  model.play({
    toolCalls: [
      writeFile("app/long.py", "def function_0():\n    return 0\n"),
      writeFile("app/new.py", "y = 2\n"),
      finish("Tidied."),
    ],
  });
  const runId = await iterate({ api, generationId, prompt: "Tidy up" });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await expect(page.getByRole("heading", { name: /code may have been lost/ })).toBeVisible();
  expect(await api.readHead(projectId)).toBe(generationId);
  const decision = page.getByRole("group", { name: "Decision on app/long.py" });
  await expect(decision.getByRole("radio", { name: "Keep old" })).toBeChecked();
  await expect(page.getByRole("region", { name: "Differences: What the run holds" })).toContainText("function_5");
  await page.screenshot({ path: "e2e/screenshots/run-held.png", fullPage: true });
  await page.getByRole("button", { name: "Save as v2" }).click();
  await page.waitForURL(/\/review/);
  await expect(page.getByText("3 files: 2 kept, 1 added").first()).toBeVisible();
  expect(
    (await api.query<{ kind: string }>("generation.get", { generationId: (await api.readHead(projectId)) ?? "" })).kind,
  ).toBe("accept");
  expect(await readFile({ api, projectId, path: "app/long.py" })).toBe(long);
});

test("a held result is discarded: no run waits any longer, and its result is kept", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Discarded", files });
  model.play({ toolCalls: [writeFile("app/long.py", "def function_0():\n    return 0\n"), finish("Tidied.")] });
  const runId = await iterate({ api, generationId, prompt: "Tidy up" });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  // The rail also has other projects, in which runs may wait.
  const ofProject = page.getByRole("main").getByRole("link", { name: /waits for you/ });
  const inRail = page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: /^Discarded.*waits for you/ });
  await expect(ofProject).toBeVisible();
  await expect(inRail).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByRole("heading", { name: "You cancelled this run." })).toBeVisible();
  await expect(ofProject).toHaveCount(0);
  await expect(inRail).toHaveCount(0);
  await expect(page.getByRole("group", { name: "Decision on app/long.py" })).toBeVisible();
  expect(await api.readHead(projectId)).toBe(generationId);
});

test("an elided rewrite is held for review, and a repair fixes only that file, by keyboard", async ({
  page,
  api,
  model,
}) => {
  const { projectId, generationId } = await api.importProject({ name: "Elided", files });
  const elided = "def function_0():\n    return 100\n\n# ... rest of the code unchanged ...\n";
  model.play({ toolCalls: [writeFile("app/long.py", elided), writeFile("app/new.py", "y = 2\n"), finish("Changed.")] });
  const runId = await iterate({ api, generationId, prompt: "Return 100 from function_0 and add new.py" });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  const decision = page.getByRole("group", { name: "Decision on app/long.py" });
  await expect(decision.getByRole("radio", { name: "Keep old" })).toBeChecked();
  for (let finding = 1; finding <= 3; finding += 1) {
    await page.keyboard.press("F8");
    await expect(page.getByRole("status", { name: "Where you are" })).toContainText(`Finding ${finding} of 3`);
  }
  await expect(page.getByRole("note", { name: /^Finding: Placeholder instead of code/ })).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/run-elided.png", fullPage: true });
  model.play({
    toolCalls: [editFile("app/long.py", "    return 0\n", "    return 100\n"), finish("Changed one line.")],
  });
  await page.keyboard.press("Shift+R");
  await expect(decision.getByRole("radio", { name: "Ask again" })).toBeChecked();
  await expect(page.getByRole("button", { name: "Ask again", exact: true })).toBeEnabled();
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByRole("heading", { name: /v2 is stored/ })).toBeVisible();
  expect(await readFile({ api, projectId, path: "app/long.py" })).toBe(
    long.replace("    return 0\n", "    return 100\n"),
  );
  expect(await readFile({ api, projectId, path: "app/new.py" })).toBe("y = 2\n");
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await expect(page.getByRole("heading", { name: /v2 is stored/ })).toBeVisible();
});

test("a cut-off answer of five files keeps three, and continuing adds two", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Cut off", files });
  const part = (name: string) => writeFile(`app/${name}.py`, `${name} = 1\n`);
  model.play({ toolCalls: [part("a"), part("b"), part("c")], finish: "length" });
  const runId = await iterate({ api, generationId, prompt: "Add five parts" });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await expect(page.getByRole("heading", { name: /the answer was cut off/ })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Changes by cause" }).getByRole("listitem")).toHaveCount(3);
  await page.screenshot({ path: "e2e/screenshots/run-cut-off.png", fullPage: true });
  expect(await api.readHead(projectId)).toBe(generationId);
  model.play({ toolCalls: [part("d"), part("e"), finish("The other two.")] });
  await page.getByRole("button", { name: "Continue with what is missing" }).click();
  await expect(page.getByRole("heading", { name: /v2 is stored/ })).toBeVisible();
  await expect(page.getByText("7 files: 2 kept, 5 added").first()).toBeVisible();
  expect(await readFile({ api, projectId, path: "app/b.py" })).toBe("b = 1\n");
  expect(await readFile({ api, projectId, path: "app/e.py" })).toBe("e = 1\n");
});

test("a change outside the limit is shown, not applied, and applied by hand", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Limited", files });
  model.play(
    { toolCalls: [editFile("app/main.py", "x = 1", "x = 2"), writeFile("app/new.py", "y = 2\n"), finish("Both.")] },
    { toolCalls: [finish("Added new.py.")] },
  );
  const runId = await iterate({ api, generationId, prompt: "Add new.py", scope: { include: ["app/new.py"] } });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await expect(page.getByRole("heading", { name: "Left out: outside the files you allowed", level: 2 })).toBeVisible();
  expect(await readFile({ api, projectId, path: "app/main.py" })).toBe("x = 1\n");
  await expect(page.getByRole("region", { name: "Differences: What the run left out" })).toContainText("x = 2");
  await page.screenshot({ path: "e2e/screenshots/run-proposed.png", fullPage: true });
  await page.getByRole("group", { name: "Decision on app/main.py" }).getByRole("radio", { name: "Apply" }).check();
  await page.getByRole("button", { name: "Apply 1 change" }).click();
  await page.waitForURL(/\/review/);
  expect(await readFile({ api, projectId, path: "app/main.py" })).toBe("x = 2\n");
});

test("a locked file is not changed by a run", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Locked", files });
  await page.goto(`/p/${projectId}/g/${generationId}?iterate=1`);
  await page.getByText("Lock files").click();
  await page.getByLabel("Locked paths or globs").fill("app/main.py");
  await page.getByRole("button", { name: "Save locks" }).click();
  await expect(page.getByText("Lock files (1)")).toBeVisible();
  model.play(
    { toolCalls: [editFile("app/main.py", "x = 1", "x = 2"), writeFile("app/new.py", "y = 2\n"), finish("Both.")] },
    { toolCalls: [finish("Added new.py.")] },
  );
  const runId = await iterate({ api, generationId, prompt: "Change all" });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await expect(page.getByRole("region", { name: "Left out: locked" })).toContainText("app/main.py");
  expect(await readFile({ api, projectId, path: "app/main.py" })).toBe("x = 1\n");
});

test("an inconsistent mixture is reported before it is saved, and taking everything is consistent", async ({
  page,
  api,
  model,
}) => {
  const { projectId, generationId } = await api.importProject({
    name: "Mixture",
    files: {
      "app/__init__.py": "",
      "app/main.py": "from app import items\n\nitems.read()\n",
      "app/items.py": "def read():\n    return 1\n\n\ndef forgotten():\n    return 2\n",
      "notes.txt": "one\n",
    },
  });
  model.play({
    toolCalls: [
      writeFile("app/main.py", "from app import items, notes\n\nitems.read()\nnotes.read()\n"),
      writeFile("app/items.py", "def read():\n    return 3\n"),
      writeFile("app/notes.py", "def read():\n    return 1\n"),
      finish("Notes are there."),
    ],
  });
  const runId = await iterate({ api, generationId, prompt: "Add notes" });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await expect(page.getByRole("region", { name: /These files belong together/ })).toContainText("3 files");
  await expect(page.getByRole("note", { name: /forgotten is gone, and you did not ask for it\./ })).toBeVisible();
  const decide = (path: string, name: string) =>
    page
      .getByRole("group", { name: `Decision on ${path}` })
      .getByRole("radio", { name })
      .check();
  const result = page.getByRole("region", { name: "Result" });
  await expect(result.getByRole("status")).toContainText("0 of 3 changes taken");
  await expect(page.getByRole("button", { name: "Save as v2" })).toBeDisabled();

  await decide("app/main.py", "Take new");
  await decide("app/items.py", "Take new");
  await expect(result.getByRole("status")).toContainText(
    /2 of 3 changes taken, checked: 1 problem \(app\/main\.py: .*app\.notes/,
  );
  await result.getByRole("button", { name: "Show" }).click();
  await expect(result.getByRole("list", { name: "Problems of the result" })).toContainText("app.notes");
  await expect(page.getByRole("button", { name: "Save as v2 with 1 problem" })).toBeEnabled();
  expect(await api.readHead(projectId)).toBe(generationId);
  await expectAccessible(page);

  await page.getByRole("button", { name: "Take all" }).click();
  await expect(result.getByRole("status")).toContainText("3 of 3 changes taken, checked: it fits together");
  await page.getByRole("button", { name: "Save as v2" }).click();
  await page.waitForURL(/\/review/);
  expect(await readFile({ api, projectId, path: "app/notes.py" })).toBe("def read():\n    return 1\n");
});
