import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { OperationFailure, OperationFailureCode } from "../change-set/operation-failure.ts";
import { ProposalLedger } from "./proposal-ledger.ts";
import { listNamedPaths, type Proposal } from "./proposal.ts";

const of = (operation: ChangeOperation): Proposal => ({
  source: "call",
  name: `${operation.type}_file`,
  type: operation.type,
  paths: listNamedPaths(operation),
  operation,
});
const edit = (path: string, ...edits: [oldText: string, newText: string][]) =>
  of({ type: "edit", path, edits: edits.map(([oldText, newText]) => ({ oldText, newText })) });
const write = (path: string, content: string) => of({ type: "write", path, content });
const unread = (proposal: Partial<Proposal>): Proposal => ({
  source: "call",
  name: "edit_file",
  type: "edit",
  paths: [],
  operation: null,
  ...proposal,
});
const failure = (code: OperationFailureCode, editIndex?: number): OperationFailure => ({
  code,
  path: "a.py",
  operationIndex: 0,
  message: `${code}.`,
  report: `${code}.`,
  ...(editIndex === undefined ? {} : { editIndex }),
});

/** Whether a change of the next turn makes an open one good. */
function isMadeGood(open: Proposal, later: Proposal, code: OperationFailureCode = "NO_MATCH"): boolean {
  const ledger = new ProposalLedger();
  ledger.recordOpen({ proposal: open, failures: [failure(code)] });
  ledger.beginTurn();
  ledger.recordApplied({ proposal: later, skipped: [] });
  return ledger.counts.open === 0;
}

describe("an open change is made good by", () => {
  test.each<[string, Proposal, Proposal, OperationFailureCode?]>([
    ["the same block with its text corrected", edit("a.py", ["x = l", "x = 2"]), edit("a.py", ["x = 1", "x = 2"])],
    [
      "a block with more context",
      edit("a.py", ["x", "y = f()"]),
      edit("a.py", ["def g():\n  x", "def g():\n  y = f()"]),
    ],
    ["the whole file", edit("a.py", ["x", "y"]), write("a.py", "y\n")],
    [
      "an edit in place of a whole file",
      write("a.py", "import os\nx = 2\n"),
      edit("a.py", ["x = 1", "x = 2"]),
      "NOT_SEEN",
    ],
    ["the removal of the same text", edit("a.py", ["gone()\nx", "x"]), edit("a.py", ["gone()\n", ""])],
    ["the same block under the right path", edit("b/a.py", ["x", "y"]), edit("c/a.py", ["x", "y"]), "FILE_NOT_FOUND"],
    ["the same file under a path that may be", write("/a.py", "x"), write("src/a.py", "x"), "INVALID_PATH"],
    ["a file that it would have moved to", of({ type: "move", source: "a", destination: "b" }), write("b", "x")],
    ["any change of the file that an unread call named", unread({ paths: ["a.py"] }), edit("a.py", ["x", "y"])],
    [
      "the text of a fence without a path",
      unread({ type: null, content: "x = compute()\n" }),
      write("a.py", "x = compute()\n"),
    ],
    ["a change of its kind where nothing else is known", unread({}), edit("a.py", ["x", "y"])],
  ])("%s", (_, open, later, code) => {
    expect(isMadeGood(open, later, code)).toBe(true);
  });

  test.each<[string, Proposal, Proposal, OperationFailureCode?]>([
    ["another block of its file", edit("a.py", ["x", "first()"]), edit("a.py", ["z", "second"])],
    ["one of its two blocks", edit("a.py", ["x", "first"], ["z", "second"]), edit("a.py", ["x", "first"])],
    ["the same block in another file that is there", edit("a.py", ["x", "y"]), edit("b.py", ["x", "y"])],
    ["an edit of a file that should go", of({ type: "delete", path: "a.py" }), edit("a.py", ["x", "y"])],
    [
      "an edit that shares nothing with the file",
      write("a.py", "one two"),
      edit("a.py", ["x", "three four"]),
      "NOT_SEEN",
    ],
    ["another text than the fence's", unread({ type: null, content: "alpha beta" }), write("a.py", "gamma delta")],
    ["a change of another kind", unread({ type: "delete" }), edit("a.py", ["x", "y"])],
  ])("not %s", (_, open, later, code) => {
    expect(isMadeGood(open, later, code)).toBe(false);
  });

  test("two later ones that bring a block each", () => {
    const ledger = new ProposalLedger();
    ledger.recordOpen({
      proposal: edit("a.py", ["x", "first"], ["z", "second"], ["same", "same"]),
      failures: [failure("NO_MATCH", 0), failure("NO_CHANGE", 2)],
    });
    ledger.beginTurn();
    ledger.recordApplied({ proposal: edit("a.py", ["x", "first"]), skipped: [] });
    expect(ledger.counts.open).toBe(1);
    ledger.recordApplied({ proposal: edit("a.py", ["z", "second"]), skipped: [] });
    expect(ledger.counts).toEqual({ sent: 3, applied: 2, refused: 0, madeGood: 1, open: 0 });
  });

  test("no change of the same turn: the model did not know of the failure", () => {
    const ledger = new ProposalLedger();
    ledger.recordOpen({ proposal: edit("a.py", ["x", "y"]), failures: [failure("NO_MATCH")] });
    ledger.recordApplied({ proposal: write("a.py", "y"), skipped: [] });
    expect(ledger.counts.open).toBe(1);
  });

  test("one change each, if two have no path", () => {
    const ledger = new ProposalLedger();
    for (let count = 0; count < 2; count += 1)
      ledger.recordOpen({ proposal: unread({}), failures: [failure("UNREADABLE")] });
    ledger.beginTurn();
    ledger.recordApplied({ proposal: edit("a.py", ["x", "y"]), skipped: [] });
    expect(ledger.counts.open).toBe(1);
  });
});

test("of several attempts at one change the last is reported, and all are made good together", () => {
  const ledger = new ProposalLedger();
  for (const oldText of ["x1", "x2", "x3"]) {
    ledger.beginTurn();
    ledger.recordOpen({ proposal: edit("a.py", [oldText, "wanted()"]), failures: [failure("NO_MATCH")] });
  }
  expect(ledger.counts.open).toBe(3);
  expect(ledger.open.map(({ proposal }) => proposal.operation)).toMatchObject([{ edits: [{ oldText: "x3" }] }]);
  ledger.beginTurn();
  ledger.recordApplied({ proposal: edit("a.py", ["x", "wanted()"]), skipped: [] });
  expect(ledger.counts).toEqual({ sent: 4, applied: 1, refused: 0, madeGood: 3, open: 0 });
});

test("the counts always add up to what was sent", () => {
  const path = fc.constantFrom("a.py", "b/a.py", "c.py");
  const text = fc.constantFrom("", "x", "y = 1", "x y", "foo()");
  const proposal = fc.oneof(
    fc.tuple(path, text, text).map(([each, oldText, newText]) => edit(each, [oldText, newText])),
    fc.tuple(path, text).map(([each, content]) => write(each, content)),
    path.map((each) => of({ type: "delete", path: each })),
    fc.tuple(path, path).map(([source, destination]) => of({ type: "move", source, destination })),
    fc.option(path).map((each) => unread({ paths: each === null ? [] : [each] })),
  );
  const code = fc.constantFrom<OperationFailureCode>("NO_MATCH", "FILE_NOT_FOUND", "ELISION", "UNREADABLE", "NOT_SEEN");
  const step = fc.record({
    fate: fc.constantFrom("applied", "present", "same", "refused", "open", "turn"),
    proposal,
    code,
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const ledger = new ProposalLedger();
      let sent = 0;
      for (const { fate, proposal: each, code: why } of steps) {
        sent += fate === "turn" ? 0 : 1;
        const before = ledger.counts.open;
        if (fate === "applied") ledger.recordApplied({ proposal: each, skipped: [] });
        else if (fate === "present") ledger.recordPresent({ proposal: each, reason: "There." });
        else if (fate === "same") ledger.recordWithoutEffect({ proposal: each, reason: "Same." });
        else if (fate === "refused") ledger.recordRefused({ proposal: each, reason: "Locked." });
        else if (fate === "open") ledger.recordOpen({ proposal: each, failures: [failure(why)] });
        else ledger.beginTurn();
        const { counts, rows } = ledger;
        expect(counts.applied + counts.refused + counts.madeGood + counts.open).toBe(sent);
        expect(counts.sent).toBe(sent);
        expect(rows.filter(({ outcome }) => outcome === "open")).toHaveLength(counts.open);
        // Every open change is reported.
        expect(counts.open > 0).toBe(ledger.open.length > 0);
        if (fate !== "applied" && fate !== "present") expect(counts.open).toBeGreaterThanOrEqual(before);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("an applied change lists its blocks without effect", () => {
  const ledger = new ProposalLedger();
  ledger.recordApplied({
    proposal: edit("a.py", ["x", "y"]),
    skipped: [{ editIndex: 1, code: "NO_CHANGE", message: "oldText and newText are the same." }],
  });
  expect(ledger.rows[0]).toMatchObject({
    outcome: "applied",
    reason: "Block 2 was left out: oldText and newText are the same.",
  });
});
