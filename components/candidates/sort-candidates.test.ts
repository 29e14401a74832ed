import fc from "fast-check";
import { expect, test } from "vitest";
import type { CandidateOutput } from "#lib/contracts/runs/candidate.ts";
import type { RunId } from "#lib/contracts/ids.ts";
import { readFigure, sortCandidates, type CandidateColumn } from "./sort-candidates.ts";

const toCandidate = (place: number, figures: Partial<CandidateOutput> = {}): CandidateOutput => ({
  place,
  runId: `run-${place}` as RunId,
  model: "openai:a",
  mode: "auto",
  status: "SUCCEEDED",
  failure: null,
  generationId: null,
  version: null,
  counts: { kept: 0, modified: 0, added: 0, deleted: 0, moved: 0, total: 0 },
  additions: 0,
  deletions: 0,
  beyondScopeCount: 0,
  issueCount: 0,
  checks: null,
  summary: null,
  costUsd: 0,
  createdAt: "2026-11-30T00:00:00.000Z",
  endedAt: "2026-11-30T00:00:01.000Z",
  ...figures,
});

test("a failed candidate is last, whichever way the rows are sorted", () => {
  const items = [
    toCandidate(0, { additions: 3 }),
    toCandidate(1, { status: "FAILED", counts: null }),
    toCandidate(2, { additions: 1 }),
  ];
  const places = (isDescending: boolean) =>
    sortCandidates({ items, order: { column: "lines", isDescending } }).map(({ place }) => place);
  expect(places(false)).toEqual([2, 0, 1]);
  expect(places(true)).toEqual([0, 2, 1]);
});

test("candidates are sorted by their checks, and those without any are last", () => {
  const toChecks = (failed: number) => ({
    passed: 2 - failed,
    failed,
    newlyFailing: failed,
    running: 0,
    started: 2,
    total: 2,
  });
  const items = [toCandidate(0, { checks: toChecks(1) }), toCandidate(1), toCandidate(2, { checks: toChecks(0) })];
  const places = (isDescending: boolean) =>
    sortCandidates({ items, order: { column: "checks", isDescending } }).map(({ place }) => place);
  expect([places(false), places(true)]).toEqual([
    [2, 0, 1],
    [0, 2, 1],
  ]);
});

/** A column that is left out does not compile. */
const columns: Record<CandidateColumn, true> = {
  place: true,
  files: true,
  lines: true,
  beyondScope: true,
  findings: true,
  checks: true,
  time: true,
  price: true,
};

test("any order has all candidates once, and the figures in order", () => {
  const candidate = fc
    .record({ additions: fc.nat(5), costUsd: fc.option(fc.nat(5)), isHeld: fc.boolean() })
    .map(({ additions, costUsd, isHeld }) => ({ additions, costUsd, ...(isHeld ? { counts: null } : {}) }));
  fc.assert(
    fc.property(
      fc.array(candidate, { maxLength: 5 }),
      fc.constantFrom(...(Object.keys(columns) as CandidateColumn[])),
      fc.boolean(),
      (figures, column, isDescending) => {
        const items = figures.map((each, place) => toCandidate(place, each));
        const sorted = sortCandidates({ items, order: { column, isDescending } });
        expect(sorted.map(({ place }) => place).sort()).toEqual(items.map(({ place }) => place));
        const shown = sorted.map((item) => readFigure({ item, column }));
        const known = shown.filter((figure) => figure !== null);
        expect(shown.slice(0, known.length)).toEqual(known);
        expect(known).toEqual(known.toSorted((a, b) => (isDescending ? b - a : a - b)));
      },
    ),
  );
});
