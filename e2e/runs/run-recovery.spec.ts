import { validators } from "../../server/core/validation/validators/registry.ts";
import { expectAccessible } from "../support/expect-accessible.ts";
import {
  choose,
  createGate,
  expect,
  finish,
  scriptedModel,
  test,
  writeFile,
  type ProjectApi,
} from "../support/fixtures.ts";
import { tabTo } from "../support/tab-to.ts";

/** Each validator, and the secret scan. */
const checkCount = validators.length + 1;
const files = { "app/main.py": "def main():\n    return 1\n", "app/other.py": "x = 1\n" };

async function iterate({
  api,
  parentGenerationId,
  prompt,
  mode = "classic",
  commentIds,
}: {
  api: ProjectApi;
  parentGenerationId: string;
  prompt: string;
  mode?: string;
  commentIds?: string[];
}): Promise<string> {
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId,
    prompt,
    model: scriptedModel,
    mode,
    ...(commentIds === undefined ? {} : { commentIds }),
  });
  await api.waitForRun(runId);
  return runId;
}

test("after a failed run its comments are sent with the next prompt, and an existing draft is kept", async ({
  page,
  api,
  model,
}) => {
  const { projectId, generationId } = await api.importProject({ name: "Kept draft", files });
  const comment = await api.mutate<{ commentId: string }>("comment.add", {
    generationId,
    againstGenerationId: generationId,
    path: "app/other.py",
    side: "additions",
    firstLine: 1,
    lastLine: 1,
    body: "Name this rate.",
  });
  await page.goto(`/p/${projectId}/g/${generationId}?iterate=1`);
  const prompt = page.getByLabel("What should change");
  const comments = page.getByRole("list", { name: "Review comments" });
  await expect(comments).toContainText("Name this rate.");
  await page.keyboard.type("Half a thought");

  model.play({ text: "I cannot see what you mean." });
  const runId = await iterate({
    api,
    parentGenerationId: generationId,
    prompt: "Address the review",
    commentIds: [comment.commentId],
  });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await page.getByRole("link", { name: "Edit prompt" }).click();
  await expect(prompt).toBeFocused();
  await expect(prompt).toHaveValue("Address the review");
  await expect(comments).toContainText("Name this rate.");
  const earlier = page.getByRole("list", { name: "Earlier drafts" });
  await expect(earlier.getByRole("listitem")).toHaveText(/Half a thought/);
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/earlier-drafts.png" });

  // By keyboard: the two are swapped, and a reload loses nothing either.
  await tabTo({ page, target: earlier.getByRole("button", { name: "Use this" }), key: "Shift+Tab" });
  await page.keyboard.press("Enter");
  await expect(prompt).toBeFocused();
  await expect(prompt).toHaveValue("Half a thought");
  await page.reload();
  await expect(prompt).toHaveValue("Half a thought");
  await expect(earlier.getByRole("listitem")).toHaveText(/Address the review/);
  await tabTo({ page, target: earlier.getByRole("button", { name: /^Delete/ }), key: "Shift+Tab" });
  await page.keyboard.press("Enter");
  await expect(earlier).toHaveCount(0);
  await expect(prompt).toBeFocused();
});

test("an answer with problems is fixed with a prompt that lists them, and the run's facts can be copied", async ({
  page,
  context,
  api,
  model,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { projectId, generationId } = await api.importProject({ name: "Fixed", files });
  model.play({
    text: "A broken answer.",
    toolCalls: [writeFile("app/main.py", "def main(:\n    return 1\n"), finish("Broke it.")],
  });
  const runId = await iterate({ api, parentGenerationId: generationId, prompt: "Return one" });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await expect(page.getByRole("heading", { name: "The result has problems." })).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/run-problems.png", fullPage: true });

  const checks = page.getByRole("list", { name: "Checks" });
  const syntax = checks.getByRole("listitem").filter({ hasText: /^Syntaxfailed, 1 finding/ });
  await expect(syntax.locator("summary")).toHaveText(/ ms$/);
  await expect(checks.getByRole("listitem").filter({ hasText: "Shrunk by edits" })).toContainText("not applicable");

  await page.getByRole("button", { name: "Copy diagnostics" }).click();
  await expect(page.getByText("Diagnostics copied.")).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  for (const fact of [runId, "VALIDATION_FAILED", scriptedModel, "validate-result"]) expect(copied).toContain(fact);
  expect(copied).not.toContain("Return one");

  const words = page.getByRole("region", { name: "What the model says" });
  await expect(words).toBeHidden();
  await tabTo({ page, target: page.getByRole("button", { name: "Show raw answer" }), key: "Shift+Tab" });
  await page.keyboard.press("Enter");
  await expect(words).toContainText("A broken answer.");
  await expect(page.locator("summary").filter({ hasText: "What the model said" })).toBeFocused();

  await page.getByRole("link", { name: "Fix with a prompt" }).click();
  const prompt = page.getByLabel("What should change");
  await expect(prompt).toHaveValue(
    /^Return one\n\nThe last answer to this could not be used\. .*\n- app\/main\.py:1: /,
  );
  model.play({ toolCalls: [writeFile("app/main.py", "def main():\n    return 11\n"), finish("Done.")] });
  await choose({ page, label: "Model", option: /scripted/i });
  await prompt.press("ControlOrMeta+Enter");
  await expect(page.getByRole("heading", { name: /v2 is stored/ })).toBeVisible();
});

test("another model is chosen for the same prompt by keyboard", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Another model", files });
  model.play({ text: "Nothing to change." });
  const runId = await iterate({ api, parentGenerationId: generationId, prompt: "Add a priority" });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await tabTo({ page, target: page.getByRole("link", { name: "Use another model" }) });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Model" })).toBeFocused();
  await expect(page.getByLabel("What should change")).toHaveValue("Add a priority");
});

test("what was finished before a limit is kept, and a run continues from it", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Limit", files });
  let calls = 0;
  model.answer(() => ({
    toolCalls: [(calls += 1) === 1 ? writeFile("app/first.py", "a = 1\n") : { name: "list_files", arguments: {} }],
  }));
  const runId = await iterate({ api, parentGenerationId: generationId, prompt: "Add two files" });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await expect(page.getByRole("heading", { name: "Stopped at the limit of 60 model calls." })).toBeVisible();
  await expect(page.getByText("Continue there: a new run makes only what is missing")).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/run-limit.png" });
  model.play({ toolCalls: [writeFile("app/second.py", "b = 1\n"), finish("The other one.")] });
  await tabTo({ page, target: page.getByRole("button", { name: "Continue with what is missing" }) });
  await page.keyboard.press("Enter");
  await expect(page.getByText("4 files: 2 kept, 2 added").first()).toBeVisible();
});

test("a plan's steps are checked off, and files are counted against it", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Planned", files });
  const gate = createGate();
  let calls = 0;
  model.answer(async () => {
    calls += 1;
    if (calls === 1)
      return { text: "1. Write `app/one.py`\n2. Write `app/two.py` and `app/three.py`\n3. Keep the names as they are" };
    if (calls === 2) return { toolCalls: [writeFile("app/one.py", "one = 1\n")] };
    if (calls === 3) return { secondHalf: gate.opened, toolCalls: [writeFile("app/two.py", "two = 2\n".repeat(100))] };
    return { toolCalls: [writeFile("app/three.py", "three = 3\n"), finish("Done.")] };
  });
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId: generationId,
    prompt: "Add three files",
    model: scriptedModel,
    mode: "enhanced",
  });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  const plan = page.getByRole("list", { name: "Plan" }).getByRole("listitem");
  // On its own page and in the thread.
  await expect(page.getByText("Writing 2 of 3 · app/two.py")).toHaveCount(2);
  await expect(plan).toHaveText([/app\/one\.pydone$/, /open$/, /open$/]);
  await page.screenshot({ path: "e2e/screenshots/run-plan.png" });
  gate.open();
  await expect(page.getByRole("heading", { name: /v2 is stored/ })).toBeVisible();
  await expect(plan).toHaveText([/done$/, /done$/, /done$/]);

  // The checks show their findings when opened.
  await expect(page.getByRole("list", { name: "Checks" }).getByRole("listitem")).toHaveCount(checkCount);
  await expect(page.getByRole("list", { name: "Checks" })).toContainText(/Syntaxpassed/);
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/run-checks.png", fullPage: true });
});

test("a check opens by keyboard and shows its findings", async ({ page, api, model }) => {
  const long = `${Array.from({ length: 40 }, (_, index) => `def function_${index}():\n    return ${index}`).join("\n\n")}\n`;
  const { projectId, generationId } = await api.importProject({ name: "Checked", files: { "app/long.py": long } });
  model.play({ toolCalls: [writeFile("app/long.py", "def function_0():\n    return 0\n"), finish("Tidied.")] });
  const runId = await iterate({ api, parentGenerationId: generationId, prompt: "Tidy up" });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  const row = page.locator("summary").filter({ hasText: "Shrunk rewrites" });
  await expect(row).toContainText("failed, 1 finding");
  await tabTo({ page, target: row });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("list", { name: "Findings of Shrunk rewrites" })).toContainText(
    "Rewritten: 119 lines became 2.",
  );
  await expectAccessible(page);
});
