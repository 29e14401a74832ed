import { expect, it } from "vitest";
import { formatLedger } from "./format-ledger.ts";

const none = { kept: 0, modified: 0, added: 0, deleted: 0, moved: 0, total: 0 };

it.each([
  [{ ...none, kept: 14, added: 1, total: 15 }, "15 files: 14 kept, 1 added"],
  [{ ...none, added: 1, total: 1 }, "1 file: 1 added"],
  [
    { kept: 1_200, modified: 3, moved: 2, added: 1, deleted: 4, total: 1_206 },
    "1,206 files: 1,200 kept, 3 modified, 2 moved, 1 added, 4 deleted",
  ],
  [{ ...none, deleted: 2 }, "0 files: 2 deleted"],
  [none, "0 files"],
])("describes %j as %s", (counts, text) => {
  expect(formatLedger(counts)).toBe(text);
});
