import { expect, test } from "vitest";
import { describeMode } from "./describe-mode.ts";

test.each([
  [{ oldMode: "100644", newMode: "100755" }, "mode 100644 → 100755"],
  [{ oldMode: "100755", newMode: "120000" }, "mode 100755 → 120000"],
  [{ oldMode: "100755", newMode: "100755" }, "executable"],
  [{ newMode: "100755" }, "executable"],
  [{ oldMode: "120000" }, "symbolic link"],
  [{ oldMode: "100644", newMode: "100644" }, null],
  [{ newMode: "100644" }, null],
  [{}, null],
] as const)("%j is described as %j", (modes, expected) => {
  expect(describeMode(modes)).toBe(expected);
});
