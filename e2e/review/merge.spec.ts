import { expectAccessible } from "../support/expect-accessible.ts";
import { expect, test, type ProjectApi } from "../support/fixtures.ts";
import { tabTo } from "../support/tab-to.ts";
import { workOf } from "../support/work-of.ts";

const textFiles = { "a.txt": "1\n2\n3\n4\n5\n", "b.txt": "b\n" };

/** v2, which is active, and v3 with the same parent, each with its own changes. */
async function makeBranches({
  api,
  name,
  files = textFiles,
  ours,
  theirs,
}: {
  api: ProjectApi;
  name: string;
  files?: Record<string, string>;
  ours: object[];
  theirs: object[];
}) {
  const { projectId, generationId } = await api.importProject({ name, files });
  const edit = async (operations: object[]) =>
    (
      await api.mutate<{ generationId: string }>("generation.edit", {
        parentGenerationId: generationId,
        changeSet: { operations },
      })
    ).generationId;
  const head = await edit(ours);
  return { projectId, head, branch: await edit(theirs) };
}

const write = (path: string, content: string) => ({ type: "write", path, content });

async function readHeadText({
  api,
  projectId,
  path,
}: {
  api: ProjectApi;
  projectId: string;
  path: string;
}): Promise<string> {
  return (
    await api.query<{ content: string }>("generation.file", { generationId: await api.readHead(projectId), path })
  ).content;
}

test("a branch is merged into the active version, and the user decides a conflict", async ({ page, api }) => {
  const { projectId, branch } = await makeBranches({
    api,
    name: "Merge",
    ours: [{ type: "edit", path: "a.txt", edits: [{ oldText: "1", newText: "one" }] }, write("b.txt", "ours\n")],
    theirs: [
      { type: "edit", path: "a.txt", edits: [{ oldText: "5", newText: "five" }] },
      write("b.txt", "theirs\n"),
      write("new.txt", "new\n"),
    ],
  });
  await page.goto(`/p/${projectId}/g/${branch}`);
  await page.getByRole("link", { name: "Merge into v2" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Merge v3 into v2" })).toBeVisible();
  await expect(page.getByText("1 put together of both, 1 in conflict")).toBeVisible();
  await expect(workOf(page).getByRole("radio", { checked: true })).toHaveCount(0);
  // The ancestor's text is beside both sides.
  const place = page.getByRole("region", { name: "Conflict 1 of 1 in b.txt" });
  await expect(place.getByRole("group", { name: "Lines, v1, before both" })).toHaveText("b\n");
  await expect(page.getByRole("region", { name: /^Differences: Conflicts/ })).toContainText("theirs");
  await page.screenshot({ path: "e2e/screenshots/merge-conflict.png" });
  await page.getByRole("group", { name: "Decision on b.txt" }).getByRole("radio", { name: "Take v3" }).check();
  await expect(page.getByRole("region", { name: "Result" }).getByRole("status")).toHaveText(
    "Result: 1 of 1 conflict decided, checked: it fits together",
  );
  await page.getByRole("button", { name: "Merge", exact: true }).click();
  await page.waitForURL(/\/review/);
  // The review of a merge distinguishes files taken from the branch from combined ones.
  const surface = page.getByRole("region", { name: /Differences of v4/ });
  await expect(surface.getByText("combined from both sides")).toBeVisible();
  await expect(surface.getByText("resolved by you")).toBeVisible();
  await expect(surface.getByText("from the branch")).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/merge-origins.png" });
  await page.getByRole("button", { name: "Combined" }).click();
  await expect(page.getByRole("navigation", { name: "Files of this comparison" }).getByRole("listitem")).toHaveCount(2);
  expect([
    await readHeadText({ api, projectId, path: "a.txt" }),
    await readHeadText({ api, projectId, path: "b.txt" }),
  ]).toEqual(["one\n2\n3\n4\nfive\n", "theirs\n"]);
  expect(
    (await api.query<{ kind: string }>("generation.get", { generationId: (await api.readHead(projectId)) ?? "" })).kind,
  ).toBe("merge");
});

test("each hunk of a conflict is decided on, with both sides or by hand, and previewed before it is stored, with the keyboard alone", async ({
  page,
  api,
}) => {
  const { projectId, branch } = await makeBranches({
    api,
    name: "Merge by place",
    ours: [write("a.txt", "ONE\n2\n3\n4\nOURS\n"), write("b.txt", "ours\n")],
    theirs: [write("a.txt", "eins\n2\n3\n4\nTHEIRS\n"), { type: "delete", path: "b.txt" }],
  });
  await page.goto(`/p/${projectId}/g/${branch}`);
  await tabTo({ page, target: page.getByRole("link", { name: "Merge into v2" }) });
  await page.keyboard.press("Enter");
  const [first, second] = [1, 2].map((place) => page.getByRole("region", { name: `Conflict ${place} of 2 in a.txt` }));
  if (first === undefined || second === undefined) throw new Error("Two places are looked at.");
  const result = page.getByRole("region", { name: "Result" }).getByRole("status");
  await expect(first).toBeVisible();
  await expect(result).toHaveText("Result: 0 of 3 conflicts decided, 3 open, checked so far: it fits together");

  await page.keyboard.press("F8");
  await expect(page.getByLabel("What the keys decide on")).toContainText("of a.txt");
  await page.keyboard.press("Shift+B");
  await expect(first.getByRole("radio", { name: "v3 + v2" })).toBeChecked();
  await expect(first.getByRole("group", { name: "Lines, Result" })).toHaveText("eins\nONE\n");
  await page.keyboard.press("F8");
  await page.keyboard.press("b");
  await expect(second.getByRole("radio", { name: "v2 + v3" })).toBeChecked();
  await expect(result).toHaveText("Result: 2 of 3 conflicts decided, 1 open, checked so far: it fits together");

  // By hand, starting from the decision.
  await tabTo({ page, target: second.getByRole("radio", { name: "v2 + v3" }) });
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(second.getByRole("radio", { name: "Edit" })).toBeChecked();
  const own = second.getByRole("textbox", { name: "Result, Conflict 2 of 2 in a.txt" });
  await expect(own).toHaveValue("THEIRS\nOURS\n");
  await tabTo({ page, target: own });
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("by hand");
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/merge-places.png" });

  // Decisions survive a reload.
  await page.reload();
  await expect(own).toHaveValue("by hand\n");
  await expect(result).toHaveText("Result: 2 of 3 conflicts decided, 1 open, checked so far: it fits together");
  await page.keyboard.press("F8");
  await expect(page.getByLabel("What the keys decide on")).toHaveText(/b\.txt$/);
  await page.keyboard.press("r");
  await expect(result).toHaveText("Result: 3 of 3 conflicts decided, checked: it fits together");
  await page.keyboard.press("a");
  await page.keyboard.press("ControlOrMeta+Enter");
  await page.waitForURL(/\/review/);
  expect(await readHeadText({ api, projectId, path: "a.txt" })).toBe("eins\nONE\n2\n3\n4\nby hand\n");
  expect((await api.readFiles((await api.readHead(projectId)) ?? "")).map(({ path }) => path)).toEqual(["a.txt"]);
});

test("F8 goes to the open conflicts, and then to the findings in the result, with the keyboard alone", async ({
  page,
  api,
}) => {
  const { projectId, branch } = await makeBranches({
    api,
    name: "Merge with a finding",
    files: { "a.ts": 'import { rate } from "./b.ts";\nexport const tax = rate;\n', "b.ts": "export const rate = 1;\n" },
    ours: [write("a.ts", 'import { rate } from "./b.ts"; // in percent\nexport const tax = rate;\n')],
    theirs: [write("a.ts", "const rate = 1;\nexport const tax = rate;\n"), { type: "delete", path: "b.ts" }],
  });
  await page.goto(`/p/${projectId}/merge/${branch}`);
  const where = page.getByRole("status", { name: "Where you are" });
  const counted = page.getByRole("group", { name: "open conflicts" });
  await expect(counted).toContainText("1 open conflict");
  await page.keyboard.press("F8");
  await expect(where).toContainText("Open conflict 1 of 1");
  await page.keyboard.press("r");
  await expect(counted).toHaveCount(0);
  await expect(page.getByRole("group", { name: "findings" })).toContainText("1 finding");
  await page.keyboard.press("F8");
  await expect(where).toContainText("Finding 1 of 1");
  await page.keyboard.press("F8");
  await expect(where).toContainText("No other finding that way");
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/merge-finding.png" });
});

test("if another version became active meanwhile, nothing is merged and the conflicts are refetched", async ({
  page,
  api,
}) => {
  const { projectId, head, branch } = await makeBranches({
    api,
    name: "Merge too late",
    ours: [write("b.txt", "ours\n")],
    theirs: [write("b.txt", "theirs\n")],
  });
  await page.goto(`/p/${projectId}/merge/${branch}`);
  await page.getByRole("group", { name: "Decision on b.txt" }).getByRole("radio", { name: "Take v3" }).check();
  const { generationId: v4 } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: head,
    changeSet: { operations: [write("b.txt", "newer\n")] },
  });
  await page.getByRole("button", { name: "Merge", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Merge v3 into v4" })).toBeVisible();
  await expect(page.getByRole("region", { name: /^Differences: Conflicts/ })).toContainText("newer");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Nothing was merged.");
  await expect(page.getByRole("region", { name: "Result" }).getByRole("status")).toHaveText(
    "Result: 0 of 1 conflict decided, 1 open, checked so far: it fits together",
  );
  expect(await api.readHead(projectId)).toBe(v4);
});
