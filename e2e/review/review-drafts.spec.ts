import type { Locator, Page } from "@playwright/test";
import { expect, test, type ProjectApi } from "../support/fixtures.ts";
import { expectAccessible } from "../support/expect-accessible.ts";
import { waitUntilScrolled } from "../support/wait-until-scrolled.ts";
import { damagedAnswer, replaceAnswer } from "../support/replace-answer.ts";

// The diff at the width for pure reading.
test.use({ isThreadFolded: true });

const lines = Array.from({ length: 200 }, (_, index) => `line ${index + 1}`);
const text = (...changed: [number, string][]) =>
  `${lines.map((line, index) => changed.find(([number]) => number === index + 1)?.[1] ?? line).join("\n")}\n`;

async function prepare(api: ProjectApi) {
  const paths = Array.from({ length: 12 }, (_, index) => `file-${String(index).padStart(2, "0")}.txt`);
  const { projectId, generationId } = await api.importProject({
    name: "Drafts",
    files: {
      ...Object.fromEntries(paths.map((path) => [path, text()])),
      "logo.bin": new Uint8Array([0, 255]),
      "moved.txt": text([7, "seven"]),
    },
  });
  const { generationId: head } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: generationId,
    changeSet: {
      operations: [
        ...paths.map((path, index) => ({
          type: "write",
          path,
          content: text([10, `ten of ${index}`], [100, `hundred of ${index}`]),
        })),
        { type: "write", path: "logo.bin", encoding: "base64", content: "AP8B" },
        { type: "move", source: "moved.txt", destination: "src/moved.txt" },
      ],
    },
  });
  return { projectId, head, review: `/p/${projectId}/g/${head}/review` };
}

async function scroll(surface: Locator, to: "top" | "bottom"): Promise<void> {
  await surface.evaluate((element, where) => element.scrollTo({ top: where === "top" ? 0 : element.scrollHeight }), to);
  await waitUntilScrolled(surface.page());
}

/** The review's diff, and a comment form on the tenth line of its first file. */
async function openFirstComment({ page, review }: { page: Page; review: string }) {
  await page.goto(review);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await surface.getByText("ten of 0").click();
  await expect(page).toHaveURL(/L=R10/);
  await page.keyboard.press("c");
  const first = surface.getByLabel("Comment on file-00.txt, line 10");
  await expect(first).toBeFocused();
  return { surface, first };
}

test("a comment's text survives scrolling, clicks elsewhere, white space, Escape and a reload", async ({
  page,
  api,
}) => {
  const { review } = await prepare(api);
  const { surface, first } = await openFirstComment({ page, review });
  await page.keyboard.type("Name this ten.");

  // Far away its form unmounts; back in view it is unchanged, and does not take the focus again.
  // Files whose lines load during the scroll move the bottom.
  await expect(async () => {
    await scroll(surface, "bottom");
    await expect(surface).toContainText("hundred of 11", { timeout: 500 });
  }).toPass();
  await expect(first).toHaveCount(0);
  await scroll(surface, "top");
  await expect(first).toHaveValue("Name this ten.");
  await expect(first).not.toBeFocused();

  // A second form on a line of another file.
  await surface.getByText("ten of 1", { exact: true }).click();
  await expect(page).toHaveURL(/file=file-01\.txt&L=R10/);
  await expect(first).toHaveValue("Name this ten.");
  await page.keyboard.press("c");
  const second = surface.getByLabel("Comment on file-01.txt, line 10");
  await expect(second).toBeFocused();
  await page.keyboard.type("And this.");
  await expect(first).toHaveValue("Name this ten.");
  await page.screenshot({ path: "e2e/screenshots/review-drafts.png" });

  // Escape closes it and shows its text; the review's keys work again.
  await page.keyboard.press("Escape");
  await expect(second).toHaveCount(0);
  await expect(surface.getByText("Draft, not saved")).toBeVisible();
  await expect(surface.getByText("And this.")).toBeVisible();
  await expect(surface).toBeFocused();
  await page.screenshot({ path: "e2e/screenshots/review-draft-folded.png" });
  // A button that the sticky header covers partly is temporarily a small target.
  await scroll(surface, "top");
  await expectAccessible(page);
  // Re-rendered files may move visible content.
  const seeAtTop = () =>
    expect(async () => {
      await scroll(surface, "top");
      await expect(first).toHaveValue("Name this ten.", { timeout: 500 });
      await expect(surface.getByRole("button", { name: "Continue" })).toBeVisible({ timeout: 500 });
    }).toPass();
  await page.keyboard.press("w");
  await expect(page).toHaveURL(/w=true/);
  await seeAtTop();
  await page.keyboard.press("w");
  await expect(page).toHaveURL(/w=false/);
  await seeAtTop();
  await surface.getByRole("button", { name: "Continue" }).click();
  await expect(second).toBeFocused();
  await expect(second).toHaveValue("And this.");

  await page.reload();
  await expect(first).toHaveValue("Name this ten.");
  await expect(second).toHaveValue("And this.");

  // The saved draft is gone; the other stays.
  await second.press("Control+Enter");
  await expect(second).toHaveCount(0);
  await expect(surface.getByText("And this.")).toBeVisible();
  await expect(surface).toBeFocused();
  await page.reload();
  await expect(first).toHaveValue("Name this ten.");
  await expect(second).toHaveCount(0);

  // Only Discard throws it away, and even that can be taken back.
  await surface.getByRole("button", { name: "Delete draft" }).click();
  await expect(first).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(first).toHaveValue("Name this ten.");
});

test("a comment that cannot be saved keeps its text, and shows the error only in its own form", async ({
  page,
  api,
}) => {
  const { review } = await prepare(api);
  const { surface, first } = await openFirstComment({ page, review });
  await first.fill("Name this ten.");
  await page.route("**/api/trpc/comment.add**", (route) => route.fulfill({ status: 500, json: [damagedAnswer] }));
  await first.press("Control+Enter");
  await expect(surface.getByRole("alert")).toBeVisible();
  await expect(first).toHaveValue("Name this ten.");
  await page.screenshot({ path: "e2e/screenshots/review-comment-not-saved.png" });

  await page
    .getByRole("navigation", { name: "Files of this comparison" })
    .getByRole("button", { name: /file-01/ })
    .click();
  await page.keyboard.press("c");
  await expect(surface.getByLabel("Comment on file-01.txt", { exact: true })).toBeFocused();
  await scroll(surface, "top");
  await expect(surface.getByRole("alert")).toHaveCount(1);

  await page.unroute("**/api/trpc/comment.add**");
  await first.press("Control+Enter");
  await expect(first).toHaveCount(0);
  await expect(surface.getByRole("alert")).toHaveCount(0);
  await expect(surface.getByText("Name this ten.")).toBeVisible();
});

test("a comment is edited in place, removed, and restored", async ({ page, api }) => {
  const { head, review } = await prepare(api);
  const [againstGenerationId] = (
    await api.query<{ parentGenerationIds: string[] }>("generation.summary", { generationId: head })
  ).parentGenerationIds;
  await api.mutate("comment.add", {
    generationId: head,
    againstGenerationId,
    path: "file-00.txt",
    side: "additions",
    firstLine: 10,
    lastLine: 10,
    body: "Name this.",
  });
  await page.goto(review);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await surface.getByRole("button", { name: "Edit", exact: true }).click();
  const form = surface.getByLabel("Comment on file-00.txt, line 10");
  await expect(form).toHaveValue("Name this.");
  await expect(form).toBeFocused();
  await form.fill("Name this ten.");
  await page.reload();
  await expect(form).toHaveValue("Name this ten.");
  await surface.getByRole("button", { name: "Save", exact: true }).click();
  await expect(form).toHaveCount(0);
  await expect(surface.getByText("Name this ten.")).toBeVisible();
  const bodies = async () =>
    (await api.query<{ body: string }[]>("comment.list", { generationId: head })).map(({ body }) => body);
  expect(await bodies()).toEqual(["Name this ten."]);

  await surface.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(surface.getByText("Name this ten.")).toHaveCount(0);
  await expect(page.getByText("The comment on file-00.txt:10 is removed.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(surface.getByText("Name this ten.")).toBeVisible();
  expect(await bodies()).toEqual(["Name this ten."]);

  // An already removed one says so.
  const [comment] = await api.query<{ commentId: string }[]>("comment.list", { generationId: head });
  await api.mutate("comment.remove", { commentId: comment?.commentId });
  await surface.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("is not there any more, or was sent already")).toBeVisible();
  await expect(surface.getByText("Name this ten.")).toHaveCount(0);
});

test("comments that fail to load are not shown as none", async ({ page, api }) => {
  const { review } = await prepare(api);
  await replaceAnswer({ page, procedure: "comment.list", answer: damagedAnswer });
  await page.goto(review);
  const alert = page.locator("main").getByRole("alert");
  await expect(alert).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/review-comments-failing.png" });
  await page.unrouteAll();
  await alert.getByRole("button", { name: "Retry" }).click();
  await expect(alert).toHaveCount(0);
});

test("a whole file is commented on, also one without lines, by keyboard and from its menu", async ({ page, api }) => {
  const { head, review } = await prepare(api);
  await page.goto(review);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await expect(surface).toContainText("ten of 0");
  await page.keyboard.press("j");
  await page.keyboard.press("c");
  const form = surface.getByLabel("Comment on file-00.txt", { exact: true });
  await expect(form).toBeFocused();
  await page.keyboard.type("Split this file.");
  await page.keyboard.press("Control+Enter");
  await expect(surface.getByText("The file as a whole")).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/review-comment-file.png" });

  const list = page.getByRole("navigation", { name: "Files of this comparison" });
  await list.getByRole("button", { name: /logo\.bin/ }).click();
  await page.getByRole("button", { name: "More for logo.bin" }).click();
  await page.getByRole("menuitem", { name: "Comment" }).click();
  const onBinary = surface.getByLabel("Comment on logo.bin", { exact: true });
  await expect(onBinary).toBeFocused();
  await page.keyboard.type("Who uses this?");
  await page.keyboard.press("Control+Enter");
  await expect(onBinary).toHaveCount(0);
  await expect(surface.getByText("Who uses this?")).toBeVisible();
  await list.getByRole("button", { name: /moved\.txt/ }).click();
  await page.keyboard.press("c");
  await expect(surface.getByLabel("Comment on src/moved.txt", { exact: true })).toBeFocused();
  await page.keyboard.type("Why there?");
  await page.screenshot({ path: "e2e/screenshots/review-comment-binary.png" });
  await expectAccessible(page);
  await page.keyboard.press("Control+Enter");
  await expect(surface.getByRole("textbox")).toHaveCount(0);
  await expect(surface.getByText("Why there?")).toBeVisible();
  const readComments = async () => {
    const comments = await api.query<{ path: string; firstLine: number; lastLine: number }[]>("comment.list", {
      generationId: head,
    });
    return comments.map(({ path, firstLine, lastLine }) => `${path} ${firstLine}-${lastLine}`);
  };
  await expect.poll(readComments).toEqual(["file-00.txt 0-0", "logo.bin 0-0", "src/moved.txt 0-0"]);
});

test("a comment in the address is removed when the user moves", async ({ page, api, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { head, review } = await prepare(api);
  const [againstGenerationId] = (
    await api.query<{ parentGenerationIds: string[] }>("generation.summary", { generationId: head })
  ).parentGenerationIds;
  await api.mutate("comment.add", {
    generationId: head,
    againstGenerationId,
    path: "file-00.txt",
    side: "additions",
    firstLine: 10,
    lastLine: 10,
    body: "Name this.",
  });
  await page.goto(review);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await surface.getByRole("button", { name: "Copy link", exact: true }).click();
  await expect(page).toHaveURL(/[?&]c=/);
  await page.reload();
  await expect(page).toHaveURL(/[?&]c=.*file=file-00\.txt|file=file-00\.txt.*[?&]c=/);
  await expect(surface.getByText("Name this.")).toBeInViewport();
  await waitUntilScrolled(page);
  await surface.getByText("ten of 1", { exact: true }).click();
  await expect(page).toHaveURL((url) => url.searchParams.get("file") === "file-01.txt" && !url.searchParams.has("c"));
  await page.keyboard.press("y");
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("L=R10");
  expect(await page.evaluate(() => navigator.clipboard.readText())).not.toContain("c=");
});

test("a comment on unchanged lines unfolds them, and a link scrolls there", async ({ page, api }) => {
  const { head, review } = await prepare(api);
  const [againstGenerationId] = (
    await api.query<{ parentGenerationIds: string[] }>("generation.summary", { generationId: head })
  ).parentGenerationIds;
  const { commentId } = await api.mutate<{ commentId: string }>("comment.add", {
    generationId: head,
    againstGenerationId,
    path: "file-05.txt",
    side: "additions",
    firstLine: 60,
    lastLine: 60,
    body: "What of sixty?",
  });
  await page.goto(`${review}?c=${commentId}`);
  const surface = page.getByRole("region", { name: /Differences of v2/ });
  await expect(surface.getByText("What of sixty?")).toBeInViewport();
  await expect(surface.getByText("line 60", { exact: true }).first()).toBeInViewport();
  await page.screenshot({ path: "e2e/screenshots/review-comment-unfolded.png" });
  await page.goto(`${review}?file=file-08.txt&L=R150`);
  await expect(surface.getByText("line 150", { exact: true }).first()).toBeInViewport();
});

test("comments written while the server is unreachable wait for it, and each is saved once", async ({ page, api }) => {
  const { review, head } = await prepare(api);
  const { surface } = await openFirstComment({ page, review });
  const listBodies = async () =>
    (await api.query<{ body: string }[]>("comment.list", { generationId: head })).map(({ body }) => body);
  // The first reaches the server and its response is lost; the second does not reach it.
  let isFirst = true;
  await page.route("**/api/**", async (route) => {
    if (isFirst && route.request().url().includes("comment.add")) {
      isFirst = false;
      await route.fetch();
    }
    await route.abort();
  });
  await page.keyboard.type("Name this ten.");
  await page.keyboard.press("ControlOrMeta+Enter");
  const waiting = surface.getByText("Waits for Graft");
  await expect(waiting).toHaveCount(1);
  await expect(surface).toBeFocused();
  await expect(page.getByText(/No connection to Graft/)).toBeVisible();
  await surface.getByText("ten of 1", { exact: true }).click();
  await expect(page).toHaveURL(/file=file-01\.txt&L=R10/);
  await page.keyboard.press("c");
  await expect(surface.getByLabel("Comment on file-01.txt, line 10")).toBeFocused();
  await page.keyboard.type("And this.");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(waiting).toHaveCount(2);
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/review-comments-waiting.png" });
  expect(await listBodies()).toEqual(["Name this ten."]);

  await page.unroute("**/api/**");
  await expect(waiting).toHaveCount(0);
  await expect(surface.getByText("Name this ten.")).toHaveCount(1);
  await expect(surface.getByText("And this.")).toHaveCount(1);
  expect(await listBodies()).toEqual(["Name this ten.", "And this."]);
});

test("a comment that waits for the server can be edited again, and is saved once with its last text", async ({
  page,
  api,
}) => {
  const { review, head } = await prepare(api);
  const { surface, first } = await openFirstComment({ page, review });
  const listBodies = async () =>
    (await api.query<{ body: string }[]>("comment.list", { generationId: head })).map(({ body }) => body);
  await page.route("**/api/**", async (route) => {
    if (route.request().url().includes("comment.add")) await route.fetch();
    await route.abort();
  });
  await page.keyboard.type("Name this");
  await page.keyboard.press("ControlOrMeta+Enter");
  await surface.getByRole("button", { name: "Continue" }).click();
  await expect(first).toBeFocused();
  await page.unroute("**/api/**");
  await expect(page.getByText(/No connection to Graft/)).toHaveCount(0);
  await page.keyboard.type(" ten.");
  await expect(first).toHaveValue("Name this ten.");
  expect(await listBodies()).toEqual(["Name this"]);
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(first).toHaveCount(0);
  await expect(surface.getByText("Name this ten.")).toHaveCount(1);
  expect(await listBodies()).toEqual(["Name this ten."]);
});
