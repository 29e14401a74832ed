import {
  expect,
  finish,
  pricedModel,
  scriptedModel,
  writeFile,
  type ModelScript,
  type ProjectApi,
} from "./fixtures.ts";
import { openLoaded, openReview, type ScreenState } from "./screens.ts";

/** Two candidates for one request: one line of a file each. */
async function askTwo({ api, model, name }: { api: ProjectApi; model: ModelScript; name: string }) {
  const { projectId, generationId } = await api.importProject({ name, files: { "a.txt": "1\n2\n3\n" } });
  model.answer((request) => ({
    toolCalls: [
      writeFile("a.txt", request.model.includes("sol") ? "1\ntwo\n3\n" : "1\nzwei\n3\n"),
      finish("Changed it."),
    ],
  }));
  const { runId, runIds } = await api.mutate<{ runId: string; runIds: string[] }>("generation.iterate", {
    parentGenerationId: generationId,
    prompt: "Write out the second number",
    candidates: [{ model: scriptedModel }, { model: pricedModel }],
  });
  for (const each of runIds) await api.waitForRun(each);
  const { items } = await api.query<{ items: { generationId: string }[] }>("run.candidates", { runId });
  return { projectId, runId, generationIds: items.map((item) => item.generationId) };
}

/** The board of candidates, and one candidate's lines taken into another. */
export const candidateStates: ScreenState[] = [
  {
    name: "candidates",
    open: async ({ page, api, model }) => {
      const { projectId, runId } = await askTwo({ api, model, name: "Board of candidates" });
      await openLoaded(page, `/p/${projectId}/candidates/${runId}`);
      await expect(page.getByRole("columnheader", { name: "Checks" })).toBeVisible();
    },
  },
  {
    name: "candidates-take",
    open: async ({ page, api, model }) => {
      const { projectId, generationIds } = await askTwo({ api, model, name: "Lines of a candidate" });
      await openReview(page, `/p/${projectId}/compare/${generationIds.join("...")}`);
      await expect(page.getByRole("button", { name: /^Take v\d$/ })).toBeVisible();
      await page.keyboard.press("n");
      await page.keyboard.press("r");
      await expect(page.getByRole("region", { name: /^Taken from v\d$/ })).toBeVisible();
    },
  },
];
