import type { Locator, Page } from "@playwright/test";
import { expect, never, test } from "../support/fixtures.ts";
import { tabTo } from "../support/tab-to.ts";

/** Moves to an element with Tab and presses Enter on it. */
async function press({
  page,
  target,
  key = "Enter",
}: {
  page: Page;
  target: Locator;
  key?: "Enter" | "Space";
}): Promise<void> {
  await tabTo({ page, target });
  await page.keyboard.press(key);
}

test("from nothing to a reviewed and rolled-back iteration with the keyboard alone", async ({ page, api }) => {
  test.setTimeout(120_000);
  await page.goto("/new");
  await press({ page, target: page.getByRole("region", { name: "Examples" }).getByRole("button").first() });
  await tabTo({ page, target: page.getByRole("textbox", { name: "Prompt" }) });
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByText(/v1 is stored/)).toBeVisible({ timeout: 30_000 });

  await page.keyboard.press("i");
  const prompt = page.getByLabel("What should change");
  await expect(prompt).toBeFocused();
  await page.keyboard.type("Add a priority field to tasks");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByText(/v2 is stored/)).toBeVisible({ timeout: 30_000 });

  await press({ page, target: page.getByRole("link", { name: "Review changes" }) });
  await page.waitForURL(/\/review/);
  const surface = page.getByRole("region", { name: /^Differences of v2/ });
  await expect(surface.locator("[data-line]").first()).toBeVisible();
  await page.keyboard.press("n");
  await page.keyboard.press("c");
  await expect(page.getByRole("textbox", { name: /^Comment on/ })).toBeFocused();
  await page.keyboard.type("Call it urgency.");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByRole("textbox", { name: /^Comment on/ })).toHaveCount(0);
  await expect(surface).toBeFocused();
  await expect(surface.getByText("Call it urgency.")).toBeVisible();
  await page.keyboard.press("v");
  await expect(page.getByText(/^1\/\d+ viewed$/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Iterate with 1 comment" })).toBeVisible();
  await page.keyboard.press("i");
  await expect(page.getByRole("list", { name: "Review comments" })).toContainText("Call it urgency.");
  await expect(prompt).toBeFocused();

  const projectId = /\/p\/([^/]+)/.exec(page.url())?.[1] ?? "";
  const v1Files = await api.readFiles(
    (await api.query<{ items: { generationId: string }[] }>("generation.list", { projectId })).items[1]?.generationId ??
      "",
  );
  await page.keyboard.press("Escape");
  await page
    .getByRole("heading", { level: 1 })
    .evaluate((element) => (element.ownerDocument.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await expect(page.getByRole("list", { name: "Versions" })).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+R");
  const dialog = page.getByRole("dialog", { name: "Make v1 active?" });
  await press({ page, target: dialog.getByRole("button", { name: /^Roll back/ }) });
  await expect(page.getByText(/Rolled back to v1 as v3/)).toBeVisible();
  expect(await api.readFiles((await api.readHead(projectId)) ?? "")).toEqual(v1Files);
});

test("rename, archive and restore a project with the keyboard alone", async ({ page, api }) => {
  await api.importProject({ name: "Named by keys", files: { "a.txt": "a\n" } });
  await page.goto("/");
  await page.keyboard.press("/");
  await page.keyboard.type("Named by keys");
  await press({ page, target: page.getByRole("button", { name: "Actions for Named by keys" }) });
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.type("Ren");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByLabel("Name")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Named by keys, again");
  await page.keyboard.press("Enter");
  const actions = page.getByRole("button", { name: "Actions for Named by keys, again" });
  await expect(actions).toBeVisible();
  await press({ page, target: actions });
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.type("Arc");
  await page.keyboard.press("Enter");
  await press({ page, target: page.getByRole("dialog").getByRole("button", { name: "Archive" }) });
  await expect(actions).toHaveCount(0);
  await press({ page, target: page.getByRole("button", { name: "Show archived" }) });
  await press({ page, target: page.getByRole("button", { name: "Bring back Named by keys, again" }) });
  await expect(actions).toBeVisible();
});

test("a run is cancelled and restarted, and the settings are changed, with the keyboard alone", async ({
  page,
  api,
  model,
}) => {
  const { projectId, generationId } = await api.importProject({ name: "Stopped by keys", files: { "a.txt": "a\n" } });
  const write = { name: "write_file", arguments: { path: "b.txt", content: "b\n".repeat(400) } };
  model.play({ secondHalf: never, toolCalls: [write] });
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId: generationId,
    prompt: "Add b",
    model: "compatible:scripted",
    mode: "classic",
  });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await expect(page.getByText("b.txt").first()).toBeVisible();
  await press({ page, target: page.getByRole("button", { name: "Cancel run" }) });
  await expect(page.getByText("You cancelled this run.")).toBeVisible();
  model.play({
    toolCalls: [
      { ...write, arguments: { path: "b.txt", content: "b\n" } },
      { name: "finish", arguments: { summary: "Added b." } },
    ],
  });
  await press({ page, target: page.getByRole("button", { name: "Retry" }) });
  await expect(page.getByText(/v2 is stored/)).toBeVisible();

  await page.goto("/settings");
  await tabTo({ page, target: page.getByRole("combobox", { name: "View" }) });
  await page.keyboard.type("Uni");
  await expect(page.getByRole("combobox", { name: "View" })).toHaveValue(/unified/i);
});
