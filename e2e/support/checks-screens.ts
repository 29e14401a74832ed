import { expect, finish, scriptedModel, test, writeFile, type ProjectApi } from "./fixtures.ts";
import { openLoaded, type ScreenState } from "./screens.ts";

/** A project whose next version waits for a check, which does what the version's file says. */
async function importChecked({ api, name }: { api: ProjectApi; name: string }) {
  // There is one slot for checks.
  await api.cancelRuns();
  const imported = await api.importProject({ name, files: { "check.sh": "true\n" } });
  const { sandbox } = await api.query<{ sandbox: { isAvailable: boolean } }>("check.list", imported);
  test.skip(!sandbox.isAvailable, "There is no sandbox on this machine.");
  const checks = [{ name: "tests", command: "sh check.sh", isEnabled: true }];
  await api.mutate("check.configure", { projectId: imported.projectId, checks, onNewFailure: "hold" });
  return imported;
}

async function iterate({ api, parentGenerationId }: { api: ProjectApi; parentGenerationId: string }): Promise<string> {
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId,
    prompt: "Change what is checked",
    model: scriptedModel,
    mode: "classic",
  });
  return runId;
}

/** Checks of a project: what a new failure does, and a run that waits for them or is held by them. */
export const checksStates: ScreenState[] = [
  {
    name: "checks-edit",
    open: async ({ page, api }) => {
      const { projectId, generationId } = await api.importProject({
        name: "Checks to edit",
        files: { "package.json": JSON.stringify({ scripts: { test: "node --test", lint: "oxlint" } }) },
      });
      await openLoaded(page, `/p/${projectId}/g/${generationId}/checks`);
      await page.getByRole("button", { name: "Edit first" }).click();
      await expect(page.getByRole("radio", { name: /^Hold it for my decision/ })).toBeVisible();
      await expect(page.getByRole("textbox", { name: "Name of check 1" })).toBeFocused();
    },
  },
  {
    name: "run-waits-for-checks",
    open: async ({ page, api, model }) => {
      const { projectId, generationId } = await importChecked({ api, name: "Waits for its checks" });
      model.play({ toolCalls: [writeFile("check.sh", "true\nsleep 60\n"), finish()] });
      const runId = await iterate({ api, parentGenerationId: generationId });
      await page.goto(`/p/${projectId}/runs/${runId}`);
      await expect(page.getByText("Checks: tests").first()).toBeVisible({ timeout: 50_000 });
      // Beside the thread, each stage's label is complete.
      const labels = page.getByRole("list", { name: "Stages" }).getByText(/^[A-Z]/);
      expect(await labels.evaluateAll((each) => each.filter((label) => label.scrollWidth > label.clientWidth))).toEqual(
        [],
      );
    },
  },
  {
    name: "run-held-by-checks",
    isWide: true,
    open: async ({ page, api, model }) => {
      const { projectId, generationId } = await importChecked({ api, name: "Held by its checks" });
      model.play({
        toolCalls: [
          writeFile("check.sh", "true\necho \"check.sh(2,1): error TS2322: Type 'string' is not a number.\"; exit 1\n"),
          finish(),
        ],
      });
      const runId = await iterate({ api, parentGenerationId: generationId });
      await api.waitForRun(runId);
      await openLoaded(page, `/p/${projectId}/runs/${runId}`);
      await page.getByRole("button", { name: "Log of tests" }).click();
      await expect(page.getByRole("region", { name: "What tests printed" })).toContainText("TS2322");
    },
  },
];
