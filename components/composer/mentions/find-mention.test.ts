import { expect, test } from "vitest";
import { completeMention, findMention } from "./find-mention.ts";

test.each([
  ["@", { start: 0, query: "" }],
  ["Change @app/mod", { start: 7, query: "app/mod" }],
  ["Change (@app", { start: 8, query: "app" }],
  ["one\n@x", { start: 4, query: "x" }],
  ["@pages/[id].tsx", { start: 0, query: "pages/[id].tsx" }],
  ["mail@host", null],
  ["@app/models.py ", null],
  ["none", null],
])("in %j", (text, expected) => {
  expect(findMention({ text, cursor: text.length })).toEqual(expected);
});

test.each([
  ["Change @mod", 11, "Change @app/models.py ", 22],
  ["Change @mod, please", 11, "Change @app/models.py , please", 22],
  ["Change @mod please", 11, "Change @app/models.py please", 22],
])("completes %j", (text, cursor, expected, expectedCursor) => {
  const mention = findMention({ text, cursor });
  if (mention === null) throw new Error("No mention.");
  expect(completeMention({ text, mention, path: "app/models.py" })).toEqual({ text: expected, cursor: expectedCursor });
});
