import { expect, finish, scriptedModel, test } from "./fixtures.ts";
import { expectAccessible } from "./expect-accessible.ts";

test("comments are written on lines, go with the next prompt, and show what became of their lines", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Comments", files: { "a.py": "x = 1\ny = 2\n", "b.py": "b = 1\n" } });
  const { generationId: head } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: generationId,
    changeSet: { operations: [{ type: "write", path: "a.py", content: "x = 1\ny = 3\n" }, { type: "write", path: "b.py", content: "b = 2\n" }] },
  });
  await page.goto(`/p/${projectId}/g/${head}/review`);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await expect(surface).toContainText("y = 3");

  // By mouse on one, by keyboard on the other.
  await surface.getByText("y = 3").click();
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await page.getByLabel("Comment on a.py, line 2").fill("Name this rate.");
  await surface.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(surface.getByText("Name this rate.")).toBeVisible();
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/file=b\.py/);
  await page.keyboard.press("c");
  await page.getByLabel("Comment on b.py, line 1").fill("Is this right?");
  await page.keyboard.press("Control+Enter");
  await expect(surface.getByText("Is this right?")).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/review-comments.png" });
  await expectAccessible(page);

  await page.getByRole("link", { name: "Iterate with 2 comments" }).click();
  await expect(page.getByRole("list", { name: "Review comments" })).toContainText("Name this rate.");
  model.play({ toolCalls: [{ name: "edit_file", arguments: { path: "a.py", edits: [{ oldText: "y = 3", newText: "rate = 3" }] } }, finish("Renamed.")] });
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId: head,
    prompt: "Address the review",
    model: scriptedModel,
    mode: "classic",
    commentIds: (await api.query<{ commentId: string }[]>("comment.list", { generationId: head })).map(({ commentId }) => commentId),
  });
  const { generationId: made } = await api.waitForRun(runId);
  await page.goto(`/p/${projectId}/g/${made}`);
  const answered = page.getByRole("list", { name: "Review comments" });
  await expect(answered.getByRole("listitem").filter({ hasText: "Name this rate." })).toContainText("lines changed");
  await expect(answered.getByRole("listitem").filter({ hasText: "Is this right?" })).toContainText("lines untouched");
  await page.screenshot({ path: "e2e/screenshots/answered-comments.png" });
});
