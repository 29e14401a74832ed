import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldCase } from "./fold-case.ts";
import { compileQuery, type LineMatcher, type SearchQuery } from "./line-matcher.ts";
import { searchText } from "./search-text.ts";

function compile(query: SearchQuery): LineMatcher {
  const compiled = compileQuery(query);
  if (compiled.status === "invalid") throw new Error(compiled.reason);
  return compiled.matcher;
}

const search = ({
  text,
  query,
  isRegex = false,
  isCaseSensitive = false,
}: { text: string } & Partial<SearchQuery> & Pick<SearchQuery, "query">) =>
  searchText({ text, matcher: compile({ query, isRegex, isCaseSensitive }), maxLines: 1_000 });

/** Lines as `line: matched texts`. */
const show = (found: ReturnType<typeof search>) =>
  found.map(({ line, text, ranges }) => `${line}: ${ranges.map(({ start, end }) => text.slice(start, end)).join("|")}`);

const lineCharacter = fc.constantFrom(..."aAbBςσΣſsKkİi é😀𐐀𐐨.*\r\t");
const lines = fc.array(fc.string({ unit: lineCharacter, maxLength: 30 }), { maxLength: 12 });
const lineEnd = fc.constantFrom("\n", "\r\n");

/** Lines as a reader counts them: a line ending terminates the last line and begins no other. */
function listLines(text: string): string[] {
  const all = text.split(/\r?\n/);
  if (all.at(-1) === "") all.pop();
  return all;
}

describe("a search for text", () => {
  test("finds the same as a comparison at every position", () => {
    const query = fc.string({ unit: lineCharacter.filter((each) => each !== "\r"), minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(lines, lineEnd, query, fc.boolean(), (texts, end, wanted, isCaseSensitive) => {
        const text = texts.join(end);
        const normalise = isCaseSensitive ? (each: string) => each : foldCase;
        const expected = listLines(text).flatMap((line, index) => {
          const starts: number[] = [];
          for (let at = 0; at + wanted.length <= line.length; at += 1)
            if (normalise(line.slice(at, at + wanted.length)) === normalise(wanted)) {
              starts.push(at);
              at += wanted.length - 1;
            }
          return starts.length === 0 ? [] : [{ line: index + 1, text: line, starts }];
        });
        const found = search({ text, query: wanted, isCaseSensitive });
        expect(
          found.map((line) => ({
            line: line.line,
            text: line.text,
            starts: line.ranges.map(({ start }) => start),
          })),
        ).toEqual(expected);
        expect(found.reduce((sum, { matchCount }) => sum + matchCount, 0)).toBe(
          expected.reduce((sum, { starts }) => sum + starts.length, 0),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  test("does not match text of another kind", () => {
    expect(show(search({ text: "a.b\naxb\n", query: "a.b" }))).toEqual(["1: a.b"]);
    expect(show(search({ text: "$HOME (x)\n", query: "(x)" }))).toEqual(["1: (x)"]);
  });

  test("finds a match after many blocks, at its line", () => {
    const text = `${"one line of text\r\n".repeat(20_000)}NEEDLE here\r\n`;
    expect(show(search({ text, query: "needle" }))).toEqual(["20001: NEEDLE"]);
    expect(show(search({ text, query: "^needle\\b", isRegex: true }))).toEqual(["20001: NEEDLE"]);
  });
});

test("case folding keeps all offsets", () => {
  const letters = Array.from({ length: 0x110000 }, (_, code) => code)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code));
  const folded = foldCase(letters.join(" "));
  expect(folded === letters.map((letter) => foldCase(letter)).join(" ")).toBe(true);
  expect(letters.filter((letter) => foldCase(letter).length !== letter.length)).toEqual([]);
});

describe("a search with a regular expression", () => {
  test("finds the same in each line as another engine", () => {
    const atom = fc.constantFrom(
      "a",
      "b",
      "\\w",
      "\\s",
      ".",
      "[^a]",
      "(a|b)",
      "^",
      "$",
      "\\b",
      "\\Ba",
      "x?",
      "(?:ab)+",
    );
    const pattern = fc
      .array(fc.tuple(atom, fc.constantFrom("", "", "", "*", "+", "{1,2}")), { minLength: 1, maxLength: 4 })
      .map((parts) =>
        parts.map(([text, count]) => (/^[$^]$|^\\b$/.test(text) ? text : `(?:${text})${count}`)).join(""),
      );
    const asciiLines = fc.array(fc.string({ unit: fc.constantFrom(..."aAbB c."), maxLength: 12 }), { maxLength: 8 });
    fc.assert(
      fc.property(asciiLines, lineEnd, pattern, fc.boolean(), (texts, end, query, isCaseSensitive) => {
        const text = texts.join(end);
        const expected = listLines(text).flatMap((line, index) => {
          const matches = [...line.matchAll(new RegExp(query, isCaseSensitive ? "g" : "gi"))];
          return matches.length === 0 ? [] : [index + 1];
        });
        const found = search({ text, query, isRegex: true, isCaseSensitive });
        expect(found.map(({ line }) => line)).toEqual(expected);
        for (const { line, ranges } of found) {
          const source = listLines(text)[line - 1] ?? "";
          const matches = [...source.matchAll(new RegExp(query, isCaseSensitive ? "g" : "gi"))]
            .map(([match, ...rest]) => ({ match, rest }))
            .filter(({ match }) => match !== "");
          expect(ranges.map(({ start, end: to }) => source.slice(start, to)).filter((each) => each !== "")).toEqual(
            matches.map(({ match }) => match),
          );
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ["(a+)+$", `${"a".repeat(50_000)}b`],
    ["(a|a)*b", "a".repeat(50_000)],
    ["(.*)(.*)(.*)(.*)(.*)[^a]$", "a".repeat(50_000)],
    ["(x+x+)+y", "x".repeat(50_000)],
    ["^(([a-z])+.)+[A-Z]([a-z])+$", "a".repeat(50_000)],
    ["((a?){30}){30}b", "a".repeat(20_000)],
    ["((a?){30}){30}[bc]$", `${"a".repeat(20_000)}d`],
    ["(a*)*[bc]$", `${"a".repeat(20_000)}d`],
    ["(\\w+\\s?)*[;]$", `${"word ".repeat(5_000)}!`],
  ])("%s, on which a backtracking engine would hang, terminates", (query, text) => {
    expect(search({ text, query, isRegex: true, isCaseSensitive: true })).toEqual([]);
  });

  test.each(["(", "[a", "a{2,1}", "(?<n", "\\p{Nope}", "(?=a)", "\\1", "*a", "((a{0,1000}){0,1000})"])(
    "%s is reported as invalid",
    (query) => {
      expect(compileQuery({ query, isRegex: true, isCaseSensitive: true })).toMatchObject({ status: "invalid" });
    },
  );

  test("matches each line separately", () => {
    const text = "ab\r\nb\r\n\r\nab";
    expect(show(search({ text, query: "\\Ab\\z", isRegex: true }))).toEqual(["2: b"]);
    expect(show(search({ text, query: "^$", isRegex: true }))).toEqual(["3: "]);
    expect(show(search({ text, query: "b\\s+b", isRegex: true }))).toEqual([]);
    expect(show(search({ text, query: "(?-m:^b$)", isRegex: true }))).toEqual(["2: b"]);
  });
});

describe("a long line", () => {
  test("is cut around its first match, with ranges adjusted to the cut", () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.nat(2_000), fc.constantFrom("x", "😀", "é"), (before, after, filler) => {
        const line = `${filler.repeat(before)}NEEDLE${filler.repeat(after)}NEEDLE`;
        const [found] = search({ text: line, query: "needle" });
        expect(found?.text.length).toBeLessThanOrEqual(Math.max(401, Math.min(line.length, 400)));
        expect(found?.text.isWellFormed()).toBe(true);
        expect(found?.ranges[0]).toBeDefined();
        for (const { start, end } of found?.ranges ?? [])
          expect("NEEDLE".startsWith(found?.text.slice(start, end) ?? "none")).toBe(true);
        const textStart = found?.textStart ?? -1;
        expect(line.slice(textStart, textStart + (found?.text.length ?? 0))).toBe(found?.text);
        expect(found?.isCut).toBe(line.length > 400);
      }),
    );
  });
});

test("a search stops at the maximum number of lines", () => {
  const matcher = compile({ query: "a", isRegex: false, isCaseSensitive: true });
  const found = searchText({ text: "a a\n".repeat(30_000), matcher, maxLines: 7 });
  expect(found.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});
