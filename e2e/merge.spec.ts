import { expect, test } from "./fixtures.ts";

test("a branch is merged into the active version, and a conflict is decided by a person", async ({ page, api }) => {
  const { projectId, generationId } = await api.importProject({ name: "Merge", files: { "a.txt": "1\n2\n3\n4\n5\n", "b.txt": "b\n" } });
  const edit = async (...operations: object[]) => (await api.mutate<{ generationId: string }>("generation.edit", { parentGenerationId: generationId, changeSet: { operations } })).generationId;
  await edit({ type: "edit", path: "a.txt", edits: [{ oldText: "1", newText: "one" }] }, { type: "write", path: "b.txt", content: "ours\n" });
  const branch = await edit({ type: "edit", path: "a.txt", edits: [{ oldText: "5", newText: "five" }] }, { type: "write", path: "b.txt", content: "theirs\n" });
  await page.goto(`/p/${projectId}/g/${branch}`);
  await page.getByRole("button", { name: "Merge into v2" }).click();
  const dialog = page.getByRole("dialog", { name: "Merge v3 into v2?" });
  await expect(dialog).toContainText("1 put together of both, 1 in conflict");
  await expect(dialog.getByRole("button", { name: "Choose a side for 1 file" })).toBeDisabled();
  await expect(dialog.getByRole("region", { name: "v2 and v3 of b.txt" })).toContainText("theirs");
  await page.screenshot({ path: "e2e/screenshots/merge-conflict.png" });
  await dialog.getByRole("radio", { name: "v3" }).click();
  await dialog.getByRole("button", { name: "Merge" }).click();
  await page.waitForURL(/\/review/);
  const head = (await api.readHead(projectId)) ?? "";
  const read = async (path: string) => (await api.query<{ content: string }>("generation.file", { generationId: head, path })).content;
  expect([await read("a.txt"), await read("b.txt")]).toEqual(["one\n2\n3\n4\nfive\n", "theirs\n"]);
  expect((await api.query<{ kind: string }>("generation.get", { generationId: head })).kind).toBe("merge");
});
