import { expect, test } from "vitest";
import { findInPatches } from "./find-in-patches.ts";
import { parseHunks } from "../../../diff-surface/hunks/parse-hunks.ts";

const files = [
  {
    path: "a.ts",
    hunks: parseHunks(
      "@@ -1,3 +1,3 @@\n one\n-Two (x)\n+two (y)\n three\n@@ -20,2 +20,3 @@\n twenty\n+two again\n end\n",
    ),
  },
  { path: "b.ts", hunks: parseHunks("@@ -5 +5 @@\n-last two\n+last\n") },
];
const find = (query: string, options: { isCaseSensitive?: boolean; isRegex?: boolean } = {}) => {
  const { hits, problem } = findInPatches({
    files,
    query,
    isCaseSensitive: options.isCaseSensitive ?? false,
    isRegex: options.isRegex ?? false,
  });
  return (
    problem ??
    hits.map(
      ({ path, hunk, side, line, start }) =>
        `${path} ${hunk} ${side === "additions" ? "R" : "L"}${line}${start === 0 ? "" : `+${start}`}`,
    )
  );
};

test.each<[string, Parameters<typeof find>[1], string[] | string]>([
  ["two", {}, ["a.ts 0 L2", "a.ts 0 R2", "a.ts 1 R21", "b.ts 0 L5+5"]],
  ["two", { isCaseSensitive: true }, ["a.ts 0 R2", "a.ts 1 R21", "b.ts 0 L5+5"]],
  ["(x)", {}, ["a.ts 0 L2+4"]],
  ["e", {}, ["a.ts 0 R1+2", "a.ts 0 R3+3", "a.ts 0 R3+4", "a.ts 1 R20+2", "a.ts 1 R22"]],
  ["^t.*y\\)$", { isRegex: true }, ["a.ts 0 R2"]],
  ["^t.*y", { isRegex: true }, ["a.ts 0 R2", "a.ts 1 R20"]],
  ["(", { isRegex: true }, "This is no valid pattern."],
  ["three", {}, ["a.ts 0 R3"]],
  ["", {}, []],
])("%j with %j", (query, options, expected) => {
  expect(find(query, options)).toEqual(expected);
});
