import type { Page } from "@playwright/test";
import { expect, finish, never, scriptedModel, writeFile, type ModelScript, type ProjectApi } from "./fixtures.ts";
import { damagedAnswer, replaceAnswer } from "./replace-answer.ts";

/** The projects that the screens show; created once. */
type World = {
  projectId: string;
  v1: string;
  v2: string;
  v3: string;
  branch: string;
  runs: { done: string; failed: string; held: string };
};

type Tools = { page: Page; api: ProjectApi; model: ModelScript; world: World };

/** One screen in one state. `isWide`: also tested on a very wide window. */
export type ScreenState = { name: string; isWide?: true; open: (tools: Tools) => Promise<unknown> };

const lines = (name: string, changed: readonly number[] = []) =>
  Array.from(
    { length: 60 },
    (_, index) => `export const ${name}_${index} = ${changed.includes(index) ? `compute(${index})` : index};\n`,
  ).join("");

const prismaSchema = `model Project {
  id    String @id
  name  String
  tasks Task[]
}

model Task {
  id        String  @id
  title     String
  done      Boolean @default(false)
  projectId String
  project   Project @relation(fields: [projectId], references: [id])
}
`;

const firstFiles = {
  "README.md": "# Tasks\n\nA list of tasks, in projects.\n",
  "prisma/schema.prisma": prismaSchema,
  "src/lib/format-date.ts": lines("format"),
  "src/lib/old-name.ts": lines("moved"),
  "src/lib/unused.ts": lines("unused"),
  "src/server/router.ts": lines("route"),
  "src/server/routes/tasks.ts": lines("task"),
  "public/logo.bin": new Uint8Array([0, 255, 1, 254, 2]),
  "package-lock.json": '{\n  "lockfileVersion": 3\n}\n',
};

export async function makeWorld({ api, model }: { api: ProjectApi; model: ModelScript }): Promise<World> {
  const { projectId, generationId: v1 } = await api.importProject({
    name: "Task tracker for a small team",
    files: firstFiles,
  });
  model.play({
    toolCalls: [
      writeFile("src/server/routes/projects.ts", lines("project")),
      writeFile("src/lib/format-date.ts", lines("format", [3, 30])),
      finish("Added the routes of projects."),
    ],
  });
  const done = await api.iterate({
    parentGenerationId: v1,
    prompt: "Add routes for projects, and format dates in the user's own time zone",
  });
  const v2 = done.generationId ?? "";
  const edit = async (parentGenerationId: string, ...operations: object[]) =>
    (await api.mutate<{ generationId: string }>("generation.edit", { parentGenerationId, changeSet: { operations } }))
      .generationId;
  const v3 = await edit(
    v2,
    { type: "write", path: "src/server/router.ts", content: lines("route", [2, 3, 4, 25, 50, 51]) },
    { type: "write", path: "src/server/routes/tasks.ts", content: lines("task", [10, 40]) },
    { type: "write", path: "src/server/routes/comments.ts", content: lines("comment") },
    { type: "move", source: "src/lib/old-name.ts", destination: "src/lib/new-name.ts" },
    { type: "delete", path: "src/lib/unused.ts" },
    { type: "write", path: "public/logo.bin", encoding: "base64", content: "AP8B/gL9" },
    { type: "write", path: "package-lock.json", content: '{\n  "lockfileVersion": 3,\n  "packages": {}\n}\n' },
  );
  const branch = await edit(v1, { type: "write", path: "src/server/router.ts", content: lines("route", [2, 30]) });
  await api.mutate("generation.mark", { generationId: v2, label: "First release", isBookmarked: true });
  model.play({ text: "I cannot see what you mean." });
  const failed = await api.iterate({ parentGenerationId: v3, prompt: "Do it" });
  model.play({
    toolCalls: [
      writeFile("src/server/router.ts", "export const route_0 = 0;\n"),
      writeFile("src/new.ts", "export const y = 2;\n"),
      finish("Tidied."),
    ],
  });
  const held = await api.iterate({ parentGenerationId: v3, prompt: "Tidy up the router" });
  return { projectId, v1, v2, v3, branch, runs: { done: done.runId, failed: failed.runId, held: held.runId } };
}

/** Navigates to a page within the product, where the browser fetches its data. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto("/settings");
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await page.evaluate(
    (href) => (window as unknown as { next: { router: { push(href: string): void } } }).next.router.push(href),
    path,
  );
  await page.waitForURL(`**${path}`);
}

/** A screen whose data never arrives. */
export async function openLoading(page: Page, path: string, procedure: string): Promise<void> {
  await page.route(`**/api/trpc/**${procedure}**`, () => new Promise(() => undefined));
  await visit(page, path);
  await expect(page.locator("main [aria-busy=true]").first()).toBeVisible();
}

/** A screen whose data fails to load. */
export async function openFailing(page: Page, path: string, procedure: string): Promise<void> {
  await replaceAnswer({ page, procedure, answer: damagedAnswer });
  await visit(page, path);
  await expect(page.locator("main").getByRole("alert").first()).toBeVisible();
}

export async function openLoaded(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

/** A review with rendered lines. */
export async function openReview(page: Page, path: string): Promise<void> {
  await openLoaded(page, path);
  await expect(
    page
      .getByRole("region", { name: /^Differences of/ })
      .locator("[data-line]")
      .first(),
  ).toBeVisible();
}

/** Adds comments on lines and on a file of the branch, once. */
async function commentOnBranch({ api, world }: Pick<Tools, "api" | "world">): Promise<void> {
  if ((await api.query<object[]>("comment.list", { generationId: world.branch })).length > 0) return;
  const on = {
    generationId: world.branch,
    againstGenerationId: world.v1,
    path: "src/server/router.ts",
    side: "additions",
  };
  await api.mutate("comment.add", { ...on, firstLine: 3, lastLine: 3, body: "Is this computed for each request?" });
  await api.mutate("comment.add", { ...on, firstLine: 0, lastLine: 0, body: "Split this file by resource." });
}

const toCheck = (changes: object) => ({
  command: "npm test",
  newFailures: [],
  stillFailing: [],
  fixed: [],
  gone: [],
  flaky: [],
  ...changes,
});

const failingChecks = {
  isGreen: false,
  isConfirmed: true,
  items: [
    toCheck({
      checkId: "00000000-0000-7000-8000-000000000001",
      name: "tests",
      status: "failed",
      againstParent: "newly-failing",
      newFailures: [
        {
          name: "routes of projects answer",
          path: "src/server/router.ts",
          line: 4,
          message: "expected 200\nto be 404",
        },
      ],
    }),
    toCheck({
      checkId: "00000000-0000-7000-8000-000000000002",
      name: "lint",
      status: "failed",
      againstParent: "still-failing",
    }),
    toCheck({
      checkId: "00000000-0000-7000-8000-000000000003",
      name: "types",
      status: "passed",
      againstParent: "fixed",
    }),
  ],
};

export const screenStates: ScreenState[] = [
  { name: "projects", isWide: true, open: ({ page }) => openLoaded(page, "/") },
  { name: "projects-archived-none", open: ({ page }) => openLoaded(page, "/?archived=true") },
  {
    name: "projects-first",
    open: async ({ page }) => {
      await replaceAnswer({
        page,
        procedure: "project.list",
        answer: { result: { data: { items: [], nextCursor: null } } },
      });
      await visit(page, "/");
      await expect(page.getByText("There is no project yet.")).toBeVisible();
    },
  },
  { name: "new", open: ({ page }) => openLoaded(page, "/new?prompt=A%20guest%20book%20with%20entries") },
  { name: "settings", isWide: true, open: ({ page }) => openLoaded(page, "/settings") },
  { name: "not-found", open: ({ page }) => openLoaded(page, "/nothing/here") },
  {
    name: "palette",
    open: async ({ page }) => {
      await openLoaded(page, "/");
      await page.keyboard.press("ControlOrMeta+k");
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "keys",
    open: async ({ page }) => {
      await openLoaded(page, "/");
      await page.keyboard.press("Shift+?");
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "offline",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/g/${world.v3}`);
      await page.route("**/api/**", (route) => route.abort());
      await page.getByRole("link", { name: "History" }).first().click();
      await expect(page.getByText(/No connection to Graft/)).toBeVisible({ timeout: 20_000 });
    },
  },

  {
    name: "generation",
    isWide: true,
    open: ({ page, world }) => openLoaded(page, `/p/${world.projectId}/g/${world.v3}`),
  },
  { name: "generation-first", open: ({ page, world }) => openLoaded(page, `/p/${world.projectId}/g/${world.v1}`) },
  {
    name: "generation-not-active",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/g/${world.branch}`);
      await expect(page.getByText(/You are viewing v4/)).toBeVisible();
    },
  },
  {
    name: "generation-roll-back",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/g/${world.v1}`);
      await page
        .getByRole("button", { name: /^Roll back/ })
        .first()
        .click();
      await expect(page.getByRole("dialog").getByRole("button", { name: /^Roll back/ })).toBeEnabled();
    },
  },
  {
    name: "generation-loading",
    open: ({ page, world }) => openLoading(page, `/p/${world.projectId}/g/${world.v3}`, "generation.get"),
  },
  {
    name: "generation-failing",
    open: ({ page, world }) => openFailing(page, `/p/${world.projectId}/g/${world.v3}`, "generation.get"),
  },
  {
    name: "generation-unknown",
    open: async ({ page, world }) => {
      await page.goto(`/p/${world.projectId}/g/00000000-0000-7000-8000-000000000000`);
      const alert = page.locator("main").getByRole("alert");
      await expect(alert.getByRole("link", { name: "History" })).toBeVisible();
    },
  },

  {
    name: "review",
    isWide: true,
    open: ({ page, world }) => openReview(page, `/p/${world.projectId}/g/${world.v3}/review`),
  },
  {
    name: "review-checks",
    isWide: true,
    open: async ({ page, world }) => {
      await replaceAnswer({ page, procedure: "generation.checks", answer: { result: { data: failingChecks } } });
      await visit(page, `/p/${world.projectId}/g/${world.v3}/review`);
      await expect(page.getByRole("link", { name: /^Checks tests newly failing/ })).toBeVisible();
      await page.keyboard.press("F8");
      await expect(page.getByRole("note", { name: /Check “tests” newly fails/ })).toBeVisible();
    },
  },
  {
    name: "review-unified-kept",
    open: ({ page, world }) =>
      openReview(page, `/p/${world.projectId}/g/${world.v3}/review?view=unified&kept=true&wrap=true`),
  },
  {
    name: "review-find",
    open: async ({ page, world }) => {
      await openReview(page, `/p/${world.projectId}/g/${world.v3}/review?q=compute`);
      await page.keyboard.press("/");
      await expect(page.getByText(/of \d+/).first()).toBeVisible();
    },
  },
  {
    name: "review-comment",
    open: async ({ page, world }) => {
      await openReview(page, `/p/${world.projectId}/g/${world.v3}/review`);
      await page.keyboard.press("n");
      await page.keyboard.press("c");
      await expect(page.getByRole("textbox", { name: /^Comment on/ })).toBeVisible();
    },
  },
  {
    name: "review-view",
    open: async ({ page, world }) => {
      await openReview(page, `/p/${world.projectId}/g/${world.v3}/review`);
      await page.getByRole("button", { name: "View", exact: true }).click();
      await expect(page.getByRole("menu", { name: "View" })).toBeVisible();
    },
  },
  {
    name: "review-drafts",
    open: async ({ page, world }) => {
      await openReview(page, `/p/${world.projectId}/compare/${world.v1}...${world.v3}`);
      await page.keyboard.press("n");
      await page.keyboard.press("c");
      await page.keyboard.type("Why is it computed here?");
      await page.keyboard.press("Escape");
      await page.keyboard.press("n");
      await page.keyboard.press("c");
      await page.keyboard.type("Name this.");
      await expect(page.getByText("Draft, not saved")).toBeVisible();
    },
  },
  {
    name: "review-comment-list",
    open: async ({ page, api, world }) => {
      await commentOnBranch({ api, world });
      await openReview(page, `/p/${world.projectId}/g/${world.branch}/review`);
      await page.getByRole("button", { name: "2 comments", exact: true }).click();
      await expect(page.getByRole("dialog").getByRole("listitem")).toHaveCount(2);
    },
  },
  {
    name: "review-comments",
    open: async ({ page, api, world }) => {
      await commentOnBranch({ api, world });
      await openReview(page, `/p/${world.projectId}/g/${world.branch}/review`);
      await expect(page.getByText("Split this file by resource.", { exact: true })).toBeVisible();
    },
  },
  {
    name: "review-answered",
    open: async ({ page, api, model }) => {
      const { projectId, generationId } = await api.importProject({
        name: "Answered comments",
        files: { "src/router.ts": lines("route"), "src/tasks.ts": lines("task") },
      });
      const edit = {
        parentGenerationId: generationId,
        changeSet: { operations: [{ type: "write", path: "src/router.ts", content: lines("route", [20]) }] },
      };
      const { generationId: head } = await api.mutate<{ generationId: string }>("generation.edit", edit);
      const add = (path: string, line: number, body: string) =>
        api.mutate<{ commentId: string }>("comment.add", {
          generationId: head,
          againstGenerationId: generationId,
          path,
          side: "additions",
          firstLine: line,
          lastLine: line,
          body,
        });
      const comments = [
        await add("src/router.ts", 21, "Name what is computed."),
        await add("src/router.ts", 40, "And this one?"),
        await add("src/router.ts", 0, "Split this file."),
      ];
      model.play({
        toolCalls: [
          {
            name: "edit_file",
            arguments: { path: "src/router.ts", edits: [{ oldText: "compute(20)", newText: "rateOf(20)" }] },
          },
          finish("Named it."),
        ],
      });
      const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
        parentGenerationId: head,
        prompt: "Address the review",
        model: scriptedModel,
        mode: "classic",
        commentIds: comments.map(({ commentId }) => commentId),
      });
      const { generationId: made } = await api.waitForRun(runId);
      await openReview(page, `/p/${projectId}/g/${made}/review`);
      await expect(page.getByText("Name what is computed.")).toBeVisible();
    },
  },
  {
    name: "review-brief-schema",
    isWide: true,
    open: async ({ page, api }) => {
      const { projectId, generationId } = await api.importProject({
        name: "Schema in brief",
        files: { "prisma/schema.prisma": prismaSchema },
      });
      const content = prismaSchema.replace("  done ", "  due       DateTime?\n  done ");
      const { generationId: head } = await api.mutate<{ generationId: string }>("generation.edit", {
        parentGenerationId: generationId,
        changeSet: { operations: [{ type: "write", path: "prisma/schema.prisma", content }] },
      });
      await openReview(page, `/p/${projectId}/g/${head}/review`);
      const brief = page.getByRole("region", { name: "In brief" });
      await brief.getByRole("button", { expanded: false }).click();
      await expect(brief.getByRole("region", { name: "Picture of the changed tables" })).toContainText("due");
    },
  },
  {
    name: "review-tray",
    open: async ({ page, world }) => {
      await openReview(page, `/p/${world.projectId}/g/${world.v3}/review?file=src/server/router.ts`);
      await page
        .getByRole("navigation", { name: "Files of this comparison" })
        .getByRole("button", { name: /router\.ts/ })
        .click();
      await page.keyboard.press("n");
      await page.keyboard.press("r");
      await expect(page.getByRole("region", { name: "Kept old" })).toBeVisible();
    },
  },
  {
    name: "review-hunk-hover",
    open: async ({ page, world }) => {
      await openReview(page, `/p/${world.projectId}/g/${world.branch}/review`);
      await page
        .getByRole("region", { name: /^Differences of/ })
        .getByText("compute(30)")
        .hover();
      await expect(page.getByRole("group", { name: "The change under the pointer" })).toBeVisible();
    },
  },
  {
    name: "review-lines",
    open: async ({ page, world }) => {
      await openReview(page, `/p/${world.projectId}/g/${world.v3}/review`);
      await page.keyboard.press("n");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Shift+ArrowDown");
      await expect(page.getByText("back to the files")).toBeVisible();
    },
  },
  {
    name: "review-reader",
    open: async ({ page, world }) => {
      await openReview(page, `/p/${world.projectId}/g/${world.v3}/review`);
      await page.keyboard.press("F7");
      await expect(page.getByRole("region", { name: "Change by change" })).toBeVisible();
    },
  },
  {
    name: "review-no-file-fits",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/g/${world.v2}/review?status=D`);
      await expect(page.getByRole("button", { name: "Clear filter" })).toBeVisible();
    },
  },
  {
    name: "review-find-hidden",
    open: async ({ page, world }) => {
      await openReview(page, `/p/${world.projectId}/g/${world.v3}/review?q=compute&status=added`);
      await expect(page.getByText(/in hidden files/)).toBeVisible();
    },
  },
  {
    name: "review-patch-failed",
    open: async ({ page, world }) => {
      await replaceAnswer({ page, procedure: "generation.fileDiffs", answer: damagedAnswer });
      await visit(page, `/p/${world.projectId}/g/${world.v3}/review`);
      await expect(page.getByText("Could not be loaded. The others are not affected.").first()).toBeVisible();
    },
  },
  {
    name: "compare-siblings",
    open: async ({ page, world }) => {
      await openReview(page, `/p/${world.projectId}/compare/${world.v2}...${world.branch}`);
      await page.getByText(/were made from the same version/).click();
      await expect(page.getByRole("row", { name: /Files/ })).toBeVisible();
    },
  },
  {
    name: "review-first-version",
    open: ({ page, world }) => openLoaded(page, `/p/${world.projectId}/g/${world.v1}/review`),
  },
  {
    name: "compare-identical",
    open: ({ page, world }) => openLoaded(page, `/p/${world.projectId}/compare/${world.v2}...${world.v2}`),
  },
  {
    name: "review-loading",
    open: ({ page, world }) => openLoading(page, `/p/${world.projectId}/g/${world.v3}/review`, "generation.diff"),
  },
  {
    name: "review-failing",
    open: ({ page, world }) => openFailing(page, `/p/${world.projectId}/g/${world.v3}/review`, "generation.diff"),
  },

  {
    name: "prompt-limited",
    open: async ({ page, world }) => {
      await openReview(page, `/p/${world.projectId}/g/${world.v3}/review`);
      await page.keyboard.press("l");
      await expect(page.getByRole("list", { name: "Limited to" })).toContainText("1 file");
    },
  },
  {
    name: "file",
    isWide: true,
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/g/${world.v3}/files/src/server/router.ts`);
      await expect(page.getByText("compute").first()).toBeVisible();
    },
  },
  {
    name: "file-none-chosen",
    open: ({ page, world }) => openLoaded(page, `/p/${world.projectId}/g/${world.v3}/files`),
  },
  {
    name: "file-binary",
    open: ({ page, world }) => openLoaded(page, `/p/${world.projectId}/g/${world.v3}/files/public/logo.bin`),
  },
  {
    name: "file-blame",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/g/${world.v3}/files/src/lib/format-date.ts?view=blame`);
      await expect(page.getByRole("listitem").filter({ hasText: "v2" }).first()).toBeVisible();
    },
  },
  {
    name: "file-history",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/g/${world.v3}/files/src/lib/format-date.ts?view=history`);
      await expect(page.getByRole("list", { name: "Versions of this file" })).toBeVisible();
    },
  },
  {
    name: "file-open",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/g/${world.v3}/files`);
      await page.keyboard.press("t");
      await expect(page.getByRole("dialog")).toBeVisible();
      await page.keyboard.type("rout");
    },
  },
  {
    name: "file-lines",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/g/${world.v3}/files/src/server/router.ts?L=3-6`);
      await expect(page.getByRole("button", { name: "Copy link" })).toBeVisible();
      await expect(page.locator("[data-line][data-selected-line]").first()).toBeVisible();
    },
  },
  {
    name: "file-find",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/g/${world.v3}/files/src/server/router.ts`);
      await expect(page.locator("[data-line]").first()).toBeVisible();
      await page.keyboard.press("/");
      await expect(page.getByRole("textbox", { name: "Find in all lines" })).toBeFocused();
      await page.keyboard.type("compute");
      await expect(page.getByText(/of \d+/).first()).toBeVisible();
    },
  },
  {
    name: "file-missing",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/g/${world.v3}/files/src/lib/old-name.ts`);
      await expect(page.getByText("v3 moved it to src/lib/new-name.ts.")).toBeVisible();
    },
  },
  {
    name: "files-loading",
    open: ({ page, world }) => openLoading(page, `/p/${world.projectId}/g/${world.v3}/files`, "generation.files"),
  },
  {
    name: "files-failing",
    open: ({ page, world }) => openFailing(page, `/p/${world.projectId}/g/${world.v3}/files`, "generation.files"),
  },

  {
    name: "schema",
    isWide: true,
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/g/${world.v3}/schema`);
      await expect(page.getByRole("group", { name: /^Picture of/ })).toBeVisible();
    },
  },
  {
    name: "schema-list",
    isWide: true,
    open: ({ page, world }) => openLoaded(page, `/p/${world.projectId}/g/${world.v3}/schema?view=list`),
  },
  {
    name: "schema-chosen",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/g/${world.v3}/schema`);
      await page.getByRole("button", { name: /^Task;/ }).click();
      await expect(page.getByRole("region", { name: "Chosen: Task" })).toBeVisible();
    },
  },
  {
    name: "schema-loading",
    open: ({ page, world }) => openLoading(page, `/p/${world.projectId}/g/${world.v3}/schema`, "generation.codeSchema"),
  },
  {
    name: "schema-failing",
    open: ({ page, world }) => openFailing(page, `/p/${world.projectId}/g/${world.v3}/schema`, "generation.codeSchema"),
  },

  {
    name: "edit",
    isWide: true,
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/g/${world.v3}/edit/src/server/router.ts`);
      await expect(page.getByRole("textbox", { name: /^Text of/ })).toBeVisible();
    },
  },
  {
    name: "edit-new",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/g/${world.v3}/edit`);
      await expect(page.getByRole("textbox", { name: /^Text of/ })).toBeVisible();
    },
  },
  {
    name: "edit-binary",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/g/${world.v3}/edit/public/logo.bin`);
      await expect(page.getByText("This file is binary")).toBeVisible();
    },
  },
  {
    name: "edit-save",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/g/${world.v3}/edit/README.md`);
      await page.getByRole("textbox", { name: /^Text of/ }).click();
      await page.keyboard.press("ControlOrMeta+End");
      await page.keyboard.type("\nOne more line.\n");
      await page.keyboard.press("ControlOrMeta+s");
      await expect(page.getByRole("dialog").getByRole("button", { name: "Save version" })).toBeEnabled();
    },
  },
  {
    name: "edit-conflict",
    isWide: true,
    open: async ({ page, world }) => {
      // The active version changed the same line.
      await openLoaded(page, `/p/${world.projectId}/g/${world.v1}/edit/src/server/router.ts`);
      await page.getByRole("textbox", { name: /^Text of/ }).click();
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.insertText(lines("route").replace("route_2 = 2;", "route_2 = twice(1);"));
      await page.keyboard.press("ControlOrMeta+s");
      await page.getByRole("radio", { name: /^Onto v3/ }).check();
      await expect(page.getByRole("region", { name: "Conflicts" })).toBeVisible();
    },
  },
  {
    name: "edit-moved",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/g/${world.v1}/edit/README.md`);
      await page.getByRole("textbox", { name: /^Text of/ }).click();
      await page.keyboard.press("ControlOrMeta+End");
      await page.keyboard.type("One more line.\n");
      await page.keyboard.press("ControlOrMeta+s");
      await page.getByRole("radio", { name: /^Onto v3/ }).check();
      await expect(page.getByRole("dialog").getByRole("button", { name: "Save version" })).toBeEnabled();
    },
  },
  {
    name: "edit-loading",
    open: ({ page, world }) =>
      openLoading(page, `/p/${world.projectId}/g/${world.v3}/edit/README.md`, "generation.file"),
  },
  {
    name: "edit-failing",
    open: ({ page, world }) =>
      openFailing(page, `/p/${world.projectId}/g/${world.v3}/edit/README.md`, "generation.file"),
  },

  {
    name: "history",
    isWide: true,
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/history`);
      await expect(page.getByRole("list", { name: "Versions" }).getByRole("listitem")).toHaveCount(4);
    },
  },
  {
    name: "history-filter-fits-none",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/history`);
      await page.getByRole("searchbox", { name: "Filter versions" }).fill("nothing like it");
      await expect(page.getByText("No version fits the filter")).toBeVisible();
    },
  },
  {
    name: "history-loading",
    open: ({ page, world }) => openLoading(page, `/p/${world.projectId}/history`, "generation.list"),
  },
  {
    name: "history-failing",
    open: ({ page, world }) => openFailing(page, `/p/${world.projectId}/history`, "generation.list"),
  },

  {
    name: "iterate-earlier-drafts",
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/g/${world.v3}?iterate=1`);
      await page
        .getByLabel("What should change")
        .fill(
          "A draft that was not sent: add a priority to tasks, and sort the list of tasks by it, the most urgent first",
        );
      await openLoaded(page, `/p/${world.projectId}/runs/${world.runs.failed}`);
      await page.getByRole("link", { name: "Edit prompt" }).click();
      await expect(page.getByRole("list", { name: "Earlier drafts" })).toBeVisible();
    },
  },
  {
    name: "run-done",
    isWide: true,
    open: ({ page, world }) => openLoaded(page, `/p/${world.projectId}/runs/${world.runs.done}`),
  },
  {
    name: "run-failed",
    open: ({ page, world }) => openLoaded(page, `/p/${world.projectId}/runs/${world.runs.failed}`),
  },
  {
    name: "run-held",
    isWide: true,
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/runs/${world.runs.held}`);
      await expect(page.getByRole("group", { name: /^Decision on/ }).first()).toBeVisible();
      // The browser computes the colours of unsaved text.
      await expect(page.locator('[data-line] [style*="--diffs-token"]').first()).toBeVisible();
    },
  },
  {
    name: "run-live",
    open: async ({ page, api, model, world }) => {
      model.play({
        secondHalf: never,
        toolCalls: [writeFile("src/live-one.ts", lines("live")), writeFile("src/live-two.ts", lines("live")), finish()],
      });
      const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
        parentGenerationId: world.v2,
        prompt: "Add two files, slowly",
        model: scriptedModel,
        mode: "classic",
      });
      await page.goto(`/p/${world.projectId}/runs/${runId}`);
      await expect(page.getByText("src/live-one.ts").first()).toBeVisible();
    },
  },
  {
    name: "run-live-difference",
    isWide: true,
    open: async ({ page, api, model }) => {
      const { projectId, generationId } = await api.importProject({
        name: "Live difference",
        files: { "src/first.ts": lines("first") },
      });
      const edits = [
        { oldText: "first_2 = 2;", newText: "first_2 = compute(2);" },
        { oldText: "first_40 = 40;", newText: "first_40 = compute(40);" },
      ];
      model.play({
        secondHalf: never,
        toolCalls: [
          { name: "edit_file", arguments: { path: "src/first.ts", edits } },
          writeFile("src/live-two.ts", lines("live")),
          finish(),
        ],
      });
      const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
        parentGenerationId: generationId,
        prompt: "Edit a file, then write another one",
        model: scriptedModel,
        mode: "classic",
      });
      await page.goto(`/p/${projectId}/runs/${runId}`);
      await page.getByRole("button", { name: /^src\/first\.ts.*(written|applied)/ }).click({ timeout: 50_000 });
      const surface = page.getByRole("region", { name: "Differences of src/first.ts" });
      await expect(surface).toContainText("compute(40)");
      // Its header begins where the surface does.
      const tops = await Promise.all(
        [surface, surface.getByText("Compared with the parent")].map(
          async (part) => (await part.boundingBox())?.y ?? 0,
        ),
      );
      expect(Math.abs((tops[1] ?? 0) - (tops[0] ?? 0))).toBeLessThanOrEqual(1);
    },
  },
  {
    name: "run-cancelled",
    open: async ({ page, api, model, world }) => {
      model.play({ secondHalf: never, toolCalls: [writeFile("src/live-one.ts", lines("live")), finish()] });
      const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
        parentGenerationId: world.v2,
        prompt: "Add one file, slowly",
        model: scriptedModel,
        mode: "classic",
      });
      await page.goto(`/p/${world.projectId}/runs/${runId}`);
      await expect(page.getByText("src/live-one.ts").first()).toBeVisible();
      await page.getByRole("button", { name: /^(Cancel|Stop)/ }).click();
      await api.waitForRun(runId);
      await expect(page.getByRole("button", { name: /Retry/ })).toBeVisible();
    },
  },
  {
    name: "runs",
    isWide: true,
    open: async ({ page, world }) => {
      await openLoaded(page, `/p/${world.projectId}/runs`);
      await expect(
        page.getByRole("table", { name: "Runs" }).getByRole("link", { name: "Tidy up the router" }),
      ).toBeVisible();
    },
  },
  {
    name: "runs-none",
    open: async ({ page, api }) => {
      const { projectId } = await api.importProject({ name: "Without a run", files: { "a.txt": "a\n" } });
      await openLoaded(page, `/p/${projectId}/runs`);
      await expect(page.getByText("No run yet")).toBeVisible();
    },
  },
  { name: "runs-loading", open: ({ page, world }) => openLoading(page, `/p/${world.projectId}/runs`, "run.list") },
  { name: "runs-failing", open: ({ page, world }) => openFailing(page, `/p/${world.projectId}/runs`, "run.list") },
  {
    name: "run-loading",
    open: ({ page, world }) => openLoading(page, `/p/${world.projectId}/runs/${world.runs.done}`, "run.get"),
  },
  {
    name: "run-failing",
    open: ({ page, world }) => openFailing(page, `/p/${world.projectId}/runs/${world.runs.done}`, "run.get"),
  },
];
