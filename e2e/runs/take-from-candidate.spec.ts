import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/expect-accessible.ts";
import {
  expect,
  finish,
  pricedModel,
  scriptedModel,
  test,
  writeFile,
  type ModelScript,
  type ProjectApi,
} from "../support/fixtures.ts";
import { tabTo } from "../support/tab-to.ts";

// The diff at the width for pure reading.
test.use({ isThreadFolded: true });

const text = (...changed: [number, string][]) =>
  Array.from(
    { length: 40 },
    (_, index) => `${changed.find(([number]) => number === index + 1)?.[1] ?? `line ${index + 1}`}\n`,
  ).join("");

type Candidate = { generationId: string; version: number };

/** Two candidates for one request. Each changes one line of a shared file and adds one file. */
async function ask({ api, model, name }: { api: ProjectApi; model: ModelScript; name: string }) {
  const { projectId, generationId } = await api.importProject({ name, files: { "a.txt": text() } });
  model.answer((request) => {
    const isFirst = !request.model.includes("sol");
    return {
      toolCalls: [
        writeFile("a.txt", isFirst ? text([3, "three"]) : text([30, "thirty"])),
        writeFile(isFirst ? "first.txt" : "second.txt", isFirst ? "first\n" : "second\n"),
        finish("Changed a line and added a file."),
      ],
    };
  });
  const { runId, runIds } = await api.mutate<{ runId: string; runIds: string[] }>("generation.iterate", {
    parentGenerationId: generationId,
    prompt: "Change a line and add a file",
    candidates: [{ model: scriptedModel }, { model: pricedModel }],
  });
  for (const each of runIds) await api.waitForRun(each);
  const { items } = await api.query<{ items: Candidate[] }>("run.candidates", { runId });
  const [giver, taker] = items;
  if (giver === undefined || taker === undefined) throw new Error("Both candidates make a version.");
  return { projectId, parent: generationId, runId, giver, taker };
}

async function readTexts({ api, generationId }: { api: ProjectApi; generationId: string }) {
  const files = await api.readFiles(generationId);
  return Object.fromEntries(
    await Promise.all(
      files.map(
        async ({ path }) =>
          [path, (await api.query<{ content: string }>("generation.file", { generationId, path })).content] as const,
      ),
    ),
  );
}

/** The id of the version whose review opens after saving. */
async function readMadeId({ page, taker }: { page: Page; taker: Candidate }): Promise<string> {
  await page.waitForURL((url) => url.pathname.endsWith("/review") && !url.pathname.includes(taker.generationId));
  return new URL(page.url()).pathname.split("/").at(-2) ?? "";
}

const differences = (page: Page) => page.getByRole("region", { name: /^Differences of/ });

test("a line and a file of one candidate are taken into another, and the result is made active, by mouse", async ({
  page,
  api,
  model,
}) => {
  const { projectId, parent, runId, giver, taker } = await ask({ api, model, name: "Taken by mouse" });
  await page.goto(`/p/${projectId}/candidates/${runId}`);
  const board = page.getByRole("region", { name: "Candidates" });
  await expect(board.getByRole("columnheader", { name: "Checks" })).toHaveAttribute("aria-sort", "none");
  await board.getByRole("button", { name: "Checks" }).click();
  await expect(board.getByRole("columnheader", { name: "Checks" })).toHaveAttribute("aria-sort", "ascending");
  for (const number of [1, 2]) await board.getByRole("checkbox", { name: `Compare candidate ${number}` }).check();
  await page.getByRole("link", { name: "Compare the two" }).click();
  await page.waitForURL("**/compare/**");
  const name = `Take v${giver.version}`;
  await differences(page).getByText("three", { exact: true }).click();
  await page.getByRole("button", { name: `${name}: these lines` }).click();
  const tray = page.getByRole("region", { name: `Taken from v${giver.version}` });
  await expect(tray).toContainText(`1 change taken from v${giver.version}`);
  await expect(differences(page).getByText(`Lines of v${giver.version} taken.`)).toBeVisible();
  // Root files by name: a.txt, first.txt, second.txt.
  await differences(page).getByRole("button", { name, exact: true }).nth(1).click();
  await expect(tray).toContainText("1 change, 1 file");
  await page.getByText("were made from the same version").click();
  const scores = page.getByRole("region", { name: "Both versions side by side" });
  await expect(scores.getByRole("row", { name: /^Findings none/ })).toBeVisible();
  await expect(scores.getByRole("row", { name: /^Checks none/ })).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/candidates-take.png" });
  await tray.getByRole("button", { name: "Save as v4" }).click();
  const made = await readMadeId({ page, taker });
  await expect(page.getByText(`v4 has 1 change, 1 file taken from v${giver.version}.`)).toBeVisible();
  expect(await readTexts({ api, generationId: made })).toEqual({
    "a.txt": text([3, "three"], [30, "thirty"]),
    "first.txt": "first\n",
    "second.txt": "second\n",
  });
  expect(await readTexts({ api, generationId: taker.generationId })).toEqual({
    "a.txt": text([30, "thirty"]),
    "second.txt": "second\n",
  });
  expect(await api.readHead(projectId)).toBe(parent);

  await page.goto(`/p/${projectId}/g/${made}`);
  await page.getByRole("button", { name: "Make v4 active" }).click();
  await expect(page.getByText("v4 is active. It comes from v1, which stays in the history.")).toBeVisible();
  await expect(page.getByText("You are viewing v4.")).toHaveCount(0);
  expect(await api.readHead(projectId)).toBe(made);
});

test("the other way round, by keyboard alone", async ({ page, api, model }) => {
  const { projectId, giver, taker } = await ask({ api, model, name: "Taken by keys" });
  await page.goto(`/p/${projectId}/compare/${taker.generationId}...${giver.generationId}`);
  await tabTo({ page, target: page.getByRole("button", { name: "Swap base and head" }) });
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/compare/${giver.generationId}...${taker.generationId}*`);
  const name = `Take v${giver.version}`;
  const tray = page.getByRole("region", { name: `Taken from v${giver.version}` });
  await expect(differences(page).getByRole("button", { name, exact: true }).first()).toBeVisible();
  await page.keyboard.press("n");
  await expect(page.getByRole("button", { name: `${name}: these lines` })).toBeVisible();
  await page.keyboard.press("r");
  await expect(tray).toContainText(`1 change taken from v${giver.version}`);
  await page.keyboard.press("a");
  await expect(tray).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(tray).toContainText("1 change");
  await page.keyboard.press("j");
  await page.keyboard.press("r");
  await expect(tray).toContainText("1 change, 1 file");
  await page.keyboard.press("ControlOrMeta+Enter");
  const made = await readMadeId({ page, taker });
  expect(await readTexts({ api, generationId: made })).toEqual({
    "a.txt": text([3, "three"], [30, "thirty"]),
    "first.txt": "first\n",
    "second.txt": "second\n",
  });

  await expect(differences(page).locator("[data-line]").first()).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await page.waitForURL(`**/g/${made}`);
  await tabTo({ page, target: page.getByRole("button", { name: "Make v4 active" }) });
  await page.keyboard.press("Enter");
  await expect(page.getByText("v4 is active. It comes from v1, which stays in the history.")).toBeVisible();
  expect(await api.readHead(projectId)).toBe(made);
});
