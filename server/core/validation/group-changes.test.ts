import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { groupChanges } from "./group-changes.ts";
import { locateModules } from "./locate-module.ts";
import type { ChangedFile, ValidationInput } from "./validator.ts";

const sourceParser = await loadSourceParser();

function group({
  changed,
  deleted = {},
}: {
  changed: Record<string, [string | null, string]>;
  deleted?: Record<string, string>;
}) {
  const changedFiles = Object.entries(changed).map(([path, [before, after]]): ChangedFile => ({
    path: path as FilePath,
    before,
    after,
    cause: "write",
  }));
  const deletedFiles = Object.entries(deleted).map(([path, before]) => ({ path: path as FilePath, before }));
  const input: ValidationInput = {
    changedFiles,
    deletedFiles,
    binaryFiles: [],
    untouchedFiles: [],
    leftOut: [],
    parent: new Map(),
    tree: new Map(),
    prompt: "",
    sourceParser,
  };
  return Object.fromEntries(groupChanges({ input, issues: [] }));
}

test("an importer and the new module that it imports belong together", () => {
  expect(
    group({
      changed: {
        "app/main.py": ["x = 1\n", "from app.routes import notes\n"],
        "app/routes/notes.py": [null, "y = 1\n"],
        "app/other.py": ["x = 1\n", "x = 2\n"],
      },
    }),
  ).toEqual({ "app/main.py": "app/main.py", "app/routes/notes.py": "app/main.py", "app/other.py": "app/other.py" });
});

test("a deleted module and the file that no longer imports it belong together", () => {
  expect(
    group({
      changed: { "src/a.ts": ['import { b } from "./b.ts";\nb();\n', "export {};\n"] },
      deleted: { "src/b.ts": "export const b = 1;\n" },
    }),
  ).toEqual({ "src/a.ts": "src/a.ts", "src/b.ts": "src/a.ts" });
});

test.each([
  ["src/a/one.ts", "./two", [], ["src/a/two.ts"]],
  ["src/a/one.ts", "../b/two.js", [], ["src/b/two.ts"]],
  ["src/a/one.ts", "@/b/two", [], ["src/b/two.ts"]],
  ["src/a/one.ts", "../c", [], ["src/c/index.ts"]],
  ["src/a/one.ts", "react", [], []],
  ["app/x.py", "app.m", ["n"], ["app/m/n.py"]],
  ["app/x.py", ".m", [], []],
  ["app/x.py", ".", ["y"], ["app/y.py"]],
])("%s imports %s %j", (importer, specifier, names, expected) => {
  const paths = ["src/a/two.ts", "src/b/two.ts", "src/c/index.ts", "app/m/n.py", "app/y.py"] as FilePath[];
  expect(locateModules({ importer: importer as FilePath, imported: { specifier, names }, paths })).toEqual(expected);
});
