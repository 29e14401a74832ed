import type { Page } from "@playwright/test";
import { choose, expect, test } from "../support/fixtures.ts";

const prompt =
  "A task tracker: projects have a title and a description, tasks have a title, a due date and a status and belong to a project";

async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `e2e/screenshots/${name}.png` });
}

async function iterate({ page, text }: { page: Page; text: string }): Promise<void> {
  await page.getByLabel("What should change").fill(text);
  await page.getByRole("button", { name: "Iterate" }).click();
  await page.waitForURL(/\/runs\//);
}

test("create, iterate, review, branch, compare, roll back and undo, with the built-in generator", async ({
  page,
  api,
}) => {
  test.setTimeout(120_000);
  await page.goto("/new");
  await page.getByRole("textbox").first().fill(prompt);
  await page.keyboard.press("ControlOrMeta+Enter");
  await page.waitForURL(/\/p\/[^/]+\/runs\//);
  await expect(page.getByText(/v1 is stored/)).toBeVisible({ timeout: 30_000 });
  const projectId = /\/p\/([^/]+)/.exec(page.url())?.[1] ?? "";
  const v1 = (await api.readHead(projectId)) ?? "";
  const v1Files = await api.readFiles(v1);
  expect(v1Files.length).toBeGreaterThanOrEqual(14);
  await shoot(page, "run-created");

  await page.goto(`/p/${projectId}/g/${v1}`);
  await iterate({ page, text: "Add a priority field to tasks" });
  await expect(page.getByText(/v2 is stored/)).toBeVisible({ timeout: 30_000 });
  const v2 = (await api.readHead(projectId)) ?? "";
  await page.goto(`/p/${projectId}/g/${v2}`);
  await expect(page.getByText(/\d+ files: \d+ kept, .*added/).first()).toBeVisible();
  await shoot(page, "generation");

  // Paths without a ledger row are the parent's, byte for byte.
  const { ledger } = await api.query<{ ledger: { path: string; disposition: string }[] }>("generation.get", {
    generationId: v2,
  });
  const before = new Map(v1Files.map(({ path, contentHash }) => [path, contentHash]));
  const after = new Map((await api.readFiles(v2)).map(({ path, contentHash }) => [path, contentHash]));
  const kept = ledger.filter(({ disposition }) => disposition === "kept");
  expect(kept.length).toBeGreaterThan(20);
  for (const { path } of kept) expect(after.get(path), path).toBe(before.get(path));

  await page.getByRole("link", { name: "Review changes" }).click();
  await page.waitForURL(/\/review/);
  await expect(page.getByRole("heading", { name: "app/models/task.py" })).toBeVisible();
  await expect(page.getByText("priority: Mapped").first()).toBeVisible();
  await shoot(page, "review");
  await page.getByRole("button", { name: "View", exact: true }).click();
  await page.getByRole("menuitemcheckbox", { name: /Show kept files/ }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { name: "README.md" })).toBeVisible();
  await page.getByRole("button", { name: "Split" }).click();
  await expect(page.getByRole("button", { name: "Unified" })).toBeVisible();

  await page.goto(`/p/${projectId}/g/${v2}`);
  await iterate({ page, text: "Add missing schema file for comments" });
  await expect(page.getByText(/v3 is stored/)).toBeVisible({ timeout: 30_000 });
  const v3 = (await api.readHead(projectId)) ?? "";

  // A branch from v1 contains nothing of v2 and v3, and the head stays.
  await page.goto(`/p/${projectId}/g/${v1}`);
  await expect(page.getByText(/v1, not/).first()).toBeVisible();
  await iterate({ page, text: "Add a notes field to projects" });
  await expect(page.getByText(/v4 is stored as a branch/)).toBeVisible({ timeout: 30_000 });
  expect(await api.readHead(projectId)).toBe(v3);

  await page.goto(`/p/${projectId}/history`);
  const rows = page.getByRole("list", { name: "Versions" }).getByRole("listitem");
  await expect(rows).toHaveCount(4);
  await expect(rows.first()).toContainText("child of v1, branch 2 of 2");
  await page.getByRole("checkbox", { name: "Compare v4" }).click();
  await page.getByRole("checkbox", { name: "Compare v3" }).click();
  await shoot(page, "history");
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await page.waitForURL(/\/compare\//);
  await expect(page.getByText(/files differ/)).toBeVisible();

  await page.goto(`/p/${projectId}/history`);
  await page.getByRole("button", { name: "Actions for v1" }).click();
  await page.getByRole("menuitem", { name: "Roll back to this" }).click();
  await expect(page.getByRole("dialog")).toContainText("Make v1 active?");
  await shoot(page, "roll-back");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /Roll back/ })
    .click();
  await expect(page.getByText(/Rolled back to v1 as v5/)).toBeVisible();
  const v5 = (await api.readHead(projectId)) ?? "";
  expect(await api.readFiles(v5)).toEqual(v1Files);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText(/Undone. v6 has the files of v3/)).toBeVisible();
  expect(await api.readFiles((await api.readHead(projectId)) ?? "")).toEqual(await api.readFiles(v3));
});

test("the built-in generator says what it does not understand, and nothing is changed", async ({ page, api }) => {
  const { projectId, generationId } = await api.importProject({
    name: "Not understood",
    files: { "notes.txt": "Just notes.\n" },
  });
  await page.goto(`/p/${projectId}/g/${generationId}`);
  // In an imported project it is not the default.
  await choose({ page, label: "Model", option: /Scaffold/ });
  await iterate({ page, text: "Make the sky blue" });
  await expect(page.getByText(/v1 is unchanged/).first()).toBeVisible({ timeout: 30_000 });
  await shoot(page, "run-not-understood");
  expect(await api.readHead(projectId)).toBe(generationId);
});
