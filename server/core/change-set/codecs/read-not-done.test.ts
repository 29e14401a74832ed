import { expect, test } from "vitest";
import { parseTextAnswer } from "./parse-text-answer.ts";

const read = (text: string) => parseTextAnswer({ text, paths: ["app/main.py"] }).notDone;

test.each<[string, string[]]>([
  ["NOT DONE: send a report every week", ["send a report every week"]],
  ["Added it.\n\n- **Not done:** the chart\n", ["the chart"]],
  ["NOT DONE:\n\n- the chart\n- the report\n\nDone otherwise.\n- not this", ["the chart", "the report"]],
  ["NOT DONE: one\nNOT DONE: two\nNOT DONE: one", ["one", "two"]],
  ["Not done: nothing.", []],
  ["NOT DONE: none", []],
  ["This is not done: it is only begun", []],
  ["<think>\nNOT DONE: the chart\n</think>\nAll is done.", []],
  ["app/main.py\n```\nNOT DONE: the chart\n```\n", []],
  ["Say so like this:\n\n```text\nNOT DONE: the chart\n```\n\nNOT DONE: the report", ["the report"]],
  ["Nothing of it is missing.", []],
])("%j", (text, expected) => {
  expect(read(text)).toEqual(expected);
});
