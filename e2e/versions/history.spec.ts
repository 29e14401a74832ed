import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/expect-accessible.ts";
import { choose, expect, finish, scriptedModel, test, writeFile, type ProjectApi } from "../support/fixtures.ts";
import { damagedAnswer } from "../support/replace-answer.ts";
import { tabTo } from "../support/tab-to.ts";
import { workOf } from "../support/work-of.ts";

const files = { "a.txt": "one\n", "b.txt": "b\n", "c.txt": "c\n" };

/** v1 to v3 in a row; v4, a branch from v2 with a branch of its own; v5. v3 is active. */
async function makeTree({ api, name }: { api: ProjectApi; name: string }) {
  const { projectId, generationId: v1 } = await api.importProject({ name, files });
  const edit = async (parentGenerationId: string, path: string, content: string) =>
    (
      await api.mutate<{ generationId: string }>("generation.edit", {
        parentGenerationId,
        changeSet: { operations: [{ type: "write", path, content }] },
      })
    ).generationId;
  const v2 = await edit(v1, "a.txt", "two\n");
  const v3 = await edit(v2, "b.txt", "B\n");
  const v4 = await edit(v2, "c.txt", "C\n");
  const v5 = await edit(v4, "c.txt", "CC\n");
  return { projectId, v1, v2, v3, v4, v5 };
}

const rows = (page: Page) => page.getByRole("list", { name: "Versions" }).getByRole("listitem");

test("find, bookmark, label and restore by mouse", async ({ page, api }) => {
  const { projectId, v1, v3 } = await makeTree({ api, name: "History by mouse" });
  await page.goto(`/p/${projectId}/history`);
  await expect(rows(page)).toHaveCount(5);
  await page.getByRole("button", { name: "Bookmark v2" }).click();
  await expect(page.getByRole("button", { name: "Bookmark v2" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Actions for v4" }).click();
  await page.getByRole("menuitem", { name: "Label" }).click();
  await page.getByRole("textbox", { name: "Label" }).fill("Other way");
  await page.getByRole("button", { name: "Save label" }).click();
  await expect(rows(page).filter({ hasText: "Other way" })).toHaveCount(1);

  // The server stores both: another visit has them too.
  await page.reload();
  await page.getByRole("searchbox", { name: "Filter versions" }).fill("other");
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByText("1 of 5 versions")).toBeVisible();
  await page.getByRole("searchbox", { name: "Filter versions" }).fill("");
  await page.getByRole("switch", { name: "Bookmarked" }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText("v2");
  await page.getByRole("switch", { name: "Bookmarked" }).click();
  await choose({ page, label: "Kind", option: "import" });
  await expect(rows(page)).toHaveCount(1);
  await choose({ page, label: "Kind", option: "Any kind" });
  await page.getByRole("switch", { name: "Hide other branches" }).click();
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).filter({ hasText: "+2 in branches" })).toContainText("v2");
  await page.screenshot({ path: "e2e/screenshots/history-path.png" });
  await page.getByRole("button", { name: "+2 in branches" }).click();
  await expect(rows(page)).toHaveCount(5);
  await expect(rows(page).first()).toContainText("Today");
  await page.screenshot({ path: "e2e/screenshots/history-tree.png" });

  await page.getByRole("button", { name: "Actions for v1" }).click();
  await page.getByRole("menuitem", { name: "Restore files" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("checkbox", { name: "a.txt" })).toBeVisible();
  await expect(dialog.getByRole("checkbox", { name: "c.txt" })).toHaveCount(0);
  await expectAccessible(page);
  await dialog.getByRole("checkbox", { name: "a.txt" }).click();
  await page.screenshot({ path: "e2e/screenshots/restore-files.png" });
  await dialog.getByRole("button", { name: "Restore 1 file" }).click();
  await expect(page.getByText("Restored a.txt from v1, as v6.")).toBeVisible();
  const hashes = async (id: string) =>
    new Map((await api.readFiles(id)).map(({ path, contentHash }) => [path, contentHash]));
  const [first, third, head] = await Promise.all([
    hashes(v1),
    hashes(v3),
    hashes((await api.readHead(projectId)) ?? ""),
  ]);
  expect(head).toEqual(new Map(third).set("a.txt", first.get("a.txt") ?? ""));

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone. v7 has the files of v3.")).toBeVisible();
  expect(await hashes((await api.readHead(projectId)) ?? "")).toEqual(third);
});

test("move, bookmark, compare and roll back with the keyboard alone", async ({ page, api }) => {
  const { projectId, v2, v5 } = await makeTree({ api, name: "History by keyboard" });
  await page.goto(`/p/${projectId}/history`);
  await expect(rows(page)).toHaveCount(5);
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("b");
  await expect(page.getByRole("button", { name: "Bookmark v2" })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("x");
  await page.keyboard.press("c");
  await page.waitForURL(`**/compare/${v2}...${v5}**`);

  await page.goBack();
  await expect(rows(page)).toHaveCount(5);
  // The branch of v5 is folded into v2, where it begins, and unfolded again.
  await page.keyboard.press("e");
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).filter({ hasText: "+2 in branches" })).toContainText("v2");
  await page.keyboard.press("e");
  await expect(rows(page)).toHaveCount(5);
  await page.keyboard.press("/");
  await page.keyboard.type("v1 import");
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Shift+R");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("A new version is made, a copy of v1. v3 and all others stay in the history.");
  await expect(dialog).toContainText("Compared with the active v3: 2 changed, 1 the same.");
  await expectAccessible(page);
  await tabTo({ page, target: dialog.getByRole("textbox", { name: "Note (optional)" }) });
  await page.keyboard.type("The first one was right");
  await page.screenshot({ path: "e2e/screenshots/roll-back-consequences.png" });
  await tabTo({ page, target: dialog.getByRole("button", { name: "Roll back to v1" }) });
  await page.keyboard.press("Enter");
  await expect(page.getByText("Rolled back to v1 as v6.")).toBeVisible();
  await expect(workOf(page).getByText("Rolled back to v1: The first one was right")).toBeVisible();
});

test("label, restore and bookmark from menus with the keyboard alone", async ({ page, api }) => {
  const { projectId, v1, v3 } = await makeTree({ api, name: "Menus by keyboard" });
  await page.goto(`/p/${projectId}/history`);
  await tabTo({ page, target: page.getByRole("button", { name: "Actions for v1" }) });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Open" })).toBeFocused();
  await page.keyboard.press("l");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Label" })).toBeFocused();
  await page.keyboard.type("Where it began");
  await page.keyboard.press("Enter");
  await expect(rows(page).filter({ hasText: "Where it began" })).toHaveCount(1);
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.goto(`/p/${projectId}/g/${v1}`);
  await tabTo({ page, target: page.getByRole("button", { name: "More for v1" }) });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Bookmark" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("bookmarked", { exact: true })).toBeVisible();
  await tabTo({ page, target: page.getByRole("button", { name: "More for v1" }) });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Remove bookmark" })).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Restore files" })).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await tabTo({ page, target: dialog.getByRole("checkbox", { name: "b.txt" }) });
  await page.keyboard.press("Space");
  await tabTo({ page, target: dialog.getByRole("button", { name: "Restore 1 file" }) });
  await page.keyboard.press("Enter");
  await expect(page.getByText("Restored b.txt from v1, as v6.")).toBeVisible();
  const head = await api.readFiles((await api.readHead(projectId)) ?? "");
  const [first, third] = await Promise.all([api.readFiles(v1), api.readFiles(v3)]);
  expect(head.find(({ path }) => path === "b.txt")).toEqual(first.find(({ path }) => path === "b.txt"));
  expect(head.find(({ path }) => path === "a.txt")).toEqual(third.find(({ path }) => path === "a.txt"));
});

test("the selected version is beside the list on wide windows, and in the address", async ({ page, api }) => {
  const { projectId, v4 } = await makeTree({ api, name: "History with a preview" });
  await page.setViewportSize({ width: 1600, height: 900 });
  await page.goto(`/p/${projectId}/history`);
  await expect(page.getByRole("complementary", { name: "v5" })).toContainText("c.txt");
  await page.keyboard.press("j");
  const preview = page.getByRole("complementary", { name: "v4" });
  await expect(preview.getByRole("list", { name: "Files that v4 changed" })).toContainText("c.txt");
  await expect(page).toHaveURL(new RegExp(`sel=${v4}`));
  await page.reload();
  await expect(preview).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/history-preview.png" });
  await rows(page)
    .filter({ hasText: "child of v1" })
    .click({ position: { x: 300, y: 14 } });
  await expect(page.getByRole("complementary", { name: "v2" })).toContainText("a.txt");
  await preview.waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Review changes" }).click();
  await page.waitForURL(/\/review/);
});

test("j and k move the focus, Tab continues within the row, and t filters, with the keyboard alone", async ({
  page,
  api,
}) => {
  const { projectId, v4 } = await makeTree({ api, name: "History in focus" });
  await page.goto(`/p/${projectId}/history`);
  const row = (version: string) => rows(page).filter({ has: page.getByRole("link", { name: version, exact: true }) });
  await expect(row("v5")).toBeVisible();
  await page.keyboard.press("j");
  await expect(row("v4")).toBeFocused();
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/history-focus.png" });
  await page.keyboard.press("Tab");
  await expect(page.getByRole("checkbox", { name: "Compare v4" })).toBeFocused();
  await page.keyboard.press("k");
  await expect(row("v5")).toBeFocused();
  await page.keyboard.press("k");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "v5", exact: true })).toBeFocused();
  await page.keyboard.press("n");
  await expect(row("v4")).toBeFocused();
  await page.keyboard.press("t");
  await expect(page.getByRole("searchbox", { name: "Filter versions" })).toBeFocused();
  await page.keyboard.type("added lines not there");
  await expect(page.getByText("No version fits the filter")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(row("v4")).toBeFocused();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/g/${v4}`);
});

test("of many versions only visible ones are rendered, and keys and a filter reach the others", async ({
  page,
  api,
}) => {
  const { projectId, generationId } = await api.importProject({ name: "Long history", files });
  let head = generationId;
  for (let version = 2; version <= 60; version += 1) {
    ({ generationId: head } = await api.mutate<{ generationId: string }>("generation.edit", {
      parentGenerationId: head,
      changeSet: { operations: [{ type: "write", path: "a.txt", content: `${version}\n` }] },
    }));
  }
  await page.goto(`/p/${projectId}/history`);
  await expect(page.getByText("60 versions")).toBeVisible();
  expect(await rows(page).count()).toBeLessThan(45);
  const row = (version: string) => rows(page).filter({ has: page.getByRole("link", { name: version, exact: true }) });
  for (let presses = 0; presses < 40; presses += 1) await page.keyboard.press("j");
  await expect(row("v20")).toBeFocused();
  await expect(row("v20")).toBeInViewport({ ratio: 1 });
  // After filtering and clearing, the list is back at the selected row.
  await page.keyboard.press("/");
  await page.keyboard.type("v20");
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(page.getByText("60 versions")).toBeVisible();
  await expect(row("v20")).toBeFocused();
  await expect(row("v20")).toBeInViewport({ ratio: 1 });
  await row("v21").hover();
  await page.mouse.wheel(0, 4_000);
  await expect(row("v1")).toBeInViewport();
  await expect(row("v20")).toBeFocused();
  await page.goto(`/p/${projectId}/history?sel=${generationId}`);
  await expect(row("v1")).toBeInViewport({ ratio: 1 });
});

test("a label that could not be saved stays in its field, with the reason", async ({ page, api }) => {
  const { projectId } = await makeTree({ api, name: "Label refused" });
  await page.goto(`/p/${projectId}/history`);
  await page.getByRole("button", { name: "Actions for v4" }).click();
  await page.getByRole("menuitem", { name: "Label" }).click();
  const label = page.getByRole("textbox", { name: "Label" });
  await label.fill("Other way");
  await page.route("**/api/trpc/generation.mark*", (route) => route.fulfill({ status: 500, json: [damagedAnswer] }));
  await page.getByRole("button", { name: "Save label" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText(damagedAnswer.error.message);
  await expect(label).toHaveValue("Other way");
  await expectAccessible(page);
  await page.unroute("**/api/trpc/generation.mark*");
  await page.getByRole("button", { name: "Save label" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(rows(page).filter({ hasText: "Other way" })).toContainText("v4");
});

test("rows show lines, checks and cost; one branch is shown alone; a running run is listed above until its version exists", async ({
  page,
  api,
  model,
}) => {
  const { projectId, v3 } = await makeTree({ api, name: "History with a run" });
  let answer: () => void = () => undefined;
  const isAsked = new Promise<void>((resolve) => (answer = resolve));
  model.answer(async () => {
    await isAsked;
    return { toolCalls: [writeFile("d.txt", "d\n"), finish()] };
  });
  await page.goto(`/p/${projectId}/history`);
  await expect(rows(page).first()).toContainText("+1");
  await expect(rows(page).first()).toContainText("checks passed");
  await page.getByRole("switch", { name: "Only this branch" }).click();
  await expect(rows(page)).toHaveCount(4);
  await expect(rows(page).filter({ hasText: "active" })).toHaveCount(0);
  // Another row is selected, and the shown branch stays.
  await rows(page)
    .last()
    .click({ position: { x: 300, y: 14 } });
  await expect(rows(page)).toHaveCount(4);
  await page.screenshot({ path: "e2e/screenshots/history-branch.png" });
  await page.getByRole("switch", { name: "Only this branch" }).click();
  await expect(rows(page)).toHaveCount(5);

  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId: v3,
    prompt: "Add a file called d",
    model: scriptedModel,
    mode: "classic",
  });
  await page.reload();
  const run = page.getByRole("list", { name: "Active runs" }).getByRole("listitem");
  await expect(run).toContainText("Add a file called d");
  await expect(run).toContainText("Running");
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/history-run.png" });
  await expect(run.getByRole("link")).toHaveAttribute("href", `/p/${projectId}/runs/${runId}`);
  answer();
  await expect(rows(page)).toHaveCount(6);
  await expect(rows(page).first()).toContainText("Add a file called d");
  await expect(run).toHaveCount(0);

  const made = await api.mutate<{ projectId: string; runId: string }>("generation.create", {
    prompt: "A guest book with entries",
    model: "builtin:scaffold",
    mode: "classic",
  });
  await api.waitForRun(made.runId);
  await page.goto(`/p/${made.projectId}/history`);
  await expect(rows(page)).toContainText("$0");
});

test("a roll back waits for a running run, which can be cancelled there, with the keyboard alone", async ({
  page,
  api,
  model,
}) => {
  const { projectId, v1, v3 } = await makeTree({ api, name: "Roll back during a run" });
  model.answer(() => new Promise(() => undefined));
  await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId: v3,
    prompt: "Take your time",
    model: scriptedModel,
    mode: "classic",
  });
  await page.goto(`/p/${projectId}/g/${v1}`);
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByPlaceholder("Go to a project or page")).toBeFocused();
  await page.keyboard.type("roll back to this");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Make v1 active?" });
  const block = dialog.getByRole("region", { name: "Active runs" });
  await expect(block).toContainText("Take your time");
  const rollBack = dialog.getByRole("button", { name: "Roll back to v1" });
  await expect(rollBack).toBeDisabled();
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/roll-back-blocked.png" });
  await tabTo({ page, target: block.getByRole("button", { name: "Cancel run" }) });
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("No run is running any more. The active version is v3.")).toBeVisible();
  await expect(rollBack).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Rolled back to v1 as v6.")).toBeVisible();
  expect((await api.query<{ lastRun: { status: string } }>("project.get", { projectId })).lastRun.status).toBe(
    "CANCELLED",
  );
});

test("if another version became active meanwhile, the roll back shows it and asks again", async ({ page, api }) => {
  const { projectId, v1, v3 } = await makeTree({ api, name: "Roll back too late" });
  await page.goto(`/p/${projectId}/g/${v1}`);
  await page.getByRole("button", { name: "Roll back to this" }).click();
  const dialog = page.getByRole("dialog", { name: "Make v1 active?" });
  await expect(dialog).toContainText("Compared with the active v3: 2 changed, 1 the same.");
  await dialog.getByRole("textbox", { name: "Note (optional)" }).fill("For now");
  const { generationId: v6 } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: v3,
    changeSet: { operations: [{ type: "write", path: "new.txt", content: "n\n" }] },
  });
  await dialog.getByRole("button", { name: "Roll back to v1" }).click();
  await expect(dialog).toContainText("Compared with the active v6: 1 removed, 2 changed, 1 the same.");
  await expect(dialog.getByRole("alert")).toContainText(
    "Another version became the active one in the meantime. Nothing was rolled back.",
  );
  await expect(dialog.getByRole("textbox", { name: "Note (optional)" })).toHaveValue("For now");
  expect(await api.readHead(projectId)).toBe(v6);
  await page.screenshot({ path: "e2e/screenshots/roll-back-moved.png" });
  await dialog.getByRole("button", { name: "Roll back to v1" }).click();
  await expect(page.getByText("Rolled back to v1 as v7.")).toBeVisible();
});

test("the palette compares an older version with the active one, and iterates from it", async ({ page, api }) => {
  const { projectId, v1, v3 } = await makeTree({ api, name: "Palette of a version" });
  await page.goto(`/p/${projectId}/g/${v1}`);
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByPlaceholder("Go to a project or page")).toBeFocused();
  await page.keyboard.type("compare with");
  await expect(page.getByRole("option", { selected: true })).toContainText(/compare/i);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/compare/${v1}...${v3}**`);
  await page.goto(`/p/${projectId}/g/${v1}/files`);
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByPlaceholder("Go to a project or page")).toBeFocused();
  await page.keyboard.type("iterate from");
  await expect(page.getByRole("option", { selected: true })).toContainText(/iterate from/i);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/g/${v1}?iterate=1`);
  await expect(page.getByRole("textbox", { name: "What should change" })).toBeFocused();
});
