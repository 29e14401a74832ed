import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createGitClient } from "../../server/testing/git/git-client.ts";
import { expect, finish, scriptedModel, test, writeFile as writeCall } from "../support/fixtures.ts";

test("a user clones with the copied command, pushes, iterates, pulls, merges and pushes, and downloads the history", async ({
  page,
  context,
  api,
  model,
}) => {
  const client = await createGitClient();
  const { projectId, generationId } = await api.importProject({ name: "With git", files: { "a.txt": "one\n" } });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`/p/${projectId}/history`);
  await page.getByRole("button", { name: "Clone" }).click();
  await expect(page.getByText("The git clone command is copied")).toBeVisible();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  const [, address = ""] = /^git clone (\S+)$/.exec(command) ?? [];
  await client.git(["clone", "--quiet", address, "clone"]);
  const inClone = (...args: string[]) => client.git(args, { in: "clone" });

  await writeFile(join(client.directory, "clone/a.txt"), "two\n");
  await inClone("commit", "--quiet", "--all", "--message", "Change a by hand");
  await inClone("push", "--quiet");
  await page.reload();
  const row = page.getByRole("list", { name: "Versions" }).getByRole("listitem").first();
  await expect(row).toContainText("Change a by hand");
  await expect(row).toContainText("Ada");
  await expect(row).toContainText(await inClone("rev-parse", "--short=7", "HEAD"));

  const { items } = await api.query<{ items: { generationId: string }[] }>("generation.list", { projectId });
  expect(items.at(-1)?.generationId).toBe(generationId);
  model.play({ toolCalls: [writeCall("b.txt", "b\n"), finish("Added b.")] });
  await page.getByRole("textbox", { name: "What should change" }).fill("Add b");
  await page.getByLabel("Model").first().selectOption(scriptedModel);
  await page.getByRole("button", { name: "Iterate", exact: true }).click();
  await expect(page.getByRole("region", { name: /v3 is stored/ })).toBeVisible();
  await inClone("pull", "--quiet", "--ff-only");
  expect(await inClone("fsck", "--full", "--strict")).toBe("");

  // Work on both sides: git merges, and the merge is a version.
  model.play({ toolCalls: [writeCall("c.txt", "c\n"), finish("Added c.")] });
  const head = (await api.readHead(projectId)) ?? "";
  await api.iterate({ parentGenerationId: head, prompt: "Add c" });
  await writeFile(join(client.directory, "clone/a.txt"), "three\n");
  await inClone("commit", "--quiet", "--all", "--message", "Change a again");
  await expect(inClone("push", "--quiet")).rejects.toThrow(/git pull|fetch first/);
  await inClone("pull", "--quiet", "--no-rebase", "--no-edit");
  await inClone("push", "--quiet");
  const merged = (await api.readHead(projectId)) ?? "";
  expect((await api.readFiles(merged)).map(({ path }) => path)).toEqual(["a.txt", "b.txt", "c.txt"]);
  await page.goto(`/p/${projectId}/history`);
  await expect(row).toContainText(await inClone("rev-parse", "--short=7", "HEAD"));
  await expect(row).toContainText("Merge branch");

  await page.goto(`/p/${projectId}/g/${generationId}`);
  await page.getByRole("button", { name: "Show commit id" }).click();
  await expect(page.getByText(await inClone("rev-list", "--max-parents=0", "HEAD"))).toBeVisible();
  await page.getByRole("button", { name: "Copy the commit id of v1" }).click();
  await expect(page.getByText("The commit id of v1 is copied")).toBeVisible();
  const commitId = await page.evaluate(() => navigator.clipboard.readText());

  // The commit id finds its version in the history, and in the palette on another version's page.
  await page.goto(`/p/${projectId}/history`);
  await page.getByRole("searchbox", { name: "Filter versions" }).fill(commitId);
  const rows = page.getByRole("list", { name: "Versions" }).getByRole("listitem");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("v1");
  await page.getByRole("searchbox", { name: "Filter versions" }).fill("");
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog");
  await expect(palette).toBeVisible();
  await page.keyboard.type("copy commit");
  await palette.getByRole("option", { name: "Copy commit id" }).click();
  await expect(page.getByText("The commit id of v6 is copied")).toBeVisible();
  await expect(palette).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+k");
  await palette.getByRole("combobox").fill(commitId.slice(0, 12));
  await palette.getByRole("option", { name: "v1" }).click();
  await expect(page).toHaveURL(`/p/${projectId}/g/${generationId}`);
  await page.goto(`/p/${projectId}/history`);

  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download history" }).click();
  await (await downloading).saveAs(join(client.directory, "history.bundle"));
  await client.git(["clone", "--quiet", "history.bundle", "other"]);
  expect(await client.git(["rev-list", "HEAD"], { in: "other" })).toBe(await inClone("rev-list", "HEAD"));
  await client.remove();
});
