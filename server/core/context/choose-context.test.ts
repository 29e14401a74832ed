import { describe, expect, test } from "vitest";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import type { FileTree } from "#server/core/file-tree.ts";
import { chooseContext } from "./choose-context.ts";

function treeOf(sizes: Record<string, number>): FileTree {
  return new Map(
    Object.entries(sizes).map(([path, sizeBytes]) => [
      path as FilePath,
      {
        contentHash: "0".repeat(64) as ContentHash,
        sizeBytes,
        isBinary: path.endsWith(".png"),
        mode: "100644" as const,
      },
    ]),
  );
}

function visibilities(receipt: ReturnType<typeof chooseContext>): Record<string, string> {
  return Object.fromEntries(receipt.files.map(({ path, visibility }) => [path, visibility]));
}

describe("chooseContext", () => {
  test("shows a small project in full, but never binaries or lock files", () => {
    const tree = treeOf({ "app/main.py": 900, "logo.png": 200, "package-lock.json": 400 });
    expect(visibilities(chooseContext({ tree, prompt: "Add a field", budgetTokens: 20_000 }))).toEqual({
      "app/main.py": "full",
      "logo.png": "name",
      "package-lock.json": "name",
    });
  });

  test("spends the budget on what the prompt speaks of", () => {
    const tree = treeOf({ "a/one.py": 4_000, "a/task.py": 4_000, "a/two.py": 4_000, "z/named.ts": 4_000 });
    const receipt = chooseContext({ tree, prompt: "Change tasks and named.ts", budgetTokens: 2_150 });
    expect(visibilities(receipt)).toEqual({
      "a/one.py": "outline",
      "a/task.py": "full",
      "a/two.py": "name",
      "z/named.ts": "full",
    });
    expect(receipt.usedTokens).toBeLessThanOrEqual(2_150);
  });

  test("shows a link by its name alone", () => {
    const tree = new Map(
      [...treeOf({ "a.py": 40, "link.py": 4 })].map(([path, entry]) =>
        path === "link.py" ? [path, { ...entry, mode: "120000" as const }] : [path, entry],
      ),
    );
    expect(visibilities(chooseContext({ tree, prompt: "Change link.py", budgetTokens: 20_000 }))).toEqual({
      "a.py": "full",
      "link.py": "name",
    });
  });

  test("accounts for every file of the parent", () => {
    const tree = treeOf(Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`src/f${index}.ts`, 5_000])));
    expect(chooseContext({ tree, prompt: "x", budgetTokens: 10_000 }).files).toHaveLength(300);
  });
});
