import { expect, finish, scriptedModel, test } from "../support/fixtures.ts";
import { expectAccessible } from "../support/expect-accessible.ts";

test("comments are written on lines, sent with the next prompt, and show what happened to their lines", async ({
  page,
  api,
  model,
}) => {
  const { projectId, generationId } = await api.importProject({
    name: "Comments",
    files: { "a.py": "x = 1\ny = 2\n", "b.py": "b = 1\n" },
  });
  const { generationId: head } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: generationId,
    changeSet: {
      operations: [
        { type: "write", path: "a.py", content: "x = 1\ny = 3\n" },
        { type: "write", path: "b.py", content: "b = 2\n" },
      ],
    },
  });
  await page.goto(`/p/${projectId}/g/${head}/review`);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await expect(surface).toContainText("y = 3");

  // The button beside a hovered line, dragged over two lines. Colours arrive after the text and re-render the lines.
  await expect(surface.locator("[data-line] span[style]").first()).toBeVisible();
  await surface.getByText("x = 1").last().hover();
  const offer = surface.getByRole("button", { name: "Comment on this line" });
  await offer.hover();
  await page.screenshot({ path: "e2e/screenshots/review-comment-button.png" });
  await page.mouse.down();
  await surface.getByText("y = 3").hover();
  await page.mouse.up();
  await expect(page.getByLabel("Comment on a.py, line 2")).toBeFocused();
  await expect(page).toHaveURL(/file=a\.py&L=R1-2/);
  await page.keyboard.press("Escape");

  // By mouse on one, by keyboard on the other.
  await surface.getByText("y = 3").click();
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await page.getByLabel("Comment on a.py, line 2").fill("Name this rate.");
  await surface.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(surface.getByText("Name this rate.")).toBeVisible();
  await expect(surface.getByRole("textbox")).toHaveCount(0);
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/file=b\.py/);
  await expect(page.getByRole("button", { name: "Keep old: these lines" })).toHaveCount(1);
  await page.keyboard.press("c");
  await page.getByLabel("Comment on b.py, line 1").fill("Is this right?");
  await page.keyboard.press("Control+Enter");
  await expect(surface.getByText("Is this right?")).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/review-comments.png" });
  await expectAccessible(page);

  // The list navigates to each, and a link to one works for another user.
  await page.getByRole("button", { name: "2 comments", exact: true }).click();
  await page.screenshot({ path: "e2e/screenshots/comment-list.png" });
  await expectAccessible(page);
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /Name this rate/ })
    .click();
  await expect(page).toHaveURL(/file=a\.py&L=R2/);
  const [first] = await api.query<{ commentId: string; body: string }[]>("comment.list", { generationId: head });
  await page.goto(`/p/${projectId}/g/${head}/review?c=${first?.commentId}`);
  await expect(page).toHaveURL(new RegExp(`file=${first?.body === "Name this rate." ? "a" : "b"}\\.py`));

  await page.getByRole("button", { name: "Iterate with 2 comments" }).click();
  await expect(page.getByRole("list", { name: "Review comments" })).toContainText("Name this rate.");
  model.play({
    toolCalls: [
      { name: "edit_file", arguments: { path: "a.py", edits: [{ oldText: "y = 3", newText: "rate = 3" }] } },
      finish("Renamed."),
    ],
  });
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId: head,
    prompt: "Address the review",
    model: scriptedModel,
    mode: "classic",
    commentIds: (await api.query<{ commentId: string }[]>("comment.list", { generationId: head })).map(
      ({ commentId }) => commentId,
    ),
  });
  const { generationId: made } = await api.waitForRun(runId);
  await page.goto(`/p/${projectId}/g/${made}`);
  const answered = page.getByRole("list", { name: "Review comments" });
  await expect(answered.getByRole("listitem").filter({ hasText: "Name this rate." })).toContainText("lines changed");
  await expect(answered.getByRole("listitem").filter({ hasText: "Is this right?" })).toContainText("lines untouched");
  await page.screenshot({ path: "e2e/screenshots/answered-comments.png" });

  // Each links to its lines: in the review if the file changed, in the file otherwise.
  await answered.getByRole("link", { name: /Name this rate/ }).click();
  await page.waitForURL(/\/review\?file=a\.py&L=L2$/);
  await expect(page.getByRole("region", { name: /Differences of v3/ })).toContainText("rate = 3");
  await page.goBack();
  await answered.getByRole("link", { name: /Is this right/ }).click();
  await page.waitForURL(/\/files\/b\.py\?L=1$/);
  await expect(page.getByText("b = 2").first()).toBeVisible();
  // In the review they are at the lines that they were about, and n/p step through them.
  await page.goto(`/p/${projectId}/g/${made}/review`);
  const review = page.getByRole("region", { name: /Differences of v3/ });
  await expect(review.getByText("Name this rate.")).toBeVisible();
  await expect(review.getByText("lines changed")).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/review-answered.png" });
  await expectAccessible(page);
  await page.keyboard.press("Shift+N");
  await expect(page).toHaveURL(/file=a\.py&L=L2/);
  // A comment on an unchanged file links to it.
  await page.getByRole("button", { name: "2 comments", exact: true }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /lines untouched/ })
    .click();
  await expect(review.getByText("Is this right?")).toBeInViewport();
  await page.screenshot({ path: "e2e/screenshots/review-answered-kept.png" });
});
