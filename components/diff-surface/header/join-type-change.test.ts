import { expect, test } from "vitest";
import { joinTypeChange } from "./join-type-change.ts";
import { parseHunks } from "../hunks/parse-hunks.ts";

const typeChange = `diff --git a/run b/run
deleted file mode 100755
--- a/run
+++ /dev/null
@@ -1,2 +0,0 @@
-#!/bin/sh
---- a
diff --git a/run b/run
new file mode 120000
--- /dev/null
+++ b/run
@@ -0,0 +1 @@
+bin/run
\\ No newline at end of file
`;

test("a file that became a link is one file with one hunk", () => {
  expect(joinTypeChange(typeChange)).toBe(`diff --git a/run b/run
--- a/run
+++ b/run
@@ -1,2 +1 @@
-#!/bin/sh
---- a
+bin/run
\\ No newline at end of file
`);
  expect(parseHunks(typeChange)).toEqual([
    {
      oldStart: 1,
      oldCount: 2,
      newStart: 1,
      newCount: 1,
      lines: [
        { sign: "-", text: "#!/bin/sh\n" },
        { sign: "-", text: "--- a\n" },
        { sign: "+", text: "bin/run" },
      ],
    },
  ]);
});

test("the patch of one file is unchanged, even if its lines look like headers", () => {
  const patch = "diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n diff --git a/x b/x\n-a\n+++ b\n";
  expect(joinTypeChange(patch)).toBe(patch);
});
