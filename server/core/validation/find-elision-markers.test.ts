import { describe, expect, test } from "vitest";
import { findElisionMarkers, isElisionMarker } from "./find-elision-markers.ts";

describe("a placeholder line", () => {
  test.each([
    "// ...",
    "  // …",
    "# ...",
    "/* ... */",
    "{/* ... */}",
    "<!-- ... -->",
    "-- ...",
    "(...)",
    "{# ... #}",
    "// ... existing code ...",
    "# ... rest of the code ...",
    "// ... (rest of the code remains unchanged)",
    "// rest of the code unchanged",
    "// Rest of your code goes here",
    "/* rest of the component stays the same */",
    "# rest of the file is the same as before",
    "{/* Rest of the markup remains the same */}",
    "{/* ... other routes ... */}",
    "<!-- rest of the page unchanged -->",
    "<!-- ... existing content ... -->",
    "-- ... remaining tables ...",
    "// existing code remains unchanged",
    "# existing code here",
    "// Existing implementation remains the same",
    "// lines 20-85 unchanged",
    "# Lines 10 to 40 remain the same",
    "// omitted for brevity",
    "/* Styles omitted for brevity */",
    "// ... same as before",
    "# ... previous imports",
    "(rest of the function unchanged)",
    "[... rest of the file unchanged ...]",
    "[Rest of the code remains the same]",
    "// The rest remains unchanged",
    "// keep the rest of the file unchanged",
    "// ... other methods stay the same",
    "# [rest of the implementation unchanged]",
    "// ...rest of component",
    "// ... keep existing handlers",
    "// code truncated ...",
    "# remaining methods are unchanged",
    "// Everything else remains unchanged",
  ])("%s", (line) => {
    expect(isElisionMarker(line)).toBe(true);
  });
});

describe("an ordinary line", () => {
  test.each([
    "...",
    "    ...",
    "def area(self) -> float: ...",
    "x = [...]",
    "[...]",
    "...rest,",
    "(...rest)",
    "[...existing]",
    "[...previous, item]",
    "[...existing.map((item) => item.id), last]",
    "const { id, ...rest } = props;",
    "return { ...state, unchanged: true };",
    "foo(); // ... existing code ...",
    "total += 1  # rest of the code unchanged",
    'message = "// ... existing code ..."',
    '"... rest of the text ...",',
    "// The rest is handled by the caller",
    "# Keep existing users in the cache",
    "// Keep the connection open",
    "// Returns the remaining items",
    "# Use the same key for both",
    "// existing users are migrated here",
    "// existing entry stays canonical, and the candidate is dropped",
    "// Rest parameters are collected here",
    "# REST API routes",
    "// See the original paper",
    "/* Other */",
    "<!-- Same width on all screens -->",
    "-- previous balance",
    "// previous code was too slow",
    "# region helpers",
    "#!/usr/bin/env python",
    "## The rest of the story",
    "// Loading…",
    "# 1. Install the rest of the tools",
    "// lines 1 to 5 hold the header",
    "(existing)",
    "[rest]",
    "--rest-color: red;",
    "// unchanged files keep their hash",
    "# Truncated strings end with an ellipsis",
    "",
  ])("%s", (line) => {
    expect(isElisionMarker(line)).toBe(false);
  });
});

describe("findElisionMarkers", () => {
  test("reports line and text", () => {
    expect(findElisionMarkers({ before: "a\nb\n", after: "a\r\n\t// ... existing code ...\r\nb\r\n" })).toEqual([
      { line: 2, text: "// ... existing code ..." },
    ]);
  });

  test("ignores the parent's own lines, at any position and indentation", () => {
    const before = "function stub() {\n  // ...\n}\n";
    expect(findElisionMarkers({ before, after: `// new\nfunction moved() {\n      // ...\n}\n` })).toEqual([]);
    expect(findElisionMarkers({ before, after: `${before}# ...\n` })).toEqual([{ line: 4, text: "# ..." }]);
  });

  test("ignores examples in Markdown, but not its text", () => {
    const after = "# Use\n\n```ts\nconnect();\n// ...\n```\n\n<!-- ... rest of the page unchanged ... -->\n";
    expect(findElisionMarkers({ path: "README.md", before: "", after })).toEqual([
      { line: 8, text: "<!-- ... rest of the page unchanged ... -->" },
    ]);
    expect(findElisionMarkers({ path: "a.ts", before: "", after })).toHaveLength(2);
  });

  test("accepts a reason that is the same as above, if nothing else would be there", () => {
    const first = "try {\n  a();\n} catch {\n  // The client has gone.\n}\n";
    const second = "try {\n  b();\n} catch {\n  // As above.\n}\n";
    expect(findElisionMarkers({ before: "", after: first + second })).toEqual([]);
    expect(findElisionMarkers({ before: "", after: second })).toEqual([{ line: 4, text: "// As above." }]);
    const inCode = `${first}function run() {\n  // As above.\n  b();\n}\n`;
    expect(findElisionMarkers({ before: "", after: inCode })).toHaveLength(1);
  });

  test("reads malicious lines in linear time", () => {
    const hostile = [
      "// " + "rest of the ".repeat(20_000),
      "(" + "[".repeat(100_000),
      "/*" + "*".repeat(100_000),
      "// " + ".".repeat(100_000) + "x",
      "{/*" + " existing code".repeat(20_000),
    ].join("\n");
    const startedMs = performance.now();
    expect(findElisionMarkers({ before: "", after: hostile })).toEqual([]);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });
});
