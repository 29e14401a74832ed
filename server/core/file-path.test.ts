import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { listPathCollisions, parseFilePath } from "./file-path.ts";

describe("parseFilePath", () => {
  test.each([
    "a.ts",
    "app/main.py",
    "[slug]/page.tsx",
    "(group)/x.ts",
    ".env.example",
    ".github/workflows/ci.yml",
    "@scope/a b.ts",
    "ünïcode.md",
    "日本/語.txt",
    ".gitignore",
    ".gitattributes",
    "console.ts",
    "aux_file.c",
    "a..b/c",
    "😀.md",
    "❤️.md",
    "notes/⚠️ read me.txt",
    "👩‍💻.ts",
    "👩🏽‍💻/x",
    "🏳️‍🌈.svg",
    "❤️‍🔥.md",
    "1️⃣ first.md",
    "null.txt",
    "con-fig .x",
    "git~x",
    "x/-rf",
    "$(x)",
  ])("accepts %j", (path) => {
    expect(parseFilePath(path)).toEqual({ status: "valid", path });
  });

  test.each([
    "",
    "/",
    "/etc/passwd",
    "..",
    "../x",
    "a/../b",
    "./a",
    "a/./b",
    "a//b",
    "a/",
    "...",
    "..a",
    "a\\b",
    "C:/x",
    "C:x",
    "a:b",
    "a<b",
    "a|b",
    "a?b",
    "a*b",
    'a"b',
    "a\0b",
    "a\nb",
    "a\u007Fb",
    "a\u0085b",
    "a\u2028b",
    ".git",
    ".git/config",
    ".GIT/hooks/x",
    "a/.git/x",
    ".Git ",
    ".git.",
    "git~1",
    "GIT~12/x",
    ".git::$INDEX_ALLOCATION",
    ".g\u200Cit/config",
    "\uFEFF.git",
    ".\u00ADgit",
    "a ",
    "a.",
    " a",
    "dir /x",
    "dir./x",
    "con",
    "CON.txt",
    "a/nul",
    "com1",
    "COM\u00B9",
    "lpt9.log",
    "conin$",
    "nul .txt",
    "aux .c",
    "con  .x",
    "com1 .log",
    "LPT\u00B3 .a.b",
    ...[0x1d173, 0x1d17a, 0x1bca0, 0x1bca3, 0xe0001, 0xe0100, 0x2065, 0xfff8, 0x3164].map(
      (codePoint) => `a${String.fromCodePoint(codePoint)}b`,
    ),
    "a\uFE0F.md",
    "\uFE0F",
    "a\u200Db",
    "😀\u200D.md",
    "😀\uFE0F\uFE0F.md",
    "😀\u200D\u200D😀.md",
    "1\uFE0F.md",
    "\u200D😀.md",
    "a\u202Eb",
    "a\u200Bb",
    "e\u0301.txt",
    "\uD800",
    "x/".repeat(40) + "y",
    "a".repeat(300),
    `${"ab/".repeat(20)}${"c".repeat(1_000)}`,
  ])("refuses %j", (path) => {
    expect(parseFilePath(path).status).toBe("invalid");
  });

  test("never throws, and accepts nothing that leaves the project or names .git", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc
            .array(fc.constantFrom("..", ".", "", ".git", "a", "C:", "~", "b.ts", " ", "%2e%2e"), { maxLength: 6 })
            .map((parts) => parts.join("/")),
        ),
        (text) => {
          if (parseFilePath(text).status === "invalid") return;
          expect(
            text.startsWith("/") ||
              text
                .split("/")
                .some((part) => part === "" || part === "." || part.startsWith("..") || /^\.git[ .]*$/i.test(part)),
          ).toBe(false);
        },
      ),
      { numRuns: 5_000 },
    );
  });
});

const collides = (paths: readonly string[]) => listPathCollisions(paths as FilePath[]).next().done !== true;

describe("listPathCollisions", () => {
  test("without the second path of each pair nothing collides", () => {
    const segment = fc.constantFrom("a", "A", "b", "ä", "Ä", "ß", "SS", "❤️", "❤");
    const paths = fc.uniqueArray(
      fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join("/")),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(paths, (all) => {
        const dropped = new Set([...listPathCollisions(all as FilePath[])].map(([, path]) => path));
        const rest = (all as FilePath[]).filter((path) => !dropped.has(path));
        expect(collides(rest)).toBe(false);
        const pairs = (all as FilePath[]).flatMap((a) => (all as FilePath[]).map((b) => ({ a, b })));
        expect(dropped.size > 0).toBe(pairs.some(({ a, b }) => a !== b && collides([a, b])));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("a collision", () => {
  test.each([
    [["a.ts", "A.ts"]],
    [["❤️.md", "❤.md"]],
    [["dir/x", "DIR/y"]],
    [["a", "a/b"]],
    [["straße", "STRASSE"]],
    [["ﬁle", "file"]],
  ])("is found in %j", (paths) => {
    expect(collides(paths)).toBe(true);
  });

  test("is not found in distinct paths", () => {
    expect(collides(["a.ts", "a.tsx", "dir/a.ts", "dir/b.ts", "dir2/a.ts"])).toBe(false);
  });
});
