import { expect, test } from "./fixtures.ts";
import type { ProjectApi } from "./fixtures.ts";
import { expectAccessible } from "./expect-accessible.ts";

const lines = Array.from({ length: 400 }, (_, index) => `line ${index + 1}`);
const text = (...changed: [number, string][]) => `${lines.map((line, index) => changed.find(([number]) => number === index + 1)?.[1] ?? line).join("\n")}\n`;

async function prepare(api: ProjectApi) {
  const before = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`src/file-${String(index).padStart(2, "0")}.txt`, text()]));
  const { projectId, generationId } = await api.importProject({ name: "Review", files: { ...before, "old.txt": "old\n" } });
  const { generationId: child } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: generationId,
    changeSet: {
      operations: [
        ...Object.keys(before).map((path, index) => ({ type: "write", path, content: text([10, `ten of ${index}`], [200, `needle ${index} here`], [390, "the end"]) })),
        { type: "delete", path: "old.txt" },
        { type: "write", path: "new.txt", content: "fresh\n" },
      ],
    },
  });
  return { projectId, child };
}

test("find goes through all lines, drawn or not, and the browser's own find is one press away", async ({ page, api }) => {
  const { projectId, child } = await prepare(api);
  await page.goto(`/p/${projectId}/g/${child}/review`);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await expect(surface).toContainText("ten of 0");
  await page.keyboard.press("/");
  const find = page.getByRole("search", { name: "Find in the differences" });
  await find.getByLabel("Find in all lines").fill("NEEDLE");
  await expect(find.getByRole("status")).toHaveText("0 of 12");
  for (let count = 0; count < 11; count += 1) await page.keyboard.press("Enter");
  await expect(find.getByRole("status")).toHaveText("11 of 12");
  await expect(surface).toContainText("needle 10 here");
  await expect(page).toHaveURL(/file=src%2Ffile-10\.txt|file=src\/file-10\.txt/);
  await find.getByRole("button", { name: "Match case" }).click();
  await expect(find.getByRole("status")).toHaveText("No line");
  await find.getByRole("button", { name: "Match case" }).click();
  await find.getByRole("button", { name: "Regular expression" }).click();
  await find.getByLabel("Find in all lines").fill("ten of (3|4)$");
  await expect(find.getByRole("status")).toHaveText("0 of 2");
  await page.screenshot({ path: "e2e/screenshots/review-find.png" });
  await page.keyboard.press("Escape");
  await expect(find).toBeHidden();
});

test("a link leads to a line, and y copies it", async ({ page, api, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { projectId, child } = await prepare(api);
  await page.goto(`/p/${projectId}/g/${child}/review?file=src/file-07.txt&L=R200`);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await expect(surface.getByText("needle 7 here")).toBeInViewport();
  await page.keyboard.press("y");
  await expect(page.getByText("The link to this place is copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("L=R200");
});

test("F7 reads change by change, with words for what is added and deleted, and leads to the line", async ({ page, api }) => {
  const { projectId, child } = await prepare(api);
  await page.goto(`/p/${projectId}/g/${child}/review`);
  await expect(page.getByRole("region", { name: /Differences of v2/ })).toContainText("ten of 0");
  await page.keyboard.press("F7");
  const reader = page.getByRole("region", { name: "Change by change" });
  await expect(reader.getByRole("heading")).toContainText("Change 1 of 38: new.txt, line 1");
  await page.keyboard.press("F7");
  await expect(reader.getByRole("heading")).toContainText("old.txt");
  await page.keyboard.press("F7");
  await expect(reader.getByRole("heading")).toContainText("Change 3 of 38: src/file-00.txt");
  await expect(reader.getByRole("listitem").filter({ hasText: "added, line 10: ten of 0" })).toBeVisible();
  await expect(reader.getByRole("listitem").filter({ hasText: "deleted, line 10: line 10" })).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/review-reader.png" });
  await expectAccessible(page);
  await reader.getByRole("button", { name: /added, line 10/ }).press("Enter");
  await expect(page).toHaveURL(/L=R10/);
  await page.keyboard.press("Escape");
  await expect(reader).toBeHidden();
});

test("files are filtered by what happened to them, and the list is a drawer on narrow windows", async ({ page, api }) => {
  const { projectId, child } = await prepare(api);
  await page.goto(`/p/${projectId}/g/${child}/review`);
  const list = page.getByRole("navigation", { name: "Files of this comparison" });
  await expect(list.getByRole("listitem")).toHaveCount(14);
  await list.getByTitle("Only deleted files").click();
  await list.getByTitle("Only added files").click();
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await expect(page).toHaveURL(/status=deleted/);
  await page.setViewportSize({ width: 360, height: 720 });
  await expect(list).toBeHidden();
  await page.getByRole("button", { name: "Files", exact: true }).click();
  await expect(list).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/review-files-narrow.png" });
  await list.getByRole("button", { name: /new\.txt/ }).click();
  await expect(list).toBeHidden();
  await page.screenshot({ path: "e2e/screenshots/review-narrow.png" });
});

test("the lines between two changes are unfolded", async ({ page, api }) => {
  const { projectId, child } = await prepare(api);
  await page.goto(`/p/${projectId}/g/${child}/review`);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await expect(surface).toContainText("ten of 0");
  await expect(surface.getByText("line 2", { exact: true })).toHaveCount(0);
  await surface.getByRole("button", { name: /Show/ }).first().press("Enter");
  await expect(surface.getByText("line 2", { exact: true }).first()).toBeVisible();
});

test("one file at a time, by keyboard, and all of them again where one was", async ({ page, api }) => {
  const { projectId, child } = await prepare(api);
  await page.goto(`/p/${projectId}/g/${child}/review`);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  const titles = surface.getByRole("heading", { level: 2 });
  await expect(titles.nth(1)).toBeVisible();
  const [first, second] = await titles.allTextContents();
  await page.keyboard.press("s");
  await expect(titles).toHaveText([first ?? ""]);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(titles).toHaveText([second ?? ""]);
  await page.keyboard.press("p");
  await expect(titles).toHaveText([first ?? ""]);
  await expect(page).toHaveURL(/one=true/);
  await page.reload();
  await expect(titles).toHaveText([first ?? ""]);
  await page.getByRole("switch", { name: "One file" }).click();
  await expect(titles.nth(1)).toBeVisible();
});
