import fc from "fast-check";
import picomatch from "picomatch";
import { describe, expect, test } from "vitest";
import { limits } from "#lib/contracts/limits.ts";
import { compileGlobs } from "./compile-globs.ts";

const matches = (glob: string, path: string) => compileGlobs([glob])(path);

describe("what a glob matches", () => {
  test.each<[glob: string, matched: string[], unmatched: string[]]>([
    ["*.ts", ["a.ts", ".ts", ".hidden.ts"], ["a.tsx", "src/a.ts"]],
    ["**/*.ts", ["a.ts", "src/a.ts", "src/.deep/a.ts"], ["a.js", "a.ts/b"]],
    ["src/**/**", ["src", "src/a/b"], ["srcs"]],
    ["src/**", ["src", "src/a", "src/a/b"], ["srcs", "lib/src"]],
    ["*/**", ["a/b", "a/b/c"], ["a"]],
    ["src/**/test/*.py", ["src/test/a.py", "src/a/b/test/a.py"], ["src/test/a/b.py"]],
    ["./src/*", ["src/a"], ["a"]],
    ["a?c", ["abc", "a.c", "a👍c"], ["ac", "a/c"]],
    ["[a-c]x", ["ax", "cx", "[a-c]x"], ["dx", "/x"]],
    ["[!a]x", ["bx", "[!a]x"], ["ax", "/x"]],
    ["{a,b/**}/c", ["a/c", "b/x/c"], ["c", "{a,b}/c"]],
    ["v{1..3}.md", ["v1.md", "v3.md"], ["v4.md", "v{1..3}/md"]],
    ["@(a|b).js", ["a.js", "b.js"], ["ab.js", ".js"]],
    ["+(a|b).js", ["abba.js"], [".js", "c.js"]],
    ["?(a)b", ["b", "ab"], ["aab"]],
    ["*(ab)c", ["c", "ababc"], ["abac"]],
    ["!(a).js", ["b.js", "aa.js", ".js"], ["a.js", "b/b.js"]],
    ["!*.md", ["a.ts", "docs/a.md"], ["a.md"]],
    ["!!*.md", ["a.md"], ["a.ts"]],
    ["app/[id]/page.tsx", ["app/[id]/page.tsx", "app/i/page.tsx"], ["app/x/page.tsx"]],
    ["app/(group)/**", ["app/(group)/a/b", "app/group/a"], ["app/a"]],
    ["a\\*b", ["a*b"], ["axb"]],
    ["{a", ["{a"], ["a"]],
    ["a}", ["a}"], ["a"]],
    ["(a", ["(a"], ["a"]],
    ["[a", ["[a"], ["a"]],
    ["{a}", ["{a}"], ["a"]],
    ["a\\", ["a\\"], ["a"]],
    ["", [""], ["a"]],
  ])("%s", (glob, matched, unmatched) => {
    expect(matched.filter((path) => !matches(glob, path))).toEqual([]);
    expect(unmatched.filter((path) => matches(glob, path))).toEqual([]);
  });

  test("one matching glob of several is enough, and an empty list matches nothing", () => {
    expect(compileGlobs(["a", "b"])("b")).toBe(true);
    expect(compileGlobs([])("a")).toBe(false);
  });
});

const name = fc.stringMatching(/^[ab.-]{0,2}[abc]$/);
const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((names) => names.join("/"));
const part = fc.constantFrom("a", "b", ".c", "-", "*", "?", "{a,b}", "{a,{b,c}*}");
const segment = fc.oneof(
  fc.constantFrom("**", "*", "*.c", "{a..c}", "[ab]", "[^a]", "*[a-b]", "@(a|b)", "+(a|b)", "?(a)b", "*(ab|c)"),
  fc
    .array(part, { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join(""))
    .filter((text) => !text.includes("**")),
  name,
);
/**
 * picomatch reads sets and groups next to a `**`, and negations before a slash, unlike any other matcher; next to a
 * range it reads a dot as any character.
 */
const ordinaryGlob = fc
  .array(segment, { minLength: 1, maxLength: 4 })
  .filter((segments) => !segments.includes("**") || !segments.some((text) => /[[(]|\{.*\*/.test(text)))
  .filter(
    (segments) => !segments.includes("{a..c}") || segments.every((text) => text === "{a..c}" || !text.includes(".")),
  )
  .map((segments) => segments.join("/"));

test("matches like picomatch, for ordinary globs", () => {
  fc.assert(
    fc.property(ordinaryGlob, fc.array(path, { minLength: 1, maxLength: 8 }), (glob, paths) => {
      const isExpected = picomatch(glob, { dot: true });
      const isMatch = compileGlobs([glob]);
      for (const each of paths) expect([each, isMatch(each)]).toEqual([each, isExpected(each)]);
    }),
    { numRuns: 3_000 },
  );
});

/** A backtracking matcher would not finish any of these in any realistic time. */
test.each<[glob: string, path: string, isMatch: boolean]>([
  ["*a".repeat(9) + "b", "a".repeat(120), false],
  ["*a".repeat(900), "a".repeat(1_000), true],
  ["**/".repeat(600) + "b", "a/".repeat(500) + "b", true],
  ["*(*(*(*(*(a)))))b", "a".repeat(1_000), false],
  ["+(+(+(a|aa)|a)|a)".repeat(40) + "b", "a".repeat(1_000), false],
  ["!(*a*a*a*a*a*b)*!(*a*)*c", "a".repeat(1_000), false],
  ["{a,aa}".repeat(300) + "b", "a".repeat(1_000), false],
  ["(".repeat(900) + "a" + ")".repeat(900), "a", true],
  ["{".repeat(900) + "a,b" + "}".repeat(900), "b", false],
])("a glob made to take for ever is answered: %#", (glob, long, isMatch) => {
  expect(matches(glob, long)).toBe(isMatch);
});

test("any text is a glob", () => {
  const hostile = fc.string({ unit: fc.constantFrom(..."ab*?+!@|(){}[],./\\-^."), maxLength: 60 });
  fc.assert(
    fc.property(hostile, hostile, (glob, text) => {
      expect(matches(glob, glob)).toBe(true);
      expect(typeof matches(glob, text)).toBe("boolean");
    }),
    { numRuns: 2_000 },
  );
});

test("a glob that is too long matches only its own spelling", () => {
  const glob = "*".repeat(limits.globCharacters + 1);
  expect(matches(glob, "a")).toBe(false);
  expect(matches(glob, glob)).toBe(true);
});
