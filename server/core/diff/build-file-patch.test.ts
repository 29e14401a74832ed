import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { limits } from "#lib/contracts/limits.ts";
import { encodeText } from "../file-content.ts";
import { buildFilePatch } from "./build-file-patch.ts";
import { countLineChanges } from "./count-line-changes.ts";

const directory = mkdtempSync(join(tmpdir(), "graft-patch-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

type Pair = { path: string; previousPath?: string; before: Uint8Array | null; after: Uint8Array | null };

/** The result of `git apply` on `before`; undefined if the file was deleted. */
function applyWithGit({ pair, patch }: { pair: Pair; patch: string }): Buffer | undefined {
  const work = mkdtempSync(join(directory, "case-"));
  try {
    if (pair.before !== null) {
      const oldFile = join(work, pair.previousPath ?? pair.path);
      mkdirSync(dirname(oldFile), { recursive: true });
      writeFileSync(oldFile, pair.before);
    }
    if (patch !== "") {
      const { status, stderr } = spawnSync("git", ["apply", "--whitespace=nowarn", "-"], {
        cwd: work,
        input: patch,
        env: { ...process.env, GIT_CEILING_DIRECTORIES: directory },
      });
      if (status !== 0) throw new Error(`git apply refused:\n${stderr.toString()}\n${patch}`);
    }
    try {
      return readFileSync(join(work, pair.path));
    } catch {
      return undefined;
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const line = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "",
      "a",
      "b",
      "  a",
      "}",
      "import x",
      "-- a",
      "+++ b",
      "--- c",
      "@@ -1 +1 @@",
      "\\ No newline at end of file",
      "diff --git a/x b/x",
      "\ttab ",
      "ünï €😀",
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 8 }).map((text) => text.replace(/[\n\0]/g, "")) },
);
const text = fc
  .tuple(fc.array(fc.tuple(line, fc.constantFrom("\n", "\n", "\n", "\r\n", "\r")), { maxLength: 24 }), fc.boolean())
  .map(([lines, endsOpen]) =>
    lines.map(([content, end], index) => content + (endsOpen && index === lines.length - 1 ? "" : end)).join(""),
  );
const edited = text.chain((before) =>
  fc
    .tuple(fc.constant(before), fc.array(fc.tuple(fc.nat(200), fc.nat(3), text), { maxLength: 3 }))
    .map(([start, edits]): [string, string] => {
      const after = edits.reduce(
        (lines, [at, count, insert]) => lines.toSpliced(at % (lines.length + 1), count, insert),
        start.split("\n"),
      );
      return [start, after.join("\n")];
    }),
);
const path = fc.constantFrom(
  "a.txt",
  "src/deep/er/b c.ts",
  "(group)/[slug]/page.tsx",
  "ünïcode/日本.md",
  "a b /x.ts",
  "x b/x",
  "x b/x b/x b/x",
  "@scope/-x.js",
  "a b/c d.txt",
  "b/a/b",
  "with'quote.txt",
  "#1 $x;y.txt",
);
const oddPath = fc.constantFrom('qu"ote.txt', "back\\slash.txt", "ta\tb.txt", "new\nline.txt", "bell\x07.txt");
const textPair = fc.oneof({ weight: 3, arbitrary: edited }, { weight: 1, arbitrary: fc.tuple(text, text) });
const pair: fc.Arbitrary<Pair> = fc
  .tuple(
    fc.oneof({ weight: 5, arbitrary: path }, { weight: 1, arbitrary: oddPath }),
    textPair,
    fc.constantFrom("modify", "modify", "add", "delete", "move"),
  )
  .map(([name, [before, after], kind]) => ({
    path: name,
    ...(kind === "move" ? { previousPath: "old b/from ö.ts" } : {}),
    before: kind === "add" ? null : encodeText(before),
    after: kind === "delete" ? null : encodeText(after),
  }));

describe("a patch", () => {
  test("is accepted by git apply, which produces the new side byte for byte", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(pair, fc.constantFrom(0, 1, 3, 100_000), (files, contextLines) => {
        fc.pre(files.before !== null || files.after !== null);
        // A patch without context has only line numbers as its position, which git accepts only with --unidiff-zero.
        fc.pre(contextLines > 0);
        const { patch } = buildFilePatch({ ...files, contextLines });
        expect(applyWithGit({ pair: files, patch })).toEqual(
          files.after === null ? undefined : Buffer.from(files.after),
        );
      }),
      { numRuns: 300 },
    );
  });

  test(
    "that ignores white space is accepted by git apply, and the result differs only in white space",
    { timeout: 120_000 },
    () => {
      fc.assert(
        fc.property(textPair, ([before, after]) => {
          const files = { path: "a.txt", before: encodeText(before), after: encodeText(after) };
          const { patch } = buildFilePatch({ ...files, ignoreWhitespace: true });
          const squeeze = (value: string) => value.replace(/[\s\uFEFF]+/g, "");
          expect(squeeze(applyWithGit({ pair: files, patch })?.toString() ?? "")).toBe(squeeze(after));
        }),
        { numRuns: 150 },
      );
    },
  );

  test("counts the lines that it shows, like countLineChanges", () => {
    fc.assert(
      fc.property(textPair, ([before, after]) => {
        const { patch, additions, deletions } = buildFilePatch({
          path: "a",
          before: encodeText(before),
          after: encodeText(after),
        });
        const body = patch.slice(patch.indexOf("\n@@ ") + 1).split("\n");
        expect(additions).toBe(body.filter((row) => row.startsWith("+")).length);
        expect(deletions).toBe(body.filter((row) => row.startsWith("-")).length);
        expect(countLineChanges({ before, after })).toEqual({ additions, deletions });
      }),
      { numRuns: 1_000 },
    );
  });

  test("is as short as git's shortest", { timeout: 60_000 }, () => {
    const work = mkdtempSync(join(directory, "numstat-"));
    fc.assert(
      fc.property(edited, ([before, after]) => {
        writeFileSync(join(work, "a"), before);
        writeFileSync(join(work, "b"), after);
        const { stdout } = spawnSync("git", ["diff", "--no-index", "--numstat", "--minimal", "a", "b"], { cwd: work });
        const [additions = 0, deletions = 0] = stdout.toString().split("\t").map(Number);
        expect(countLineChanges({ before, after })).toEqual({ additions, deletions });
      }),
      { numRuns: 100 },
    );
  });
});

describe("the form of a patch", () => {
  const build = (before: string | null, after: string | null, more: { path?: string; previousPath?: string } = {}) =>
    buildFilePatch({
      path: "src/a.ts",
      ...more,
      before: before === null ? null : encodeText(before),
      after: after === null ? null : encodeText(after),
    }).patch;

  test("an edit", () => {
    expect(build("one\ntwo\nthree\n", "one\n2\nthree")).toBe(
      "diff --git a/src/a.ts b/src/a.ts\n--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1,3 +1,3 @@\n one\n-two\n-three\n+2\n+three\n\\ No newline at end of file\n",
    );
  });

  test("an added and a deleted file", () => {
    expect(build(null, "x\n")).toBe(
      "diff --git a/src/a.ts b/src/a.ts\nnew file mode 100644\n--- /dev/null\n+++ b/src/a.ts\n@@ -0,0 +1 @@\n+x\n",
    );
    expect(build("x\n", null)).toBe(
      "diff --git a/src/a.ts b/src/a.ts\ndeleted file mode 100644\n--- a/src/a.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n",
    );
  });

  test("a moved file, unchanged and changed", () => {
    expect(build("x\n", "x\n", { previousPath: "old name.ts" })).toBe(
      "diff --git a/old name.ts b/src/a.ts\nsimilarity index 100%\nrename from old name.ts\nrename to src/a.ts\n",
    );
    expect(build("x\ny\n", "x\nz\n", { previousPath: "old name.ts" })).toContain(
      "similarity index 50%\nrename from old name.ts\nrename to src/a.ts\n--- a/old name.ts\t\n+++ b/src/a.ts\n@@",
    );
  });

  test("nothing for equal files, and for differences in white space if it is ignored", () => {
    expect(build("x\n", "x\n")).toBe("");
    expect(
      buildFilePatch({
        path: "a",
        before: encodeText("if (x)\n  y\n"),
        after: encodeText("if(x)\r\n\ty\n"),
        ignoreWhitespace: true,
      }),
    ).toMatchObject({ patch: "", additions: 0, deletions: 0 });
  });

  test("a binary file has no hunks", () => {
    const binary = new Uint8Array([0, 255, 1]);
    expect(buildFilePatch({ path: "a.png", before: binary, after: new Uint8Array([0]) })).toEqual({
      patch: "diff --git a/a.png b/a.png\nBinary files a/a.png and b/a.png differ\n",
      additions: 0,
      deletions: 0,
      isBinary: true,
      isTooLarge: false,
    });
    expect(buildFilePatch({ path: "b.png", previousPath: "a.png", before: binary, after: binary }).patch).toContain(
      "rename to b.png",
    );
  });

  test("a patch above the limit has counts and no text", () => {
    const after = "a\n".repeat(limits.patchCharacters / 2);
    expect(buildFilePatch({ path: "a", before: null, after: encodeText(after) })).toEqual({
      patch: "",
      additions: limits.patchCharacters / 2,
      deletions: 0,
      isBinary: false,
      isTooLarge: true,
    });
  });

  test("a small change of a large text is shown", () => {
    const before = "a line of data\n".repeat(limits.textFileBytes / 15);
    const { patch, isTooLarge, additions } = buildFilePatch({
      path: "a",
      before: encodeText(before),
      after: encodeText(`${before}b\n`),
    });
    expect({ isTooLarge, additions }).toEqual({ isTooLarge: false, additions: 1 });
    expect(patch).toContain("\n+b\n");
  });

  test("a new function is shown from its first line, as in git", () => {
    const before = "function a() {\n  one();\n}\n\nfunction c() {\n  one();\n}\n";
    const after = "function a() {\n  one();\n}\n\nfunction b() {\n  one();\n}\n\nfunction c() {\n  one();\n}\n";
    expect(build(before, after)).toContain("\n }\n \n+function b() {\n+  one();\n+}\n+\n function c() {\n");
  });
});

describe("the cost of a patch", () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `  const value${index} = compute(${index % 97});`);
  const measure = (after: string[]) => {
    const before = encodeText(lines.join("\n"));
    const head = encodeText(after.join("\n"));
    const startedMs = performance.now();
    const result = buildFilePatch({ path: "a.ts", before, after: head });
    return { ...result, durationMs: performance.now() - startedMs };
  };

  test("of 500 changed places in 20,000 lines stays well under a second", () => {
    const { patch, additions, durationMs } = measure(
      lines.map((text, index) => (index % 40 === 7 ? `${text} // changed` : text)),
    );
    expect(patch.match(/^@@/gm)).toHaveLength(500);
    expect(additions).toBe(500);
    expect(durationMs).toBeLessThan(500);
  });

  test("of a file with its lines reversed is bounded", () => {
    const { additions, durationMs } = measure(lines.toReversed());
    expect(additions).toBe(19_999);
    expect(durationMs).toBeLessThan(4_000);
  });
});

describe("texts in other encodings", () => {
  const latin1 = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
  const utf16 = (text: string) => new Uint8Array(Buffer.from(`\uFEFF${text}`, "utf16le"));

  test("are compared as text, and the encoding is named", () => {
    const { patch, ...rest } = buildFilePatch({
      path: "a.properties",
      before: latin1("name=Größe\nsize=1\n"),
      after: latin1("name=Größe\nsize=2\n"),
    });
    expect(rest).toEqual({
      additions: 1,
      deletions: 1,
      isBinary: false,
      isTooLarge: false,
      encoding: "ISO-8859-1",
    });
    expect(patch).toContain(" name=Größe\n-size=1\n+size=2\n");
  });

  test("both are named if a file's encoding changes", () => {
    const patch = buildFilePatch({ path: "a.txt", before: utf16("a\nb\n"), after: encodeText("a\nc\n") });
    expect(patch).toMatchObject({ isBinary: false, encoding: "UTF-16LE → UTF-8" });
    expect(patch.patch).toContain("+c\n");
  });

  test("bytes that are not text stay binary", () => {
    const patch = buildFilePatch({ path: "a.bin", before: new Uint8Array([0, 1]), after: latin1("é\n") });
    expect(patch).toMatchObject({ isBinary: true, additions: 0 });
  });
});
