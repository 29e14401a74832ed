import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/expect-accessible.ts";
import { expect, test } from "../support/fixtures.ts";
import { tabTo } from "../support/tab-to.ts";

const files = {
  "src/a.ts": "// The price\nexport const a = 1;\nexport const b = 2;\nexport const c = 3;\n",
  "docs/crlf.txt": "one\r\ntwo\r\n",
  "logo.bin": new Uint8Array([0, 1, 2]),
};

async function readText({
  api,
  generationId,
  path,
}: {
  api: { query<Output>(procedure: string, input: unknown): Promise<Output> };
  generationId: string | null;
  path: string;
}): Promise<string> {
  return (await api.query<{ content: string }>("generation.file", { generationId, path })).content;
}

const editor = (page: Page) => page.getByRole("textbox", { name: /^Text of/ });

test("edit a file by mouse: the draft survives a reload, the diff is shown, saving makes a version, undo goes back", async ({
  page,
  api,
}) => {
  const { projectId, generationId } = await api.importProject({ name: "By mouse", files });
  await page.goto(`/p/${projectId}/g/${generationId}/files/src/a.ts`);
  await page.getByRole("link", { name: "Edit" }).click();
  await editor(page).click();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.insertText("// Changed by hand\n");
  await page.reload();
  await expect(page.getByText(/You have unsaved text/)).toBeVisible();
  await page.getByRole("button", { name: "Continue editing it" }).click();
  await expect(editor(page)).toContainText("// Changed by hand");
  await page.getByRole("button", { name: "Review and save" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("3 files: 2 kept, 1 modified");
  await expect(dialog.getByText("// Changed by hand")).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/edit-difference.png" });
  await dialog.getByRole("button", { name: "Save version" }).click();
  await expect(page.getByText("Saved as v2.")).toBeVisible();
  await page.waitForURL(/\/files\/src\/a\.ts$/);
  const head = await api.readHead(projectId);
  expect(await readText({ api, generationId: head, path: "src/a.ts" })).toBe(
    `// Changed by hand\n${files["src/a.ts"]}`,
  );
  expect(await readText({ api, generationId, path: "src/a.ts" })).toBe(files["src/a.ts"]);
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("graft.edit.")))).toEqual(
    [],
  );

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone. v3 has the files of v1.")).toBeVisible();
  expect(await api.readFiles((await api.readHead(projectId)) ?? "")).toEqual(await api.readFiles(generationId));
});

test("edit, add, move and delete with the keyboard alone", async ({ page, api }) => {
  const { projectId, generationId } = await api.importProject({ name: "By keyboard", files });
  await page.goto(`/p/${projectId}/g/${generationId}/files/docs/crlf.txt`);
  await expect(page.getByRole("link", { name: "Edit", exact: true })).toBeVisible();
  await page.keyboard.press("e");
  await expect(editor(page)).toBeFocused();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("three");
  await page.keyboard.press("ControlOrMeta+s");
  const save = page.getByRole("dialog").getByRole("button", { name: "Save version" });
  await expect(save).toBeEnabled();
  await tabTo({ page, target: save });
  await page.keyboard.press("Enter");
  await expect(page.getByText("Saved as v2.")).toBeVisible();
  const v2 = (await api.readHead(projectId)) ?? "";
  expect(await readText({ api, generationId: v2, path: "docs/crlf.txt" })).toBe("one\r\ntwo\r\nthree");

  await tabTo({ page, target: page.getByRole("link", { name: "New file" }) });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Path" })).toBeVisible();
  await tabTo({ page, target: page.getByRole("textbox", { name: "Path" }) });
  await page.keyboard.type("src/a.ts");
  await expect(page.getByText(/has a file src\/a.ts already/)).toBeVisible();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("src/d.ts");
  await tabTo({ page, target: editor(page) });
  await page.keyboard.type("export const d = 4;");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(save).toBeEnabled();
  await tabTo({ page, target: save });
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/files\/src\/d\.ts$/);

  await expect(page.getByRole("link", { name: "Edit", exact: true })).toBeVisible();
  await page.keyboard.press("e");
  // Tab indents while the text has the focus; after Escape it moves the focus out.
  await expect(editor(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await tabTo({ page, target: page.getByRole("textbox", { name: "Path" }), key: "Shift+Tab" });
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("lib/d.ts");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByRole("dialog")).toContainText("src/d.ts → lib/d.ts");
  await tabTo({ page, target: save });
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/files\/lib\/d\.ts$/);

  await expect(page.getByRole("link", { name: "Edit", exact: true })).toBeVisible();
  await page.keyboard.press("e");
  await expect(editor(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await tabTo({ page, target: page.getByRole("button", { name: "Delete file" }), key: "Shift+Tab" });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText("lib/d.ts");
  await tabTo({ page, target: save });
  await page.keyboard.press("Enter");
  await expect(page.getByText("Saved as v5.")).toBeVisible();
  expect((await api.readFiles((await api.readHead(projectId)) ?? "")).map(({ path }) => path)).toEqual([
    "docs/crlf.txt",
    "logo.bin",
    "src/a.ts",
  ]);
});

test("an active version that moved meanwhile is shown, and nothing is overwritten", async ({ page, api }) => {
  const { projectId, generationId: v1 } = await api.importProject({ name: "Moved meanwhile", files });
  const editThere = (parentGenerationId: string, content: string) =>
    api.mutate<{ generationId: string }>("generation.edit", {
      parentGenerationId,
      changeSet: { operations: [{ type: "write", path: "src/a.ts", content }] },
    });
  await page.goto(`/p/${projectId}/g/${v1}/edit/src/a.ts`);
  await editor(page).click();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.insertText("// Mine\n");
  const theirs = files["src/a.ts"].replace("c = 3", "c = 30");
  const { generationId: v2 } = await editThere(v1, theirs);

  await page.getByRole("button", { name: "Review and save" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("You edit v1; active is v2. Neither is overwritten.");
  const save = dialog.getByRole("button", { name: /^Save/ });
  await expect(save).toBeDisabled();
  await dialog.getByRole("radio", { name: /^As a branch of v1/ }).check();
  await expect(save).toBeEnabled();
  await dialog.getByRole("radio", { name: /^Onto v2/ }).check();
  await expect(dialog.getByText("// Mine")).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/edit-moved.png" });

  // It moves once more, in the same line, between the preview and the press.
  const { generationId: v3 } = await editThere(v2, theirs.replace("// The price", "// Theirs"));
  await save.click();
  await expect(dialog).toContainText("Another version became the active one in the meantime.");
  await expect(dialog).toContainText("active is v3");
  expect(await api.readHead(projectId)).toBe(v3);
  await expect(dialog.getByText(/You and v3 changed the same lines differently/)).toBeVisible();
  await expect(save).toBeDisabled();
  await expect(dialog.getByRole("link", { name: "Edit it in v3, in a new tab" })).toHaveAttribute(
    "href",
    new RegExp(`/g/${v3}/edit/src/a.ts$`),
  );
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/edit-conflict.png" });

  await dialog.getByRole("radio", { name: /^As a branch of v1/ }).check();
  await save.click();
  await expect(page.getByText("Saved as v4, a branch.")).toBeVisible();
  expect(await api.readHead(projectId)).toBe(v3);
});

test("an edit that conflicts with the active version is resolved with the keyboard alone", async ({ page, api }) => {
  const { projectId, generationId: v1 } = await api.importProject({ name: "Moved meanwhile, by keyboard", files });
  const theirs = files["src/a.ts"].replace("a = 1", "a = 100");
  await page.goto(`/p/${projectId}/g/${v1}/files/src/a.ts`);
  await expect(page.getByRole("link", { name: "Edit", exact: true })).toBeVisible();
  await page.keyboard.press("e");
  await expect(editor(page)).toBeFocused();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.press("Backspace");
  await page.keyboard.type(" + 41;");
  const { generationId: v2 } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: v1,
    changeSet: { operations: [{ type: "write", path: "src/a.ts", content: theirs }] },
  });

  await page.keyboard.press("ControlOrMeta+s");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("You edit v1; active is v2. Neither is overwritten.");
  await tabTo({ page, target: dialog.getByRole("radio", { name: /^Onto v2/ }) });
  await page.keyboard.press("Space");
  await expect(dialog.getByText(/You and v2 changed the same lines differently/)).toBeVisible();
  const save = dialog.getByRole("button", { name: /^Save/ });
  await expect(save).toBeDisabled();

  // Keep editing until it applies.
  await tabTo({ page, target: dialog.getByRole("button", { name: "Keep editing" }) });
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(editor(page)).toBeFocused();
  for (let count = 0; count < 6; count += 1) await page.keyboard.press("Backspace");
  await page.keyboard.type(";");
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("// Mine");
  await page.keyboard.press("ControlOrMeta+s");
  await tabTo({ page, target: dialog.getByRole("radio", { name: /^Onto v2/ }) });
  await page.keyboard.press("Space");
  await expect(save).toBeEnabled();
  await tabTo({ page, target: save });
  await page.keyboard.press("Enter");
  await expect(page.getByText("Saved as v3.")).toBeVisible();
  const head = await api.readHead(projectId);
  expect(await readText({ api, generationId: head, path: "src/a.ts" })).toBe(`${theirs}// Mine`);
  expect(await readText({ api, generationId: v2, path: "src/a.ts" })).toBe(theirs);
});

test("Enter confirms non-destructive actions: saving an edit, and rolling back", async ({ page, api }) => {
  const { projectId, generationId } = await api.importProject({ name: "Confirmed", files });
  await page.goto(`/p/${projectId}/g/${generationId}/edit/src/a.ts`);
  await expect(editor(page)).toBeFocused();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.insertText("// By keyboard\n");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByRole("dialog").getByRole("button", { name: "Save version" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Saved as v2.")).toBeVisible();
  await page.goto(`/p/${projectId}/g/${generationId}`);
  await page
    .getByRole("button", { name: /^Roll back/ })
    .first()
    .click();
  await expect(page.getByRole("dialog").getByRole("button", { name: "Roll back to v1" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "active: v3" })).toBeVisible();
});
