import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { describeKept, formatKeptSteps, nothingKept, parseKeptSteps, toggleFile, toggleHunk } from "./kept-choice.ts";

const a = "a.ts" as FilePath;
const b = "b.ts" as FilePath;

test("hunks and files are chosen, counted and taken back", () => {
  let choice = toggleHunk({ choice: nothingKept, path: a, hunk: 0 });
  choice = toggleHunk({ choice, path: a, hunk: 2 });
  choice = toggleFile({ choice, path: b });
  expect(describeKept(choice)).toBe("2 hunks, 1 file");
  choice = toggleHunk({ choice, path: a, hunk: 0 });
  expect(describeKept(choice)).toBe("1 hunk, 1 file");
  expect(toggleHunk({ choice, path: b, hunk: 1 })).toBe(choice);
  choice = toggleFile({ choice, path: a });
  expect(describeKept(choice)).toBe("2 files");
  choice = toggleFile({ choice: toggleFile({ choice, path: a }), path: b });
  expect([choice.size, describeKept(choice)]).toEqual([0, ""]);
});

test("the steps of choosing outlive a reload, and what cannot be read is nothing", () => {
  const one = toggleHunk({ choice: nothingKept, path: "a.ts" as FilePath, hunk: 2 });
  const steps = [one, toggleFile({ choice: one, path: "b.ts" as FilePath })];
  expect(parseKeptSteps(formatKeptSteps(steps))).toEqual(steps);
  expect(formatKeptSteps([])).toBeNull();
  for (const text of [null, "", "{}", '[["a.ts"]]', '[[["a.ts","hunk"]]]', '[[["a.ts",["1"]]]]'])
    expect(parseKeptSteps(text)).toEqual([]);
});
