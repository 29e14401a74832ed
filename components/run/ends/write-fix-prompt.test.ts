import { expect, test } from "vitest";
import { writeFixPrompt } from "./write-fix-prompt.ts";

test("the prompt continues, with each problem on a line", () => {
  const failure = {
    message: "The result has problems.",
    details: { reasons: ["a.py:3: `)` is missing.", "b.py: The file seems to be cut off."] },
  };
  expect(writeFixPrompt({ prompt: "Add a route\n", failure })).toBe(
    "Add a route\n\nThe last answer to this could not be used. Do the same without these problems:\n- a.py:3: `)` is missing.\n- b.py: The file seems to be cut off.",
  );
});

test("without reasons the message is the problem, and repeated fixes do not accumulate", () => {
  const once = writeFixPrompt({ prompt: "Add a route", failure: { message: "First." } });
  expect(writeFixPrompt({ prompt: once, failure: { message: "Second." } })).toBe(
    "Add a route\n\nThe last answer to this could not be used. Do the same without these problems:\n- Second.",
  );
});
