import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeDataDirectory } from "./make-data-directory.ts";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "graft-data-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test("creates everything that is missing, and accepts what exists", async () => {
  const dataDir = join(directory, "a/b/c");
  await Promise.all([makeDataDirectory(dataDir), makeDataDirectory(dataDir)]);
  await makeDataDirectory(dataDir);
  expect(statSync(dataDir).isDirectory()).toBe(true);
});

test.each([
  ["file", (path: string) => `The data directory ${path} is a file. Nothing was changed.`],
  ["file/below/it", (path: string) => `The data directory ${path} is below`],
  ["x".repeat(300), () => "its path is too long"],
])("refuses %s with a message", async (name, sentence) => {
  writeFileSync(join(directory, "file"), "");
  const dataDir = join(directory, name);
  await expect(makeDataDirectory(dataDir)).rejects.toThrow(sentence(dataDir));
  await expect(makeDataDirectory(dataDir)).rejects.toThrow("Set GRAFT_DATA_DIR to a directory");
  expect(readdirSync(directory)).toEqual(["file"]);
});

test.runIf(process.platform === "linux")(
  "fails with a message below /proc, and on a read-only file system",
  async () => {
    await expect(makeDataDirectory("/proc/graft/data")).rejects.toThrow(
      "The data directory /proc/graft/data cannot be used: /proc/graft cannot be made there.",
    );
  },
);
