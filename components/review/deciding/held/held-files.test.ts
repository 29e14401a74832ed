import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import type { Choices, FileChoice } from "../choices.ts";
import { toFileDecisions, toHeldFiles } from "./held-files.ts";

const [a, b, c] = ["a.py", "b.py", "c.py"] as [FilePath, FilePath, FilePath];
const entry = (path: string, disposition: LedgerEntry["disposition"]): LedgerEntry => ({
  path: path as FilePath,
  disposition,
  additions: 1,
  deletions: 0,
  cause: "write",
});

test("held files are those that change, in review order", () => {
  const moved = { ...entry("app/new.py", "moved"), previousPath: "app/old.py" as FilePath };
  const files = toHeldFiles({
    changes: [moved, entry("app/kept.py", "kept"), entry("z.png", "added")],
    isBinary: (path) => path.endsWith(".png"),
  });
  expect(files).toMatchObject([
    { path: "z.png", status: "added", isBinary: true },
    { path: "app/new.py", status: "moved", previousPath: "app/old.py", isBinary: false },
  ]);
});

test("decisions on files and lines are converted to the server's format", () => {
  const choices: Choices = new Map<FilePath, FileChoice>([
    [a, { whole: "take", lines: new Map([[1, "old"]]) }],
    [b, { whole: "again", lines: new Map() }],
    [c, { whole: "old", lines: new Map([[0, "take"]]) }],
  ]);
  expect(toFileDecisions({ paths: [a, b, c], choices, lineCountOf: () => 3 })).toEqual([
    { path: a, decision: "accept", hunks: [{ index: 1, decision: "keep-parent" }] },
    { path: b, decision: "repair" },
    {
      path: c,
      decision: "accept",
      hunks: [
        { index: 1, decision: "keep-parent" },
        { index: 2, decision: "keep-parent" },
      ],
    },
  ]);
});

test("nothing is sent while a file is undecided, or while the lines of one decided by lines are unknown", () => {
  const byLines: Choices = new Map([[a, { whole: "take" as const, lines: new Map([[0, "old" as const]]) }]]);
  expect(toFileDecisions({ paths: [a], choices: byLines, lineCountOf: () => undefined })).toBeNull();
  expect(toFileDecisions({ paths: [a, b], choices: byLines, lineCountOf: () => 2 })).toBeNull();
});
