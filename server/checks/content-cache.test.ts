import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { hashContent } from "#server/core/content-hash.ts";
import type { FileTree } from "#server/core/file-tree.ts";
import { createContentCache } from "./content-cache.ts";

let directory = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "graft-cache-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const contents = new Map<ContentHash, Uint8Array>();
const loadContents = async (hashes: readonly ContentHash[]) =>
  new Map(
    hashes.flatMap((hash) => {
      const content = contents.get(hash);
      return content === undefined ? [] : [[hash, content] as const];
    }),
  );

function build(files: Readonly<Record<string, { text: string; mode?: FileMode }>>): FileTree {
  return new Map(
    Object.entries(files).map(([path, { text, mode = "100644" }]) => {
      const content = new TextEncoder().encode(text);
      const contentHash = hashContent(content);
      contents.set(contentHash, content);
      return [path as FilePath, { contentHash, sizeBytes: content.length, isBinary: false, mode }];
    }),
  );
}

const thousand = (changed: number) =>
  build(
    Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [
        `src/folder-${index % 20}/file-${index}.ts`,
        { text: `export const value = ${index < changed ? -index - 1 : index};\n`.repeat(20) },
      ]),
    ),
  );

async function write(name: string, tree: FileTree) {
  const folder = join(directory, name);
  await mkdir(folder);
  return {
    folder,
    ...(await createContentCache({ directory: join(directory, "cache") }).writeTree({
      tree,
      folder,
      user: null,
      loadContents,
    })),
  };
}

test("a version with 5 changed of 1,000 files loads 5", async () => {
  expect((await write("first", thousand(0))).loadedCount).toBe(1_000);
  const { folder, loadedCount } = await write("second", thousand(5));
  expect(loadedCount).toBe(5);
  expect(await readFile(join(folder, "src/folder-4/file-4.ts"), "utf8")).toContain("= -5;");
});

test("modes, links and folders are as in the version", async () => {
  const { folder } = await write(
    "modes",
    build({
      "run.sh": { text: "#!/bin/sh\n", mode: "100755" },
      "a/b/c.txt": { text: "" },
      "a/link": { text: "b/c.txt", mode: "120000" },
    }),
  );
  expect((await stat(join(folder, "run.sh"))).mode & 0o777).toBe(0o755);
  expect(await readlink(join(folder, "a/link"))).toBe("b/c.txt");
  expect(await readdir(folder, { recursive: true })).toHaveLength(5);
});

test("writes to a version's file do not affect the next version", async () => {
  const tree = build({ "a.txt": { text: "as stored" } });
  const { folder } = await write("first", tree);
  await writeFile(join(folder, "a.txt"), "changed", { flag: "r+" });
  const next = await write("second", tree);
  expect(next.loadedCount).toBe(0);
  expect(await readFile(join(next.folder, "a.txt"), "utf8")).toBe("as stored");
});

test("a content truncated by a power failure is loaded again", async () => {
  const tree = build({ "a.txt": { text: "as stored" } });
  await write("first", tree);
  const [hash = ""] = Array.from(tree.values(), ({ contentHash }) => contentHash);
  await writeFile(join(directory, "cache", hash.slice(0, 2), hash), "");
  const next = await write("second", tree);
  expect(next.loadedCount).toBe(1);
  expect(await readFile(join(next.folder, "a.txt"), "utf8")).toBe("as stored");
});

test("a content that is not stored is reported", async () => {
  const tree = build({ "a.txt": { text: "gone" } });
  contents.clear();
  await expect(write("first", tree)).rejects.toThrow("1 files could not be written.");
});
