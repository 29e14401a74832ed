import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { emptyFileFacts } from "./empty-file-facts.ts";
import { listUnread } from "./list-unread.ts";

const paths = (...names: string[]) => names as FilePath[];
const enums = [{ name: "A", values: ["b"], path: "a.ts" as FilePath, line: 1 }];

test.each([
  ["a project without code", paths("README.md", "logo.png"), []],
  [
    "a stack without an extractor",
    paths("app/a.rb", "app/b.rb", "x.kt"),
    [
      ["Ruby", 2],
      ["Kotlin", 1],
    ],
  ],
  ["a language in which something was found", paths("a.ts", "b.tsx"), []],
  ["exports alone", paths("lib/only.py"), [["Python", 1]]],
  ["tests and set-up", paths("tests/a.rb", "vite.config.js", "types.d.cts"), []],
])("%s", (_, files, expected) => {
  const factsByPath = new Map([["a.ts" as FilePath, { ...emptyFileFacts(), enums }]]);
  expect(listUnread({ paths: files, factsByPath }).map(({ language, fileCount }) => [language, fileCount])).toEqual(
    expected,
  );
});
