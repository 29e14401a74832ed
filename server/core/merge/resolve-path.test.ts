import { describe, expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { resolveExistingPath, resolveNamedPath } from "./resolve-path.ts";

const files = ["src/a.py", "src/deep/b.py", "lib/deep/b.py", "top.md"] as FilePath[];
const paths = { has: (path: FilePath) => files.includes(path), list: () => files };

describe("an existing file", () => {
  test.each([
    ["src/a.py", "src/a.py"],
    ["./src/a.py", "src/a.py"],
    ["././src/a.py", "src/a.py"],
    ["/src/a.py", "src/a.py"],
    ["src\\a.py", "src/a.py"],
    [".\\src\\a.py", "src/a.py"],
    ["a.py", "src/a.py"],
    ["/work/project/src/a.py", "src/a.py"],
    ["lib/deep/b.py", "lib/deep/b.py"],
  ])("%s is %s", (text, path) => {
    expect(resolveExistingPath({ text, paths })).toEqual({ status: "valid", path });
  });

  test("is not guessed if two paths have the same end", () => {
    expect(resolveExistingPath({ text: "deep/b.py", paths })).toEqual({
      status: "unknown",
      candidates: ["src/deep/b.py", "lib/deep/b.py"],
    });
  });

  test.each(["../src/a.py", "src/../top.md", "", "/"])("%j matches nothing", (text) => {
    expect(resolveExistingPath({ text, paths }).status).toBe("invalid");
  });
});

describe("a named file", () => {
  test.each(["./src/a.py", "/src/a.py", "src\\a.py"])("%s is the one that exists", (text) => {
    expect(resolveNamedPath({ text, paths })).toEqual({ status: "valid", path: "src/a.py" });
  });

  test("is never one that only has the same end", () => {
    expect(resolveNamedPath({ text: "a.py", paths })).toEqual({ status: "valid", path: "a.py" });
  });

  test.each(["/src/new.py", "src\\new.py", "/etc/passwd", "../a.py"])(
    "%s is not a valid path for a new file",
    (text) => {
      expect(resolveNamedPath({ text, paths }).status).toBe("invalid");
    },
  );
});
