import { expectAccessible } from "../support/expect-accessible.ts";
import {
  expect,
  finish,
  scriptedModel,
  test,
  writeFile,
  type ModelScript,
  type ProjectApi,
} from "../support/fixtures.ts";

const numbered = (...changed: [number, string][]) =>
  `${Array.from({ length: 60 }, (_, index) => changed.find(([line]) => line === index + 1)?.[1] ?? `line ${index + 1}`).join("\n")}\n`;

const files = {
  "app/__init__.py": "",
  "app/main.py": "from app import items\n\nitems.read()\n",
  "app/items.py": "def read():\n    return 1\n\n\ndef forgotten():\n    return 2\n",
  "notes.txt": numbered(),
};

/** A run that is held for a lost function, whose other files import each other, and a text with two changes. */
async function hold({ api, model, name }: { api: ProjectApi; model: ModelScript; name: string }) {
  const { projectId, generationId } = await api.importProject({ name, files });
  model.play({
    toolCalls: [
      writeFile("app/main.py", "from app import items, notes\n\nitems.read()\nnotes.read()\n"),
      writeFile("app/items.py", "def read():\n    return 3\n"),
      writeFile("app/notes.py", "def read():\n    return 1\n"),
      writeFile("notes.txt", numbered([3, "three"], [50, "fifty"])),
      finish("Notes are there."),
    ],
  });
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId: generationId,
    prompt: "Add notes",
    model: scriptedModel,
    mode: "classic",
  });
  await api.waitForRun(runId);
  return { projectId, generationId, runId };
}

const readHead = async ({ api, projectId, path }: { api: ProjectApi; projectId: string; path: string }) =>
  (
    await api.query<{ content: string }>("generation.file", {
      generationId: (await api.readHead(projectId)) ?? "",
      path,
    })
  ).content;

test("a held run is decided by keyboard alone, by file, by cause and by change, and its problem is seen before it is saved", async ({
  page,
  api,
  model,
}) => {
  const { projectId, runId } = await hold({ api, model, name: "By keyboard" });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  const here = page.getByLabel("What the keys decide on");
  const said = page.getByRole("status", { name: "Where you are" });
  const result = page.getByRole("region", { name: "Result" }).getByRole("status");
  await expect(result).toContainText("1 of 4 changes taken, checked: it fits together");

  await page.keyboard.press("F8");
  await expect(said).toContainText(/Finding 1 of \d: forgotten is gone/);
  await expect(here).toContainText("app/items.py");
  await page.keyboard.press("a");
  await expect(result).toContainText("2 of 4 changes taken, checked: it fits together");
  await page.keyboard.press("j");
  await expect(here).toContainText("app/main.py");
  await page.keyboard.press("a");
  await expect(result).toContainText(/3 of 4 changes taken, checked: 1 problem \(app\/main\.py: .*app\.notes/);
  await page.keyboard.press("F8");
  await expect(said).toContainText(/Finding \d of \d: .*app\.notes/);
  await page.screenshot({ path: "e2e/screenshots/deciding-problem.png" });
  await expectAccessible(page);

  // Files that belong together are taken together.
  await page.keyboard.press("]");
  await expect(here).toContainText("3 files: These files belong together");
  await page.keyboard.press("a");
  await expect(result).toContainText("4 of 4 changes taken, checked: it fits together");
  await page.keyboard.press("r");
  await expect(result).toContainText("1 of 4 changes taken");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(result).toContainText("4 of 4 changes taken, checked: it fits together");

  // One of two changes of a file.
  await page.keyboard.press("]");
  await expect(here).toContainText("1 file: No finding");
  await page.keyboard.press("n");
  await expect(here).toContainText("line 3 of notes.txt");
  await page.keyboard.press("r");
  await expect(result).toContainText("3 of 4 changes taken, 1 by lines, checked: it fits together");
  await expect(page.locator("[data-kept=gone]")).toHaveText("three");
  await page.screenshot({ path: "e2e/screenshots/deciding-by-lines.png" });
  await expectAccessible(page);

  // Decisions survive a reload.
  await page.reload();
  await expect(result).toContainText("3 of 4 changes taken, 1 by lines, checked: it fits together");
  await page.keyboard.press("ControlOrMeta+Enter");
  await page.waitForURL(/\/review/);
  expect(await readHead({ api, projectId, path: "notes.txt" })).toBe(numbered([50, "fifty"]));
  expect(await readHead({ api, projectId, path: "app/items.py" })).toBe("def read():\n    return 3\n");
});

test("findings are at their lines in a review too, and F8 steps through them", async ({ page, api, model }) => {
  const { projectId, runId } = await hold({ api, model, name: "Findings" });
  await api.mutate("run.resolve", {
    runId,
    decisions: [
      { path: "app/items.py", decision: "accept" },
      { path: "app/notes.py", decision: "keep-parent" },
    ],
    acceptIssues: true,
  });
  await page.goto(`/p/${projectId}/g/${await api.readHead(projectId)}/review`);
  const said = page.getByRole("status", { name: "Where you are" });
  const badge = page.getByRole("button", { name: /^1 finding in app\/main\.py: .*app\.notes/ });
  await expect(page.getByRole("note", { name: /app\.notes/ })).toBeVisible();
  await page.keyboard.press("F8");
  await expect(said).toContainText(/Finding 1 of 2: forgotten is gone/);
  await page.keyboard.press("F8");
  await expect(said).toContainText(/Finding 2 of 2: .*app\.notes/);
  await page.keyboard.press("F8");
  await expect(said).toContainText("No other finding that way");
  await page.keyboard.press("Shift+F8");
  await expect(said).toContainText("Finding 1 of 2");
  await badge.click();
  await expect(said).toContainText("Finding 2 of 2");
  await expect(page).toHaveURL(/file=app\/main\.py&L=R1/);
  await page.screenshot({ path: "e2e/screenshots/review-findings.png" });
  await expectAccessible(page);
});
