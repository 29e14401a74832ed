import type { Locator, Page } from "@playwright/test";
import {
  createGate,
  expect,
  finish,
  scriptedModel,
  test,
  type ModelScript,
  type ProjectApi,
} from "../support/fixtures.ts";
import { workOf } from "../support/work-of.ts";

const fileCount = 244;
const changedCount = 34;
const mostActs = 25;

const pathOf = (index: number) => `src/part-${String(index).padStart(3, "0")}.ts`;
const lineOf = (line: number, value: number) => `export const setting${line} = ${value};`;
/** The value that a run gives setting 10 of a part. */
const valueOf = (index: number) => 100 + index;
const contentOf = (...changed: [line: number, value: number][]) =>
  `${Array.from({ length: 40 }, (_, index) => lineOf(index + 1, new Map(changed).get(index + 1) ?? index + 1)).join("\n")}\n`;
const editOf = ({ path, lines }: { path: string; lines: [line: number, from: number, to: number][] }) => ({
  name: "edit_file",
  arguments: {
    path,
    edits: lines.map(([line, from, to]) => ({ oldText: lineOf(line, from), newText: lineOf(line, to) })),
  },
});

const summary = "Setting 10 is 100 or more in 34 parts.";
const badPath = pathOf(7);

const plan = "Set setting 10 of each of the parts to 100 and its number, and leave the other settings as they are.";

/** A plan and a run over 34 files with one unrequested change, then a plan and a run that answer the comment. */
const listReplies = ({ planSeen, workSeen }: { planSeen: Promise<void>; workSeen: Promise<void> }) => [
  { text: plan, chunkSize: 8, secondHalf: planSeen },
  {
    text: "I set setting 10 in each of the parts. ",
    toolCalls: [
      ...Array.from({ length: changedCount }, (_, index) =>
        editOf({
          path: pathOf(index),
          lines: [
            [10, 10, valueOf(index)],
            ...(pathOf(index) === badPath ? [[30, 30, 0] as [number, number, number]] : []),
          ],
        }),
      ),
      finish(summary),
    ],
    chunkSize: 80,
    secondHalf: workSeen,
  },
  { text: "Set setting 10 of part 8 to 99." },
  {
    toolCalls: [editOf({ path: pathOf(8), lines: [[10, valueOf(8), 99]] }), finish("Setting 10 of part 8 is 99.")],
  },
];

/** Counts key presses and clicks. A typed text is one act; steps of reading are counted apart. */
class Acts {
  readonly #page: Page;
  count = 0;
  readingCount = 0;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      this.count += 1;
      await this.#page.keyboard.press(key);
    }
  }

  async type(text: string): Promise<void> {
    this.count += 1;
    await this.#page.keyboard.type(text);
  }

  async click(target: Locator): Promise<void> {
    this.count += 1;
    await target.click();
  }

  /** Steps from change to change until `place` is reached. */
  async readTo(place: RegExp): Promise<void> {
    const said = this.#page.getByRole("status", { name: "Where you are" });
    for (let step = 0; step < fileCount; step += 1) {
      const before = (await said.textContent()) ?? "";
      this.readingCount += 1;
      await this.#page.keyboard.press("n");
      await expect(said).not.toHaveText(before);
      if (place.test((await said.textContent()) ?? "")) return;
    }
    throw new Error(`No step of reading came to ${String(place)}.`);
  }
}

async function open({ page, api, model, name }: { page: Page; api: ProjectApi; model: ModelScript; name: string }) {
  const files = Object.fromEntries(Array.from({ length: fileCount }, (_, index) => [pathOf(index), contentOf()]));
  const imported = await api.importProject({ name, files });
  const [plan, work] = [createGate(), createGate()];
  model.play(...listReplies({ planSeen: plan.opened, workSeen: work.opened }));
  await page.addInitScript((modelId) => localStorage.setItem("graft.model", modelId), scriptedModel);
  await page.goto(`/p/${imported.projectId}/g/${imported.generationId}/files`);
  await page.evaluate(() => Object.assign(window, { isSameDocument: true }));
  return { projectId: imported.projectId, letPlanEnd: plan.open, letWorkEnd: work.open };
}

/** Fails if work was lost, a document was loaded, or the journey took more acts than allowed. Prints the count. */
async function expectDone({
  page,
  api,
  projectId,
  acts,
  by,
}: {
  page: Page;
  api: ProjectApi;
  projectId: string;
  acts: Acts;
  by: string;
}): Promise<void> {
  const head = (await api.readHead(projectId)) ?? "";
  const read = async (path: string) =>
    (await api.query<{ content: string }>("generation.file", { generationId: head, path })).content;
  expect(await read(badPath)).toBe(contentOf([10, valueOf(7)]));
  expect(await read(pathOf(8))).toBe(contentOf([10, 99]));
  expect(await read(pathOf(40))).toBe(contentOf());
  expect(await api.readFiles(head)).toHaveLength(fileCount);
  expect(await page.evaluate(() => "isSameDocument" in window)).toBe(true);
  console.log(
    `The judge's journey by ${by}: ${acts.count} key presses and clicks, ${acts.readingCount} steps of reading.`,
  );
  expect(acts.count).toBeLessThanOrEqual(mostActs);
}

const resultOf = (page: Page, version: number) =>
  page.getByRole("region", { name: new RegExp(`v${version} is stored`) });
const review = (page: Page, title: string) => page.getByRole("heading", { level: 1, name: `Review of ${title}` });

test("from a prompt to an undone roll back on one page, by keyboard alone", async ({ page, api, model }) => {
  test.setTimeout(120_000);
  const { projectId, letPlanEnd, letWorkEnd } = await open({ page, api, model, name: "Judged by keyboard" });
  const acts = new Acts(page);
  await acts.press("i");
  await expect(page.getByRole("textbox", { name: "What should change" })).toBeFocused();
  await acts.type("Set setting 10 to 100 in the first 34 parts");
  await acts.press("ControlOrMeta+Enter");
  // The plan is visible while it streams.
  await expect(workOf(page).getByRole("region", { name: "The plan, as it comes" })).toContainText(
    "Set setting 10 of each",
  );
  letPlanEnd();
  // Each finished file shows its difference while others are written.
  const files = workOf(page).getByRole("region", { name: /^\d+ files?$/ });
  await expect(files.getByRole("button", { pressed: true })).toContainText(/part-0(1|2)\d/);
  await page.screenshot({ path: "e2e/screenshots/judge-run.png" });
  letWorkEnd();
  await expect(resultOf(page, 2)).toBeVisible({ timeout: 60_000 });
  await acts.press("g", "r");
  await expect(review(page, "v2 against v1")).toBeAttached();
  const surface = page.getByRole("region", { name: "Differences of v2 against v1" });
  await expect(surface).toContainText("setting10 = 100");
  await expect(page.getByRole("region", { name: "In brief" })).toContainText(summary);
  await acts.readTo(/Change 9 of 35, line 30/);
  await acts.press("r");
  await expect(page.getByRole("region", { name: "Kept old" })).toContainText("1 change kept old");
  await acts.readTo(/line 10, src\/part-008\.ts/);
  await acts.press("c");
  await expect(surface.getByRole("textbox")).toBeFocused();
  await acts.type("Make this one 99.");
  await acts.press("ControlOrMeta+Enter");
  // While the comment is saved, its form stays and has the keys.
  await expect(surface.getByRole("textbox")).toHaveCount(0);
  await expect(surface.getByText("Make this one 99.")).toBeVisible();
  await expect(surface).toBeFocused();
  await page.screenshot({ path: "e2e/screenshots/judge-review.png" });
  await acts.press("ControlOrMeta+Enter");
  await expect(review(page, "v3 against v2")).toBeAttached();
  await expect(page.getByRole("list", { name: "Review comments" })).toContainText("Make this one 99.");
  await acts.press("i");
  await expect(page.getByRole("textbox", { name: "What should change" })).toBeFocused();
  await acts.press("ControlOrMeta+Enter");
  await expect(resultOf(page, 4)).toBeVisible({ timeout: 60_000 });
  await acts.press("g", "r");
  await expect(review(page, "v4 against v3")).toBeAttached();
  await acts.press("ControlOrMeta+k");
  await acts.type("compare v2");
  await expect(page.getByRole("dialog").getByRole("option", { selected: true })).toContainText("Compare v2 with v4");
  await acts.press("Enter");
  await expect(review(page, "v4 against v2")).toBeAttached();
  await page.screenshot({ path: "e2e/screenshots/judge-compare.png" });
  await acts.press("ControlOrMeta+k");
  await acts.type("roll back to v2");
  await expect(page.getByRole("dialog").getByRole("option", { selected: true })).toContainText("Roll back to v2");
  await acts.press("Enter");
  await expect(page.getByRole("dialog").getByRole("button", { name: "Roll back to v2" })).toBeFocused();
  await acts.press("Enter");
  // The thread says it before the undo is offered, which is when the toast appears.
  await expect(page.locator("[data-sonner-toast]", { hasText: "Rolled back to v2 as v5" })).toBeVisible();
  await acts.press("ControlOrMeta+k");
  await acts.type("undo");
  await expect(page.getByRole("dialog").getByRole("option", { selected: true })).toContainText(
    "Undo: make v4 active again",
  );
  await acts.press("Enter");
  await expect(page.getByText(/Undone. v6 has the files of v4/)).toBeVisible();
  await expectDone({ page, api, projectId, acts, by: "keyboard" });
});

test("from a prompt to an undone roll back on one page, by mouse", async ({ page, api, model }) => {
  test.setTimeout(120_000);
  const { projectId, letPlanEnd, letWorkEnd } = await open({ page, api, model, name: "Judged by mouse" });
  letPlanEnd();
  letWorkEnd();
  const acts = new Acts(page);
  const thread = page.getByRole("region", { name: "Thread" });
  await acts.click(thread.getByRole("textbox", { name: "What should change" }));
  await acts.type("Set setting 10 to 100 in the first 34 parts");
  await acts.click(thread.getByRole("button", { name: "Iterate", exact: true }));
  await expect(resultOf(page, 2)).toBeVisible({ timeout: 60_000 });
  await acts.click(workOf(page).getByRole("link", { name: "Review changes" }));
  const surface = page.getByRole("region", { name: "Differences of v2 against v1" });
  await expect(surface).toContainText("setting10 = 100");
  const offer = page.getByRole("group", { name: "The change under the pointer" });
  /** Scrolls until the line is visible, and moves the pointer to it. */
  const pointAt = (line: Locator) =>
    expect(async () => {
      const isInSight =
        (await line.count()) > 0 &&
        (await line.first().evaluate((element) => {
          const { top, bottom } = element.getBoundingClientRect();
          return top > window.innerHeight / 4 && bottom < (window.innerHeight * 3) / 4;
        }));
      if (!isInSight) {
        await surface.hover();
        await page.mouse.wheel(0, 150);
      }
      expect(isInSight).toBe(true);
      await page.mouse.move(2, 2);
      await line.first().hover();
      await expect(offer).toBeVisible({ timeout: 300 });
    }).toPass({ timeout: 30_000 });
  await pointAt(surface.getByText("setting30 = 0;"));
  await acts.click(offer.getByRole("button", { name: "Keep old: these lines" }));
  await expect(page.getByRole("region", { name: "Kept old" })).toContainText("1 change kept old");
  const nextFile = page
    .getByRole("navigation", { name: "Files of this comparison" })
    .getByRole("button", { name: /part-008/ });
  await acts.click(nextFile);
  await expect(page).toHaveURL(/part-008/);
  await pointAt(surface.getByText(`setting10 = ${valueOf(8)};`));
  await acts.click(offer.getByRole("button", { name: "Comment on this change" }));
  const field = surface.getByRole("textbox");
  await expect(field).toBeFocused();
  // Moving the pointer away leaves the form open.
  await page.mouse.move(2, 2);
  await page.mouse.move(700, 500);
  await acts.type("Make this one 99.");
  await expect(field).toHaveValue("Make this one 99.");
  await acts.click(surface.getByRole("button", { name: "Comment", exact: true }));
  await expect(surface.getByText("Make this one 99.")).toBeVisible();
  await expect(field).toHaveCount(0);
  await acts.click(page.getByRole("button", { name: "Save as v3" }));
  await expect(review(page, "v3 against v2")).toBeAttached();
  await expect(thread.getByRole("list", { name: "Review comments" })).toContainText("Make this one 99.");
  await acts.click(thread.getByRole("button", { name: "Iterate", exact: true }));
  await expect(resultOf(page, 4)).toBeVisible({ timeout: 60_000 });
  await acts.click(workOf(page).getByRole("link", { name: "Review changes" }));
  await expect(review(page, "v4 against v3")).toBeAttached();
  await expect(page.getByRole("link", { name: "active: v4" })).toBeVisible();
  await acts.click(thread.getByRole("link", { name: /^v2:/ }));
  await expect(review(page, "v2 against v1")).toBeAttached();
  await acts.click(workOf(page).getByRole("link", { name: "Compare", exact: true }));
  await expect(review(page, "v4 against v2")).toBeAttached();
  await acts.click(thread.getByRole("link", { name: /^v2:/ }));
  await acts.click(workOf(page).getByRole("button", { name: "Roll back to this" }));
  await acts.click(page.getByRole("dialog").getByRole("button", { name: "Roll back to v2" }));
  await expect(page.getByText(/Rolled back to v2 as v5/)).toBeVisible();
  const told = page.locator("[data-sonner-toast]", { hasText: "Rolled back to v2 as v5" });
  await acts.click(told.getByRole("button", { name: "Undo" }));
  await expect(page.getByText(/Undone. v6 has the files of v4/)).toBeVisible();
  await expectDone({ page, api, projectId, acts, by: "mouse" });
});
