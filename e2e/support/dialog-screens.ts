import type { Page } from "@playwright/test";
import { expect, pricedModel, scriptedModel, writeFile } from "./fixtures.ts";
import { openFailing, openLoading, openReview, openLoaded, type ScreenState } from "./screens.ts";

async function chooseInMenu({ page, menu, item }: { page: Page; menu: string; item: string }): Promise<void> {
  await page.getByRole("button", { name: menu }).first().click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
}

/** Dialogs and popups, and the list of projects while it fails to load. */
export const dialogStates: ScreenState[] = [
  { name: "projects-loading", open: ({ page }) => openLoading(page, "/", "project.list") },
  { name: "projects-failing", open: ({ page }) => openFailing(page, "/", "project.list") },
  {
    name: "projects-filter-fits-none",
    open: async ({ page }) => {
      await openLoaded(page, "/?archived=true");
      await page.getByRole("searchbox", { name: "Filter projects" }).fill("nothing like it");
      await expect(page.getByText("No project matches.")).toBeVisible();
    },
  },
  {
    name: "projects-rename",
    open: async ({ page }) => {
      await openLoaded(page, "/");
      await chooseInMenu({ page, menu: "Actions for Task tracker", item: "Rename" });
    },
  },
  {
    name: "projects-archive",
    open: async ({ page }) => {
      await openLoaded(page, "/");
      await chooseInMenu({ page, menu: "Actions for Task tracker", item: "Archive" });
    },
  },
  {
    name: "settings-limit-wrong",
    open: async ({ page }) => {
      await openLoaded(page, "/settings");
      await page.getByRole("textbox", { name: "Limit for a run" }).fill("much");
      await expect(page.getByText(/^Type an amount above 0/)).toBeVisible();
    },
  },
  {
    name: "run-busy",
    open: async ({ page, api, model, world }) => {
      model.play({
        status: 429,
        headers: { "retry-after": "50" },
        body: { error: { message: "Too many requests", type: "rate_limit_error" } },
      });
      const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
        parentGenerationId: world.v2,
        prompt: "Add a file, when there is time",
        model: scriptedModel,
        mode: "classic",
      });
      await page.goto(`/p/${world.projectId}/runs/${runId}`);
      await expect(page.getByRole("button", { name: "Retry now" })).toBeVisible();
    },
  },
  {
    name: "run-limit-raise",
    open: async ({ page, api, model, world }) => {
      await api.mutate("model.setSpending", { runUsd: 0.1 });
      model.play({
        toolCalls: [writeFile("src/costly.ts", "export const costly = true;\n")],
        usage: { inputTokens: 100_000, outputTokens: 10_000 },
      });
      const { runId } = await api.iterate({
        parentGenerationId: world.v2,
        prompt: "Add a file, at any price",
        model: pricedModel,
      });
      await api.mutate("model.setSpending", { runUsd: null });
      await openLoaded(page, `/p/${world.projectId}/runs/${runId}`);
      await page.getByRole("button", { name: "Raise limit and continue" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "review-comment-waiting",
    open: async ({ page, world }) => {
      await openReview(page, `/p/${world.projectId}/g/${world.v3}/review`);
      await page.keyboard.press("c");
      await expect(page.getByRole("textbox", { name: /^Comment on/ })).toBeFocused();
      await page.keyboard.type("Name this.");
      await page.route("**/api/**", (route) => route.abort());
      await page.keyboard.press("ControlOrMeta+Enter");
      await expect(page.getByText("Waits for Graft")).toBeVisible();
      await expect(page.getByText(/No connection to Graft/)).toBeVisible();
    },
  },
  {
    name: "palette-missing",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/history`);
      await page.route("**/_next/static/chunks/**", (route) => route.abort());
      await page.keyboard.press("ControlOrMeta+k");
      await expect(page.getByText(/^Part of this page failed to load/)).toBeVisible();
    },
  },
  {
    name: "history-label",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/history`);
      await chooseInMenu({ page, menu: "Actions for v2", item: "Change label" });
    },
  },
  {
    name: "history-restore",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/history`);
      await chooseInMenu({ page, menu: "Actions for v1", item: "Restore files" });
      await expect(page.getByRole("dialog").getByRole("checkbox").first()).toBeVisible();
    },
  },
  {
    name: "merge",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/merge/${world.branch}`);
      const place = page.getByRole("region", { name: /^Conflict 1 of/ });
      await place.getByRole("radio").nth(2).click();
      await expect(place.getByRole("group", { name: "Lines, Result" })).toBeVisible();
    },
  },
  {
    name: "compare-choose-version",
    open: async ({ page, world }) => {
      await openReview(page, `/p/${world.projectId}/compare/${world.branch}...${world.v3}`);
      await page.getByRole("button", { name: /^Base:/ }).click();
      await expect(
        page.getByRole("dialog", { name: "Base version" }).getByRole("group", { name: "Common ancestor" }),
      ).toBeVisible();
    },
  },
  {
    name: "review-keys",
    open: async ({ page, world }) => {
      await openReview(page, `/p/${world.projectId}/g/${world.v3}/review`);
      await page.keyboard.press("Shift+?");
      await expect(page.getByRole("dialog", { name: "Keys" })).toContainText("Go to the history");
    },
  },
  // Last, because its run keeps running.
  {
    name: "history-run-blocks-roll-back",
    open: async ({ page, api, model, world }) => {
      model.answer(() => new Promise(() => undefined));
      await api.mutate("generation.iterate", {
        parentGenerationId: world.v2,
        prompt: "Take your time with this one, and then some more of it",
        model: scriptedModel,
        mode: "classic",
      });
      await openLoaded(page, `/p/${world.projectId}/history`);
      await expect(page.getByRole("list", { name: "Active runs" })).toContainText("Running");
      await page.screenshot({ path: "e2e/screenshots/screens/history-run-light.png" });
      await chooseInMenu({ page, menu: "Actions for v1", item: "Roll back to this" });
      await expect(page.getByRole("dialog").getByRole("region", { name: "Active runs" })).toBeVisible();
      await expect(page.getByRole("dialog").getByText("Compared with the active")).toBeVisible();
    },
  },
];
