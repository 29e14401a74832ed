import type { Page } from "@playwright/test";
import { expect, test, type ProjectApi } from "../support/fixtures.ts";

const lines = Array.from({ length: 60 }, (_, index) => `line ${index + 1}`);
const text = (changed: Record<number, string> = {}) =>
  `${lines.map((line, index) => changed[index + 1] ?? line).join("\n")}\n`;

async function prepare({ api, name }: { api: ProjectApi; name: string }) {
  const { projectId, generationId: v1 } = await api.importProject({ name, files: { "a.ts": text(), "b.ts": text() } });
  const { generationId: v2 } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: v1,
    changeSet: {
      operations: [
        { type: "write", path: "a.ts", content: text({ 3: "three", 40: "forty" }) },
        { type: "write", path: "b.ts", content: text({ 20: "twenty" }) },
      ],
    },
  });
  const { generationId: v3 } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: v2,
    changeSet: { operations: [{ type: "write", path: "b.ts", content: text({ 20: "twenties" }) }] },
  });
  return { projectId, v1, v2, v3 };
}

const differences = (page: Page) => page.getByRole("region", { name: /^Differences of/ });

async function openReview({
  page,
  projectId,
  generationId,
  query = "",
}: {
  page: Page;
  projectId: string;
  generationId: string;
  query?: string;
}): Promise<void> {
  await page.goto(`/p/${projectId}/g/${generationId}/review${query}`);
  await expect(differences(page).locator("[data-line]").first()).toBeVisible();
}

test("in a review, the second key of g r and g p has no effect of its own", async ({ page, api }) => {
  const { projectId, v2 } = await prepare({ api, name: "Sequences" });
  await openReview({ page, projectId, generationId: v2 });
  const tray = page.getByRole("region", { name: "Kept old" });
  await page.keyboard.press("n");
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/file=a\.ts&L=R40/);
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  await expect(page).toHaveURL(/\/review$/);
  // Reopened, the review begins at its first change. If r had decided on one, that would still be visible.
  await page.reload();
  await expect(differences(page).locator("[data-line]").first()).toBeVisible();
  await expect(tray).toHaveCount(0);
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/file=a\.ts&L=R3$/);
  await page.keyboard.press("r");
  await expect(tray).toContainText("1 change kept old");

  await page.keyboard.press("n");
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/file=b\.ts&L=R20/);
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await expect(page.getByRole("heading", { level: 1, name: "Projects" })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/file=b\.ts&L=R20/);
});

test("i starts the next prompt from the version in view: of a file, a review, a comparison and the history", async ({
  page,
  api,
}) => {
  const { projectId, v1, v2, v3 } = await prepare({ api, name: "Next prompt" });
  const expectPromptFrom = async (line: string) => {
    await expect(page.getByLabel("What should change")).toBeFocused();
    await expect(page.getByText(line)).toBeVisible();
  };
  /** The page stays mounted. */
  const expectPromptHere = async (line: string) => {
    const url = page.url();
    await page.keyboard.press("i");
    await expectPromptFrom(line);
    expect(page.url()).toBe(url);
  };
  await page.goto(`/p/${projectId}/g/${v2}/files/a.ts`);
  await expectPromptHere("From v2, not the active v3.");
  await openReview({ page, projectId, generationId: v2 });
  await expectPromptHere("From v2, not the active v3.");
  await page.goto(`/p/${projectId}/compare/${v3}...${v1}`);
  await expect(differences(page).locator("[data-line]").first()).toBeVisible();
  await expectPromptHere("From v1, not the active v3.");
  await page.goto(`/p/${projectId}/history`);
  await expect(page.getByRole("list", { name: "Versions" }).getByRole("listitem")).toHaveCount(3);
  await page.keyboard.press("j");
  await page.keyboard.press("i");
  await page.waitForURL(`**/g/${v2}?iterate=1`);
  await expectPromptFrom("From v2, not the active v3.");
  await page.goto(`/p/${projectId}/g/${v3}`);
  await expectPromptHere("From v3, the active version.");
});

test("the palette offers a review's commands, with its keys", async ({ page, api }) => {
  const { projectId, v2 } = await prepare({ api, name: "Palette" });
  await openReview({ page, projectId, generationId: v2 });
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog");
  await expect(palette).toBeVisible();
  await page.keyboard.type("Ignore white");
  await expect(palette.getByRole("option", { name: "Ignore white space" })).toContainText("w");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/w=true/);
  await expect(palette).toHaveCount(0);

  // The best match is first, whichever group it is in: "Show or hide the list of files" matches too.
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("hist");
  await expect(palette.getByRole("option", { selected: true })).toHaveText("History");
  await expect(palette.getByRole("option").first()).toHaveText("History");
});

test("typing in a field, a select or the editor triggers no shortcut", async ({ page, api }) => {
  const { projectId, v2 } = await prepare({ api, name: "Typed" });
  await openReview({ page, projectId, generationId: v2 });
  await page.keyboard.press("t");
  await page.keyboard.type("gri?v");
  await expect(page.getByRole("textbox", { name: "Filter files" })).toHaveValue("gri?v");
  await page.getByRole("textbox", { name: "Filter files" }).fill("");
  await page.getByRole("combobox", { name: "Order of files" }).focus();
  await page.keyboard.type("giv");
  await expect(page.getByText("0/2 viewed")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(page.url()).toContain(`/g/${v2}/review`);

  await page.goto(`/p/${projectId}/g/${v2}/edit/b.ts`);
  await expect(page.getByRole("textbox", { name: /^Text of/ })).toBeFocused();
  await page.keyboard.type("g r i ? t /");
  await expect(page.getByRole("textbox", { name: /^Text of/ })).toContainText("g r i ? t /");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(page.url()).toContain("/edit/b.ts");
});

test("with a dialog open, keys do nothing behind it", async ({ page, api }) => {
  const { projectId, v2 } = await prepare({ api, name: "Behind a dialog" });
  await openReview({ page, projectId, generationId: v2 });
  await page.keyboard.press("?");
  const help = page.getByRole("dialog");
  await expect(help).toContainText("Mark the file as viewed");
  await page.keyboard.press("v");
  await page.keyboard.press("n");
  await page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);
  await expect(page.getByText("0/2 viewed")).toBeVisible();
  expect(page.url()).toMatch(/\/review$/);
});

test("on a German keyboard, / and ? work at their positions", async ({ page, api }) => {
  const { projectId, v2 } = await prepare({ api, name: "German keyboard" });
  await openReview({ page, projectId, generationId: v2 });
  const devtools = await page.context().newCDPSession(page);
  const shift = 8;
  const press = async (event: { key: string; code: string }) => {
    await devtools.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...event, modifiers: shift });
    await devtools.send("Input.dispatchKeyEvent", { type: "keyUp", ...event, modifiers: shift });
  };
  // This protocol has no AltGr; unit tests cover it.
  await press({ key: "/", code: "Digit7" });
  await expect(page.getByRole("textbox", { name: "Find in all lines" })).toBeFocused();
  await page.keyboard.press("Escape");
  await press({ key: "?", code: "Minus" });
  await expect(page.getByRole("dialog")).toContainText("Mark the file as viewed");
});
