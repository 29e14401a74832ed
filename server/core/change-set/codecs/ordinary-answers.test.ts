import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseTextAnswer } from "./parse-text-answer.ts";
import { summarizeProposal } from "./testing/summarize-proposal.ts";

const root = join(import.meta.dirname, "__fixtures__", "ordinary-answers");
const names = readdirSync(root).toSorted();
const paths = [
  "README.md",
  "app/main.py",
  "app/util.py",
  "docs/notes.txt",
  "package.json",
  "requirements.txt",
  "src/lib/a.ts",
  "styles/site.css",
  "tests/test_util.py",
];

test("answers of many styles are covered", () => expect(names.length).toBeGreaterThanOrEqual(30));

test.each(names)("%s is read completely", (name) => {
  const text = readFileSync(join(root, name, "answer.txt"), "utf8");
  const expected: unknown = JSON.parse(readFileSync(join(root, name, "expected.json"), "utf8"));
  expect(parseTextAnswer({ text, paths }).proposals.map(summarizeProposal)).toEqual(expected);
});
