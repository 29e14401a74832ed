import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FileDiffEntry } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { buildFileIndex } from "../ranking/file-index.ts";
import { chooseReadFirst } from "./choose-read-first.ts";
import { followSteps } from "./follow-steps.ts";
import { listFacts } from "./list-facts.ts";
import { listRisks } from "./list-risks.ts";

const file = (path: string, change: Partial<FileDiffEntry> = {}): FileDiffEntry => ({
  path: path as FilePath,
  status: "modified",
  additions: 1,
  deletions: 0,
  isBinary: false,
  ...change,
});
const issue = (given: Partial<ValidationIssue>): ValidationIssue => ({
  validator: "syntax",
  severity: "warning",
  path: "a.ts" as FilePath,
  message: "Something.",
  ...given,
});

describe("facts", () => {
  test("one file is named, several are counted, and every kind lists its paths", () => {
    const facts = listFacts({
      files: [
        file("new/a.py", { status: "moved", previousPath: "old/a.py" as FilePath, additions: 0 }),
        file("b.py", { status: "added", additions: 1_200 }),
        file("c.py", { status: "added" }),
        file("gone.py", { status: "deleted", additions: 0, deletions: 3 }),
        file("run.sh", { additions: 0, oldMode: "100644", newMode: "100755" }),
        file("logo.png", { isBinary: true, additions: 0 }),
      ],
      issues: [
        issue({ validator: "renames", severity: "info", message: "Renamed.", paths: ["b.py" as FilePath] }),
        issue({ message: "No fact." }),
      ],
    });
    expect(facts).toEqual([
      { kind: "renames", text: "Renamed.", paths: ["b.py"] },
      { kind: "moved", text: "1 file moved: old/a.py → new/a.py", paths: ["new/a.py"] },
      { kind: "added", text: "2 files added", paths: ["b.py", "c.py"] },
      { kind: "deleted", text: "1 file deleted: gone.py", paths: ["gone.py"] },
      { kind: "mode", text: "run.sh is now executable", paths: ["run.sh"] },
      { kind: "binary", text: "1 file changed without lines to show: logo.png", paths: ["logo.png"] },
      { kind: "lines", text: "1,201 lines added, 3 removed in 3 files", paths: ["b.py", "c.py", "gone.py"] },
    ]);
  });

  test("no difference gives no fact", () => {
    expect(listFacts({ files: [], issues: [] })).toEqual([]);
  });

  test("a fact about many files counts all and lists some", () => {
    const [added] = listFacts({
      files: Array.from({ length: 1_500 }, (_, index) => file(`f${index}.ts`, { status: "added" })),
      issues: [],
    });
    expect(added?.text).toBe("1,500 files added");
    expect(added?.paths).toHaveLength(200);
  });
});

describe("steps", () => {
  const files = [
    { path: "app/models.py" as FilePath },
    { path: "app/notes.py" as FilePath, previousPath: "app/items.py" as FilePath },
  ];
  test.each([
    ["1. app/models.py: add a field", true, []],
    ["- `models.py`: by its name alone", true, []],
    ["2) Move app/items.py to app/notes.py", true, []],
    ["app/models.py and app/routes.py", false, ["app/routes.py"]],
    ["other/models.py: another folder", false, ["other/models.py"]],
    ["src/odels.py: not an ending of a name", false, ["src/odels.py"]],
  ] as const)("%s", (item, isDone, missing) => {
    expect(followSteps({ plan: [item], files })).toMatchObject([{ isDone, missing }]);
  });

  test("a step that names no file does not count as done", () => {
    expect(followSteps({ plan: ["Plan:", "Keep everything tidy"], files })).toEqual([]);
  });

  test("no step is done if nothing changed", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (plan) => {
        expect(followSteps({ plan, files: [] }).every(({ isDone }) => !isDone)).toBe(true);
      }),
    );
  });
});

test("risks are sorted by severity without duplicates, and notes are omitted", () => {
  const broken = issue({ severity: "error", message: "Broken import.", line: 3 });
  expect(
    listRisks([issue({ severity: "info" }), issue({ message: "Long." }), broken, { ...broken, excerpt: "again" }]),
  ).toEqual([
    { text: "Broken import.", path: "a.ts", line: 3 },
    { text: "Long.", path: "a.ts" },
  ]);
});

describe("what to read first", () => {
  const choose = (texts: Record<string, string>, changes: Record<string, Partial<FileDiffEntry>> = {}) =>
    chooseReadFirst({
      files: Object.keys(texts).map((path) => file(path, { additions: 10, ...changes[path] })),
      indexes: new Map(Object.entries(texts).map(([path, text]) => [path, buildFileIndex({ path, text })])),
    });

  test("prefers the file that others import to larger ones, puts tests and documents later, and omits lock files", () => {
    expect(
      choose(
        {
          "app/a.ts": 'import { m } from "./model.ts";',
          "app/b.ts": 'import { m } from "./model.ts";',
          "app/model.ts": "export const m = 1;",
          "app/model.test.ts": 'import { m } from "./model.ts";',
          "README.md": "# Words",
          "package-lock.json": "{}",
        },
        { "app/b.ts": { additions: 30 } },
      ),
    ).toEqual(["app/model.ts", "app/b.ts", "app/a.ts", "app/model.test.ts", "README.md"]);
  });

  test("omits deleted, binary and merely moved files, and lists at most five", () => {
    const gone: Partial<FileDiffEntry> = { status: "deleted" };
    expect(choose({ "a.ts": "", "b.ts": "" }, { "a.ts": gone, "b.ts": { status: "moved", additions: 0 } })).toEqual([]);
    expect(choose({ "a.ts": "" }, { "a.ts": { isBinary: true } })).toEqual([]);
    expect(choose(Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`f${index}.ts`, ""])))).toHaveLength(5);
  });
});
