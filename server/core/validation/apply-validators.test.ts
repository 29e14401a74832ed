import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { LedgerCause } from "#lib/contracts/versions/ledger.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { describeContent, encodeText } from "../file-content.ts";
import type { FileTree } from "../file-tree.ts";
import { applyValidators, sortIssues } from "./apply-validators.ts";
import type { ChangedFile, ValidationInput } from "./validator.ts";
import { validators } from "./validators/registry.ts";

const sourceParser = await loadSourceParser();
const fixtures = join(import.meta.dirname, "__fixtures__");

/** The optional settings of a fixture. `moves` maps new path to old; `causes` defaults to `write`. */
type Change = { prompt?: string; moves?: Record<string, string>; causes?: Record<string, LedgerCause> };
type Texts = ReadonlyMap<FilePath, string>;

function readTexts(folder: string): Texts {
  if (!existsSync(folder)) return new Map();
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return new Map(paths.toSorted().map((path) => [path as FilePath, readFileSync(join(folder, path), "utf8")]));
}

function toTree(texts: Texts): FileTree {
  return new Map([...texts].map(([path, text]) => [path, describeContent(encodeText(text))]));
}

function toInput({ before, after, change }: { before: Texts; after: Texts; change: Change }): ValidationInput {
  const moves = new Map(Object.entries(change.moves ?? {}) as [FilePath, FilePath][]);
  const movedAway = new Set(moves.values());
  const changedFiles = [...after].flatMap(([path, text]): ChangedFile[] => {
    const previousPath = moves.get(path);
    const old = before.get(previousPath ?? path) ?? null;
    if ((old === text && previousPath === undefined) || text.includes("\0")) return [];
    const cause = change.causes?.[path] ?? (previousPath === undefined ? "write" : "move");
    return [{ path, ...(previousPath === undefined ? {} : { previousPath }), before: old, after: text, cause }];
  });
  const deletedFiles = [...before].flatMap(([path, text]) =>
    after.has(path) || movedAway.has(path) ? [] : [{ path, before: text }],
  );
  const binaryFiles = [...after].flatMap(([path, text]) =>
    text.includes("\0") && before.get(path) !== text ? [{ path, before: before.get(path) ?? null }] : [],
  );
  const untouchedFiles = [...after].flatMap(([path, text]) => (before.get(path) === text ? [{ path, text }] : []));
  return {
    changedFiles,
    deletedFiles,
    binaryFiles,
    untouchedFiles,
    parent: toTree(before),
    tree: toTree(after),
    leftOut: [],
    prompt: change.prompt ?? "",
    sourceParser,
  };
}

function readJson(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}

function listCases(name: string): string[] {
  const folder = join(fixtures, name);
  return existsSync(folder) ? readdirSync(folder).toSorted() : [];
}

describe.each(validators.map((validator) => [validator.name, validator] as const))("%s", (name, validator) => {
  const cases = listCases(name);

  test("has passing and failing fixtures, and no others", () => {
    expect(cases.filter((each) => each.startsWith("fails-"))).not.toEqual([]);
    expect(cases.filter((each) => each.startsWith("passes-"))).not.toEqual([]);
    expect(cases.filter((each) => !/^(?:passes|fails)-/.test(each))).toEqual([]);
  });

  test.each(cases)("%s", (fixture) => {
    const folder = join(fixtures, name, fixture);
    const change = (readJson(join(folder, "change.json")) ?? {}) as Change;
    const input = toInput({
      before: readTexts(join(folder, "before")),
      after: readTexts(join(folder, "after")),
      change,
    });
    const issues = validator.validate(input);
    if (fixture.startsWith("fails-")) expect(validator.applies(input)).toBe(true);
    const expected = (readJson(join(folder, "expected.json")) ?? []) as Partial<ValidationIssue>[];
    expect(expected.length > 0).toBe(fixture.startsWith("fails-"));
    expect(issues).toEqual(
      expected.map(({ message = "", ...rest }) =>
        expect.objectContaining({ ...rest, validator: name, message: expect.stringContaining(message) }),
      ),
    );
  });
});

function findIssues(input: ValidationInput): ValidationIssue[] {
  return sortIssues([...applyValidators(input)].flatMap(({ issues }) => issues));
}

test("every fixture folder belongs to a registered validator", () => {
  expect(readdirSync(fixtures).toSorted()).toEqual(validators.map(({ name }) => name).toSorted());
});

describe("all validators", () => {
  const allCases = validators.flatMap(({ name }) => listCases(name).map((fixture) => join(fixtures, name, fixture)));

  test("return issues sorted by path and line", () => {
    const before = new Map([["b.py" as FilePath, "def f():\n    pass\n"]]);
    const after = new Map([
      ["b.py" as FilePath, "x = = 1\n# ... existing code ...\n"],
      ["a.py" as FilePath, "from .nowhere import x\n"],
    ]);
    const issues = findIssues(toInput({ before, after, change: {} }));
    expect(issues.map(({ path, line, validator }) => `${path}:${line ?? ""} ${validator}`)).toEqual([
      "a.py:1 unresolved-imports",
      "b.py: lost-symbols",
      "b.py: shrink",
      "b.py:1 syntax",
      "b.py:2 elision",
    ]);
  });

  test("skip rules that do not apply to the candidate", () => {
    const texts = (files: [string, string][]): Texts => new Map(files.map(([path, text]) => [path as FilePath, text]));
    const skipped = (before: [string, string][], after: [string, string][]) =>
      [...applyValidators(toInput({ before: texts(before), after: texts(after), change: {} }))].flatMap(
        ({ validator, isSkipped }) => (isSkipped ? [validator] : []),
      );
    expect(skipped([], [["a.py", "x = 1\n"]])).toEqual([
      "shrink",
      "disproportion",
      "lost-symbols",
      "lost-files",
      "schema-narrowing",
      "binary",
      "renames",
    ]);
    expect(skipped([["notes.txt", "a\n"]], [["notes.txt", "b\n"]])).toEqual([
      "syntax",
      "disproportion",
      "lost-files",
      "schema-narrowing",
      "binary",
    ]);
    expect(skipped([], [])).toEqual(validators.map(({ name }) => name));
  });

  test("find nothing if nothing changed", () => {
    for (const folder of allCases) {
      for (const texts of [readTexts(join(folder, "before")), readTexts(join(folder, "after"))]) {
        expect(findIssues(toInput({ before: texts, after: texts, change: {} }))).toEqual([]);
      }
    }
  });

  test("find no sign of loss if lines are only appended to valid files", () => {
    for (const folder of allCases.filter((each) => each.includes("passes-"))) {
      const before = readTexts(join(folder, "after"));
      const after = new Map(
        [...before].map(([path, text]) => [path, path.endsWith(".py") ? `${text}\n\nadded = 1\n` : text]),
      );
      expect(findIssues(toInput({ before, after, change: {} }))).toEqual([]);
    }
  });

  test("read broken and malicious candidates without throwing", () => {
    const texts = allCases.flatMap((folder) => [
      ...readTexts(join(folder, "before")),
      ...readTexts(join(folder, "after")),
    ]);
    const damaged = fc
      .record({
        file: fc.constantFrom(...texts),
        from: fc.nat({ max: 1_500 }),
        length: fc.nat({ max: 300 }),
        insert: fc.oneof(
          fc.string({ unit: "binary", maxLength: 10 }),
          fc.constantFrom("(", "{", '"', "`${", "```", "/*", "\0", "\n", "import '", "from . import"),
        ),
      })
      .map(
        ({ file: [path, text], from, length, insert }) =>
          [path, text.slice(0, from) + insert + text.slice(from + length)] as const,
      );
    fc.assert(
      fc.property(
        fc.array(damaged, { maxLength: 3 }),
        fc.array(damaged, { minLength: 1, maxLength: 3 }),
        fc.string({ maxLength: 40 }),
        (before, after, prompt) => {
          for (const issue of findIssues(
            toInput({ before: new Map(before), after: new Map(after), change: { prompt } }),
          )) {
            expect([...before, ...after].map(([path]) => path)).toContain(issue.path);
            expect(issue.line ?? 1).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
