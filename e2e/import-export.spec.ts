import { readFile } from "node:fs/promises";
import { buildArchive } from "../server/testing/build-archive.ts";
import { readArchive } from "../server/testing/read-archive.ts";
import { expect, finish, test, writeFile } from "./fixtures.ts";
import { tabTo } from "./tab-to.ts";

const files: Record<string, string | Uint8Array> = {
  "README.md": "# Imported\r\n\r\nWith CRLF.\r\n",
  "src/no-final-newline.ts": "export const a = 1;",
  "src/bom.txt": "\uFEFFtext\n",
  "src/[slug]/page.tsx": "export default function Page() {\n  return null;\n}\n",
  "assets/pixel.bin": new Uint8Array([0, 1, 2, 254, 255]),
  "empty.txt": "",
};

test("a project is imported, changed and downloaded, and every other byte is as it was", async ({
  page,
  api,
  model,
}) => {
  await page.goto("/");
  await page
    .getByLabel("Zip file to import")
    .first()
    .setInputFiles({
      name: "imported-project.zip",
      mimeType: "application/zip",
      buffer: Buffer.from(await buildArchive(files)),
    });
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

test("an archive with a path that leaves the project is refused with its reason, and nothing is stored", async ({
  page,
  api,
}) => {
  const before = (await api.query<{ items: unknown[] }>("project.list", {})).items.length;
  await page.goto("/");
  const hostile = Buffer.from(await buildArchive({ "xx/evil.txt": "x" }));
  // yazl refuses to write such a name, so it is put into the bytes.
  for (let at = hostile.indexOf("xx/evil.txt"); at !== -1; at = hostile.indexOf("xx/evil.txt", at))
    hostile.write("../evil.txt", at);
  await page
    .getByLabel("Zip file to import")
    .first()
    .setInputFiles({ name: "hostile.zip", mimeType: "application/zip", buffer: hostile });
  await expect(page.getByRole("alert").first()).toContainText("Nothing was imported");
  expect((await api.query<{ items: unknown[] }>("project.list", {})).items).toHaveLength(before);
});

test("a project is imported and downloaded with the keyboard alone", async ({ page }) => {
  await page.goto("/new");
  // Waited for from here on: the browser is told to hand it over, and takes a moment to.
  const chooser = page.waitForEvent("filechooser");
  await tabTo({ page, target: page.getByRole("button", { name: "Import zip" }) });
  await page.keyboard.press("Enter");
  await (
    await chooser
  ).setFiles({ name: "by-keyboard.zip", mimeType: "application/zip", buffer: Buffer.from(await buildArchive(files)) });
  await page.waitForURL(/\/p\/[^/]+\/g\//);
  await expect(page.getByText("6 files: 6 added").first()).toBeVisible();
  await tabTo({ page, target: page.getByRole("link", { name: "Download zip" }) });
  const download = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  const downloaded = await readArchive(new Uint8Array(await readFile(await (await download).path())));
  expect([...downloaded.keys()].sort()).toEqual(Object.keys(files).sort());
});
