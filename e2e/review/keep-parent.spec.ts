import { expect, test, type ProjectApi } from "../support/fixtures.ts";

// The diff at the width for pure reading.
test.use({ isThreadFolded: true });

const lines = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`);
const text = (...changed: [number, string][]) =>
  `${lines.map((line, index) => changed.find(([number]) => number === index + 1)?.[1] ?? line).join("\n")}\n`;

async function prepare(api: ProjectApi) {
  const { projectId, generationId } = await api.importProject({
    name: "Keep",
    files: { "a.txt": text(), "b.txt": "b\n", "gone.txt": "gone\n" },
  });
  const { generationId: child } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: generationId,
    changeSet: {
      operations: [
        { type: "write", path: "a.txt", content: text([3, "three"], [30, "thirty"]) },
        { type: "write", path: "b.txt", content: "B\n" },
        { type: "write", path: "new.txt", content: "new\n" },
        { type: "delete", path: "gone.txt" },
      ],
    },
  });
  return { projectId, child };
}

const readHead = async ({ api, projectId }: { api: ProjectApi; projectId: string }) => {
  const generationId = (await api.readHead(projectId)) ?? "";
  const files = await api.readFiles(generationId);
  const contents = await Promise.all(
    files.map(
      async ({ path }) =>
        [path, (await api.query<{ content: string }>("generation.file", { generationId, path })).content] as const,
    ),
  );
  return Object.fromEntries(contents);
};

test("keep the parent's lines of one change and the parent's text of two files, by mouse", async ({ page, api }) => {
  const { projectId, child } = await prepare(api);
  await page.goto(`/p/${projectId}/g/${child}/review`);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await surface.getByText("thirty").click();
  await page.getByRole("button", { name: "Keep old: these lines" }).click();
  const tray = page.getByRole("region", { name: "Kept old" });
  await expect(tray).toContainText("1 change kept old");
  await expect(surface.getByText("Old lines kept.")).toBeVisible();
  await surface.getByRole("button", { name: "Keep old", exact: true }).nth(2).click();
  await expect(tray).toContainText("1 change, 1 file");
  await tray.getByRole("button", { name: "Undo" }).click();
  await expect(tray).toContainText("1 change kept old");
  await page.screenshot({ path: "e2e/screenshots/review-kept.png" });
  await surface.getByRole("button", { name: "Keep old", exact: true }).nth(2).click();
  await tray.getByRole("button", { name: "Save as v3" }).click();
  await page.waitForURL((url) => !url.pathname.includes(child));
  expect(await readHead({ api, projectId })).toEqual({
    "a.txt": text([3, "three"]),
    "b.txt": "B\n",
    "gone.txt": "gone\n",
    "new.txt": "new\n",
  });
});

test("keep the parent's lines and files, by keyboard alone", async ({ page, api }) => {
  const { projectId, child } = await prepare(api);
  await page.goto(`/p/${projectId}/g/${child}/review`);
  await expect(page.getByRole("region", { name: /Differences of v2/ })).toContainText("three");
  await page.keyboard.press("n");
  await expect(page.getByRole("button", { name: "Keep old: these lines" })).toBeVisible();
  await page.keyboard.press("r");
  const tray = page.getByRole("region", { name: "Kept old" });
  await expect(tray).toContainText("1 change kept old");
  for (let count = 0; count < 4; count += 1) await page.keyboard.press("j");
  await page.keyboard.press("r");
  await expect(tray).toContainText("1 change, 1 file");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(tray).toContainText("1 change kept old");
  await page.keyboard.press("r");
  await expect(tray).toContainText("1 change, 1 file");
  // The decisions survive a reload.
  await page.reload();
  await expect(tray).toContainText("1 change, 1 file");
  await page.keyboard.press("ControlOrMeta+Enter");
  await page.waitForURL((url) => !url.pathname.includes(child));
  expect(await readHead({ api, projectId })).toEqual({ "a.txt": text([30, "thirty"]), "b.txt": "B\n" });

  // The new version can be undone.
  await expect(page.getByText("v3 has 1 change, 1 file kept old.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone. v4 has the files of v2.")).toBeVisible();
  expect(await readHead({ api, projectId })).toEqual({
    "a.txt": text([3, "three"], [30, "thirty"]),
    "b.txt": "B\n",
    "new.txt": "new\n",
  });
});

test("the tray is one Tab before the surface", async ({ page, api }) => {
  const { projectId, child } = await prepare(api);
  await page.goto(`/p/${projectId}/g/${child}/review`);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await surface.getByText("thirty").click();
  await expect(page.getByRole("button", { name: "Keep old: these lines" })).toBeVisible();
  await page.keyboard.press("r");
  await surface.evaluate((element) => element.focus());
  await page.keyboard.press("Shift+Tab");
  const tray = page.getByRole("region", { name: "Kept old" });
  const make = tray.getByRole("button", { name: "Save as v3" });
  await expect(make).toBeFocused();

  // When it is empty, the focus returns.
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(tray).toHaveCount(0);
  await expect(surface).toBeFocused();
  await page.keyboard.press("r");
  await page.keyboard.press("Shift+Tab");
  await expect(make).toBeFocused();
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.includes(child));
  expect((await readHead({ api, projectId }))["a.txt"]).toBe(text([3, "three"]));
});
