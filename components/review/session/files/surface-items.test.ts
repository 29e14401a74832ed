import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { parseHunks } from "../../../diff-surface/hunks/parse-hunks.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import { buildSurfaceItems, whyFolded } from "./surface-items.ts";

const file = (path: string, over: Partial<ReviewFile> = {}): ReviewFile => ({
  path: path as FilePath,
  status: "modified",
  additions: 1,
  deletions: 1,
  isBinary: false,
  ...over,
});
const patchOf = (path: string, patch: string, over: { isBinary?: boolean; isTooLarge?: boolean } = {}) => ({
  path: path as FilePath,
  patch,
  isBinary: false,
  isTooLarge: false,
  hunks: parseHunks(patch),
  colours: null,
  ...over,
});
const patch = "diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-x\n+y\n";

function build({
  files,
  patches = [],
  hasFailed = false,
  collapsed = [],
}: {
  files: ReviewFile[];
  patches?: ReturnType<typeof patchOf>[];
  hasFailed?: boolean;
  collapsed?: string[];
}) {
  return buildSurfaceItems({
    versions: "v1 v2",
    files,
    patches: new Map(patches.map((each) => [each.path, each])),
    unchangedTexts: new Map([["kept.py" as FilePath, { text: "k\n", colours: null }]]),
    collapsed: new Set(collapsed),
    hasFailed,
  });
}

test("a patch is shown with its hunks, folded or not", () => {
  const { items, notes } = build({ files: [file("a.py")], patches: [patchOf("a.py", patch)], collapsed: ["a.py"] });
  expect(items).toEqual([
    {
      id: "a.py",
      type: "patch",
      patch,
      hunks: parseHunks(patch),
      cacheKey: "v1 v2 a.py",
      colours: null,
      isCollapsed: true,
    },
  ]);
  expect(notes.size).toBe(0);
});

test("a file without visible lines says why", () => {
  const cases: [ReviewFile, ReturnType<typeof patchOf> | null, string][] = [
    [file("a.png", { isBinary: true }), patchOf("a.png", "Binary files differ", { isBinary: true }), "Binary."],
    [
      file("a.sql"),
      patchOf("a.sql", "", { isTooLarge: true }),
      "Too large to compare line by line. Open the file to read it.",
    ],
    [file("a.py"), patchOf("a.py", ""), "Nothing but white space differs."],
    [file("b.py", { status: "moved" }), patchOf("b.py", "rename from a.py"), "Moved without a change."],
    [file("__init__.py", { status: "added" }), patchOf("__init__.py", "new file mode 100644"), "Empty."],
    [
      file("gradlew", { oldMode: "100644", newMode: "100755" }),
      patchOf("gradlew", "old mode 100644\nnew mode 100755"),
      "Only the mode differs.",
    ],
    [file("a.py"), null, "Loading."],
  ];
  for (const [each, known, note] of cases) {
    const { items, notes } = build({ files: [each], patches: known === null ? [] : [known] });
    expect(notes.get(each.path)).toBe(note);
    expect(items[0]).toMatchObject({ type: "text", isCollapsed: true });
  }
  expect(build({ files: [file("a.py")], hasFailed: true }).notes.get("a.py")).toBe(
    "Could not be loaded. The others are not affected.",
  );
});

test("files that nobody reads are initially folded, with the reason", () => {
  expect(whyFolded(file("web/package-lock.json"))).toBe("Folded: written by a tool.");
  expect(whyFolded(file("dist/app.min.js"))).toBe("Folded: written by a tool.");
  expect(whyFolded(file("a.py", { additions: 1_500, deletions: 700 }))).toBe("Folded: 2,200 changed lines.");
  expect(whyFolded(file("src/lock.py"))).toBeNull();
});

test("a kept file is shown once its text is loaded", () => {
  const { items, notes } = build({
    files: [
      file("kept.py", { status: "kept" }),
      file("other.py", { status: "kept" }),
      file("a.png", { status: "kept", isBinary: true }),
    ],
  });
  expect(items.map(({ type, isCollapsed }) => [type, isCollapsed])).toEqual([
    ["text", false],
    ["text", true],
    ["text", true],
  ]);
  expect([...notes.values()]).toEqual([
    "The same on both sides.",
    "The same on both sides. Unfold to read it.",
    "Binary, the same on both sides.",
  ]);
});
