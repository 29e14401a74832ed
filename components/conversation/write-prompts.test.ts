import { expect, test } from "vitest";
import { writeChangePrompt } from "./write-change-prompt.ts";
import { writeStepsPrompt } from "./write-steps-prompt.ts";

test("an answer becomes a prompt with its question", () => {
  expect(writeChangePrompt({ question: " Why?\n", answer: "Because.\n" })).toBe(
    "Make the change that this answer describes.\n\nQuestion: Why?\n\nAnswer:\nBecause.",
  );
});

test("the undone steps become a prompt", () => {
  const step = (text: string, isDone: boolean) => ({ step: text, isDone, missing: [] });
  expect(writeStepsPrompt([step("a.py: add", true), step("b.py: add", false)])).toBe(
    "Do the planned step that was not done:\n1. b.py: add",
  );
  expect(writeStepsPrompt([step("a.py: add", false), step("b.py: add", false)])).toBe(
    "Do the planned steps that were not done:\n1. a.py: add\n2. b.py: add",
  );
});
