import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { findPathCollision, parseFilePath } from "./file-path.ts";

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
    "git~x",
    "x/-rf",
    "$(x)",
  ])("takes %j", (path) => {
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

  test("never throws, and takes nothing that leaves the project or names .git", () => {
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

describe("findPathCollision", () => {
  test.each([[["a.ts", "A.ts"]], [["dir/x", "DIR/y"]], [["a", "a/b"]], [["straße", "STRASSE"]], [["ﬁle", "file"]]])(
    "finds %j",
    (paths) => {
      expect(findPathCollision(paths as FilePath[])).not.toBeNull();
    },
  );

  test("lets distinct paths stand", () => {
    expect(findPathCollision(["a.ts", "a.tsx", "dir/a.ts", "dir/b.ts", "dir2/a.ts"] as FilePath[])).toBeNull();
  });
});
