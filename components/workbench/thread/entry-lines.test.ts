import { describe, expect, test } from "vitest";
import { describeEntry } from "./describe-entry.ts";
import { countEntryLines, entryHeightPx, entryWords } from "./entry-lines.ts";
import { makeRunEntry, makeVersionEntry } from "./testing/make-entry.ts";

const long = "A sentence that is longer than one line of the narrowest thread";

describe("the lines of an entry", () => {
  test.each([
    ["an edit by hand", makeVersionEntry({ version: 2 }), { promptLines: 0, wordLines: 0 }],
    ["a short prompt", makeVersionEntry({ version: 2, prompt: "Add notes" }), { promptLines: 1, wordLines: 0 }],
    ["a long answer", makeVersionEntry({ version: 2, prompt: "Add", summary: long }), { promptLines: 1, wordLines: 2 }],
    ["a prompt of two lines", makeVersionEntry({ version: 2, prompt: "Add\nnotes" }), { promptLines: 2, wordLines: 0 }],
    ["a run at work", makeRunEntry({ id: "r", parent: 1, status: "RUNNING" }), { promptLines: 1, wordLines: 1 }],
  ])("match its texts: %s", (_, entry, lines) => {
    expect(countEntryLines(entry)).toEqual(lines);
  });

  test("determine its height, and one line each is 28 px", () => {
    const edit = makeVersionEntry({ version: 2 });
    const prompted = makeVersionEntry({ version: 2, prompt: long });
    expect(entryHeightPx({ entry: prompted, look: "full" }) - entryHeightPx({ entry: edit, look: "full" })).toBe(36);
    expect(entryHeightPx({ entry: prompted, look: "compact" })).toBe(28);
    const attachments = [{ position: 0, name: "sketch.png", kind: "image" as const, sizeBytes: 10 }];
    expect(
      entryHeightPx({ entry: { ...edit, attachments }, look: "full" }) - entryHeightPx({ entry: edit, look: "full" }),
    ).toBe(24);
  });
});

test("an entry shows its prompt, or how it was made", () => {
  expect(describeEntry(makeVersionEntry({ version: 3, prompt: "Add notes" }))).toEqual({
    name: "v3",
    text: "Add notes",
  });
  expect(describeEntry(makeVersionEntry({ version: 3, generationKind: "merge" }))).toEqual({
    name: "v3",
    text: "merge",
  });
  expect(describeEntry(makeRunEntry({ id: "r", parent: 1 }))).toEqual({ name: "Failed", text: "Do it" });
});

test("its text is the answer, or why it ended", () => {
  expect(entryWords(makeRunEntry({ id: "r", parent: 1, runKind: "ask", answer: " It sorts. " }))).toBe("It sorts.");
  const failure = { code: "WORKER_LOST" as const, message: "It took too long." };
  expect(entryWords(makeRunEntry({ id: "r", parent: 1, failure }))).toBe("It took too long.");
});
