import { readFile } from "node:fs/promises";
import { buildArchive } from "../../server/testing/build-archive.ts";
import { readArchive } from "../../server/testing/read-archive.ts";
import { buildZip } from "../../server/testing/build-zip.ts";
import { expectAccessible } from "../support/expect-accessible.ts";
import { expect, finish, test, writeFile } from "../support/fixtures.ts";
import { tabTo } from "../support/tab-to.ts";

const files: Record<string, string | Uint8Array> = {
  "README.md": "# Imported\r\n\r\nWith CRLF.\r\n",
  "src/no-final-newline.ts": "export const a = 1;",
  "src/bom.txt": "\uFEFFtext\n",
  "src/[slug]/page.tsx": "export default function Page() {\n  return null;\n}\n",
  "assets/pixel.bin": new Uint8Array([0, 1, 2, 254, 255]),
  "empty.txt": "",
};

test("a project is imported, changed and downloaded, and all other bytes are unchanged", async ({
  page,
  api,
  model,
}) => {
  await page.goto("/");
  await page
    .getByLabel("Zip or bundle to import")
    .first()
    .setInputFiles({
      name: "imported-project.zip",
      mimeType: "application/zip",
      buffer: Buffer.from(await buildArchive(files)),
    });
  const check = page.getByRole("dialog", { name: "Import imported-project" });
  await expect(check.getByText("6 files, ")).toBeVisible();
  await check.getByRole("button", { name: "Create project" }).click();
  await page.waitForURL(/\/p\/[^/]+\/g\//);
  await expect(page.getByText("6 files: 6 added").first()).toBeVisible();

  model.play({ toolCalls: [writeFile("src/new.ts", "export const b = 2;\n"), finish("Added b.")] });
  const generationId = /\/g\/([^/?]+)/.exec(page.url())?.[1] ?? "";
  const run = await api.iterate({ parentGenerationId: generationId, prompt: "Add b" });
  await page.goto(page.url().replace(generationId, run.generationId ?? ""));
  await expect(page.getByText("7 files: 6 kept, 1 added").first()).toBeVisible();

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download zip" }).click();
  const downloaded = await readArchive(new Uint8Array(await readFile(await (await download).path())));
  const expected = { ...files, "src/new.ts": "export const b = 2;\n" };
  expect([...downloaded.keys()].sort()).toEqual(Object.keys(expected).sort());
  for (const [path, content] of Object.entries(expected))
    expect(Buffer.from(downloaded.get(path) ?? []).equals(Buffer.from(content)), path).toBe(true);
});

test("a path that leaves the project is shown with its reason, and nothing is stored", async ({ page, api }) => {
  const before = (await api.query<{ items: unknown[] }>("project.list", {})).items.length;
  await page.goto("/");
  const hostile = Buffer.from(await buildArchive({ "xx/evil.txt": "x" }));
  // yazl refuses to write such a name, so the bytes are patched.
  for (let at = hostile.indexOf("xx/evil.txt"); at !== -1; at = hostile.indexOf("xx/evil.txt", at))
    hostile.write("../evil.txt", at);
  await page
    .getByLabel("Zip or bundle to import")
    .first()
    .setInputFiles({ name: "hostile.zip", mimeType: "application/zip", buffer: hostile });
  const check = page.getByRole("dialog", { name: "Import hostile" });
  await expect(check.getByText("../evil.txt", { exact: false })).toBeVisible();
  await expect(check.getByRole("button", { name: "Create project" })).toBeDisabled();
  await check.getByRole("button", { name: "Cancel" }).click();
  await expect(check).toBeHidden();
  expect((await api.query<{ items: unknown[] }>("project.list", {})).items).toHaveLength(before);
});

test("a project is imported and downloaded with the keyboard alone", async ({ page }) => {
  await page.goto("/new");
  // Waited for from here on, because the browser needs a moment to intercept it.
  const chooser = page.waitForEvent("filechooser");
  await tabTo({ page, target: page.getByRole("button", { name: "Import zip or bundle" }) });
  await page.keyboard.press("Enter");
  await (
    await chooser
  ).setFiles({ name: "by-keyboard.zip", mimeType: "application/zip", buffer: Buffer.from(await buildArchive(files)) });
  await expect(page.getByRole("button", { name: "Create project" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/p\/[^/]+\/g\//);
  await expect(page.getByText("6 files: 6 added").first()).toBeVisible();
  await tabTo({ page, target: page.getByRole("link", { name: "Download zip" }) });
  const download = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  const downloaded = await readArchive(new Uint8Array(await readFile(await (await download).path())));
  expect([...downloaded.keys()].sort()).toEqual(Object.keys(files).sort());
});

test("a repository is imported with links, a large text and an emoji in a name, without what the user skips", async ({
  page,
  api,
}) => {
  const archive = buildZip([
    { name: "tool-main/README.md", content: "# Tool\n" },
    { name: "tool-main/run.sh", content: "#!/bin/sh\n", mode: 0o100755 },
    { name: "tool-main/CLAUDE.md", content: "README.md", mode: 0o120777 },
    { name: "tool-main/docs/⚠️ notes.md", content: "careful\n" },
    { name: "tool-main/data/big.json", content: `[\n${'"a line of data",\n'.repeat(200_000)}0]\n` },
    { name: "tool-main/examples/a.txt", content: "a" },
    { name: "tool-main/examples/b.txt", content: "b" },
    { name: "tool-main/leaves", content: "../../etc/passwd", mode: 0o120777 },
    { name: "tool-main/node_modules/x/index.js", content: "x" },
    { name: "__MACOSX/tool-main/._README.md", content: "x" },
  ]);
  await page.setViewportSize({ width: 400, height: 800 });
  await page.goto("/new");
  await page
    .getByLabel("Zip or bundle to import")
    .setInputFiles({ name: "tool.zip", mimeType: "application/zip", buffer: Buffer.from(archive) });
  const check = page.getByRole("dialog", { name: "Import tool" });
  await expect(check.getByText("leads out of the project")).toBeVisible();
  await check.getByRole("switch", { name: "Leave these out and continue" }).check();
  await check.getByRole("checkbox", { name: "examples/" }).uncheck();
  await expect(check.getByText("5 files, ")).toBeVisible();
  await expect(check.getByText("1 executable and 1 symbolic link")).toBeVisible();
  await expect(check.getByRole("switch", { name: "Leave out dependencies" })).toBeChecked();
  await expectAccessible(page);
  await check.getByRole("button", { name: "Create project" }).click();

  await page.waitForURL(/\/p\/[^/]+\/g\//);
  // A version's counts are shown if there is room.
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(page.getByText("5 files: 5 added").first()).toBeVisible();
  await page.getByText("4 entries were left out").click();
  for (const path of ["examples/", "leaves", "node_modules/", "__MACOSX/"])
    await expect(page.getByText(path, { exact: true })).toBeVisible();

  const generationId = /\/g\/([^/?]+)/.exec(page.url())?.[1] ?? "";
  const { items } = await api.query<{ items: { path: string; mode: string }[] }>("generation.files", { generationId });
  expect(items.map(({ path, mode }) => `${mode} ${path}`)).toEqual([
    "120000 CLAUDE.md",
    "100644 README.md",
    "100644 data/big.json",
    "100644 docs/⚠️ notes.md",
    "100755 run.sh",
  ]);
});

test("an import check is cancelled during the upload, and the same file may be chosen again", async ({ page }) => {
  await page.goto("/new");
  const archive = Buffer.from(await buildArchive(files));
  const held = Promise.withResolvers<void>();
  await page.route("**/api/projects/import/check*", async (route) => {
    await held.promise;
    await route.abort();
  });
  const choose = () =>
    page
      .getByLabel("Zip or bundle to import")
      .setInputFiles({ name: "again.zip", mimeType: "application/zip", buffer: archive });
  await choose();
  const check = page.getByRole("dialog", { name: "Import again" });
  await expect(check.getByRole("progressbar")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(check).toBeHidden();
  held.resolve();
  await page.unrouteAll({ behavior: "wait" });
  await choose();
  await expect(check.getByRole("button", { name: "Create project" })).toBeEnabled();
});
