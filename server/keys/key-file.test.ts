import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ensureKeyFile, readKeyFile } from "./key-file.ts";

async function makePath(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "graft-key-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  return join(directory, "data", "provider-keys.key");
}

test("the file is readable only by its owner, and its key persists", async () => {
  const path = await makePath();
  expect(await readKeyFile(path)).toBeNull();
  const key = await ensureKeyFile(path);
  expect(key).toHaveLength(32);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await ensureKeyFile(path)).toEqual(key);
  expect(await readKeyFile(path)).toEqual(key);
});

test("concurrent creators of the file all get the same key, and no draft is left", async () => {
  const path = await makePath();
  const keys = await Promise.all(Array.from({ length: 20 }, () => ensureKeyFile(path)));
  expect(new Set(keys.map((key) => key.toString("hex"))).size).toBe(1);
  expect(await readdir(join(path, ".."))).toEqual(["provider-keys.key"]);
});

test("a file that others can read, or that contains no key, is refused and left unchanged", async () => {
  const path = await makePath();
  await ensureKeyFile(path);
  const before = await readFile(path);
  await chmod(path, 0o644);
  await expect(ensureKeyFile(path)).rejects.toMatchObject({
    code: "KEY_FILE_UNUSABLE",
    message: `The file that protects stored keys cannot be used: others can read it. Run: chmod 600 ${path}. Nothing was changed.`,
  });
  expect(await readFile(path)).toEqual(before);
  await chmod(path, 0o600);
  await writeFile(path, "abc");
  await expect(readKeyFile(path)).rejects.toMatchObject({ code: "KEY_FILE_UNUSABLE" });
});
