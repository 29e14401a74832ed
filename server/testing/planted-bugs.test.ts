import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { plantBug, plantedBugs } from "#server/faults/process/planted-bugs.ts";

// The suites that plant them take minutes; a changed module is detected here, before those run.
test.each(plantedBugs)("the planted bug $name matches the current module", (bug) => {
  const source = readFileSync(bug.module, "utf8");
  expect(plantBug({ bug, source })).not.toBe(source);
});
